import { closeSync, openSync } from "node:fs";
import { writeAll } from "./spill.client.ts";

const flushedAt = 2 ** 18;

/** Text gathered into larger writes. */
export class Appender {
  readonly #file: number;
  #text = "";
  constructor(path: string) {
    this.#file = openSync(path, "w");
  }
  add(text: string): void {
    this.#text += text;
    if (this.#text.length > flushedAt) this.#flush();
  }
  #flush(): void {
    writeAll(this.#file, Buffer.from(this.#text), null);
    this.#text = "";
  }
  close(): void {
    this.#flush();
    closeSync(this.#file);
  }
}
