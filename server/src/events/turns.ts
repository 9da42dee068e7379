interface Waiting {
  readonly cost: number;
  go(): void;
}

/**
 * Shares the thread between reading what has arrived and everything else. All requests that are ready at one look at the
 * network would else be read in one go, a hundred in a tenth of a second, while the engine's and the database's answers
 * wait behind them and nobody gives those two the next thing to do. So much is done before each look; the rest waits in
 * the order of arrival.
 */
export class Turns {
  readonly #size: number;
  readonly #waiting: Waiting[] = [];
  #left: number;
  #isArmed = false;

  /** `size`: how much is done between two looks, in whatever unit the costs have; one that costs more goes by itself. */
  constructor(size: number) {
    this.#size = size;
    this.#left = size;
  }

  /** Settles when it is one's turn: at once, unless others have used this turn up. */
  async take(cost: number): Promise<void> {
    if (this.#waiting.length > 0 || this.#left <= 0)
      return new Promise((go) => this.#waiting.push({ cost, go }));
    this.#spend(cost);
  }

  #spend(cost: number): void {
    this.#left -= cost;
    if (this.#isArmed) return;
    this.#isArmed = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    this.#isArmed = false;
    this.#left = this.#size;
    while (this.#left > 0) {
      const first = this.#waiting.shift();
      if (first === undefined) return;
      this.#spend(first.cost);
      first.go();
    }
  }
}
