/** Answers that were worked out before; the oldest half is forgotten when there are too many. */
export class Remembered<Answer> {
  readonly #answers = new Map<string, Answer>();
  readonly #most: number;

  constructor(most = 100_000) {
    this.#most = most;
  }

  of(question: string, answer: () => Answer): Answer {
    const known = this.#answers.get(question);
    if (known !== undefined || this.#answers.has(question)) return known as Answer;
    if (this.#answers.size >= this.#most) this.#forgetHalf();
    const found = answer();
    this.#answers.set(question, found);
    return found;
  }

  #forgetHalf(): void {
    let left = this.#most / 2;
    for (const question of this.#answers.keys()) {
      if (left-- <= 0) return;
      this.#answers.delete(question);
    }
  }
}
