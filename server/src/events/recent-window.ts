import { MessageTable } from "./message-table.ts";

/**
 * The messages seen lately, with a fixed size. Two generations: when the young one is full the old one is forgotten, so
 * between `half` and twice `half` messages are remembered.
 */
export class RecentWindow {
  readonly #half: number;
  #young: MessageTable;
  #old: MessageTable;

  constructor(half = 500_000) {
    this.#half = half;
    this.#young = new MessageTable(half);
    this.#old = new MessageTable(half);
  }

  /** How many it may hold. */
  get most(): number {
    return this.#half * 2;
  }

  /** By a message's two numbers (message-table.ts). */
  has(head: number, tail: number): boolean {
    return this.#young.has(head, tail) || this.#old.has(head, tail);
  }

  add(head: number, tail: number): void {
    if (this.#young.size >= this.#half) {
      const forgotten = this.#old;
      this.#old = this.#young;
      forgotten.clear();
      this.#young = forgotten;
    }
    this.#young.add(head, tail);
  }
}
