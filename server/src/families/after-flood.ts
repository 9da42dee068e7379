/** Nothing came for so long: the flood has passed. */
const quietMs = 5_000;
/** Of so many of a workspace something is heard afterwards; of the others a nightly job makes it good. */
const mostWaiting = 5_000;

/**
 * Holds back what thousands did at once (a slice of a large file) until no more of it comes. Each look at some hundred of
 * them reads through everything that was ever done, which while a file is coming in is dear, and stale by the next slice.
 */
export class AfterFlood {
  readonly #tell: (workspace: number, nodes: readonly number[]) => void;
  readonly #waiting = new Map<number, Set<number>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (workspace: number, nodes: readonly number[]) => void) {
    this.#tell = tell;
  }

  /** Whether one is coming in. */
  isOn(): boolean {
    return this.#waiting.size > 0;
  }

  /** What thousands did at once. */
  add(workspace: number, nodes: readonly number[]): void {
    let waiting = this.#waiting.get(workspace);
    if (waiting === undefined) {
      waiting = new Set();
      this.#waiting.set(workspace, waiting);
    }
    this.#hold(waiting, nodes);
    if (this.#timer === null) this.#timer = setTimeout(() => this.#pass(), quietMs).unref();
    else this.#timer.refresh();
  }

  /** Of few: tells them at once, or with the flood that is under way, which they do not make last. */
  join(workspace: number, nodes: readonly number[]): void {
    const waiting = this.#waiting.get(workspace);
    if (waiting === undefined) this.#tell(workspace, nodes);
    else this.#hold(waiting, nodes);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #hold(waiting: Set<number>, nodes: readonly number[]): void {
    for (const node of nodes.slice(-mostWaiting)) {
      // The last ones stay.
      waiting.delete(node);
      waiting.add(node);
    }
    let over = waiting.size - mostWaiting;
    for (const node of over > 0 ? waiting : []) {
      waiting.delete(node);
      over -= 1;
      if (over === 0) break;
    }
  }

  #pass(): void {
    this.#timer = null;
    const passed = [...this.#waiting];
    this.#waiting.clear();
    for (const [workspace, nodes] of passed) this.#tell(workspace, [...nodes]);
  }
}
