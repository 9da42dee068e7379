/** Something that stops a start or a command and that its user can put right, said in Chinese and in English. */
export class Trouble extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(zh: string, en: string, cause?: unknown) {
    super(`${zh}\n${en}`, cause === undefined ? undefined : { cause });
    this.name = "Trouble";
    this.zh = zh;
    this.en = en;
  }
}
