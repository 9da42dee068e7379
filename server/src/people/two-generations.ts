import { hashOf, type Layout, WordTable } from "./word-table.ts";

/** So many tables share the entries: one grows, or gives way to a new one, in a few milliseconds. */
const mostTables = 16;
const oneTableIsEnough = 4_096;

/**
 * A bounded memory of entries of a few words each, in two generations, so that what is used stays and what is not goes
 * without any bookkeeping on the hot path. Holds at most twice `size` entries, and takes no more memory than what it came
 * to hold needs.
 */
export class TwoGenerations {
  /** The entry found or placed last: its first word stands `at` in `words`. */
  words: Uint32Array = new Uint32Array(0);
  at = 0;
  readonly #layout: Layout;
  readonly #each: number;
  readonly #tables: (Generations | undefined)[];
  readonly #found: Uint32Array;

  constructor(size: number, layout: Layout) {
    const tables = size <= oneTableIsEnough ? 1 : mostTables;
    this.#layout = layout;
    this.#tables = new Array(tables).fill(undefined);
    this.#each = Math.ceil(size / tables);
    this.#found = new Uint32Array(layout.wide);
  }

  /** Whether there is an entry of a key: two words and what the layout takes of a third. */
  find(first: number, second: number, third: number): boolean {
    const hash = hashOf(this.#layout, first, second, third);
    const table = this.#tables[this.#tableOf(hash)];
    if (table === undefined) return false;
    const { young, old } = table;
    const at = young.find(first, second, third, hash);
    if (at !== -1) {
      this.words = young.words;
      this.at = at;
      return true;
    }
    const before = old === null ? -1 : old.find(first, second, third, hash);
    if (old === null || before === -1) return false;
    // Making room for it may let go of where it was found.
    this.#found.set(old.words.subarray(before, before + this.#layout.wide));
    this.#place(table, first, second, third, hash);
    this.words.set(this.#found, this.at);
    return true;
  }

  /** Finds or makes the place of a key: whoever asks writes all of its words. */
  place(first: number, second: number, third: number): void {
    const hash = hashOf(this.#layout, first, second, third);
    const at = this.#tableOf(hash);
    let table = this.#tables[at];
    if (table === undefined) {
      table = { young: new WordTable(this.#layout), old: null };
      this.#tables[at] = table;
    }
    this.#place(table, first, second, third, hash);
  }

  #place(table: Generations, first: number, second: number, third: number, hash: number): void {
    if (table.young.count >= this.#each) {
      table.old?.letGo();
      table.old = table.young;
      table.young = new WordTable(this.#layout);
    }
    this.at = table.young.place(first, second, third, hash);
    this.words = table.young.words;
  }

  #tableOf(hash: number): number {
    return Math.floor((hash / 2 ** 32) * this.#tables.length);
  }
}

interface Generations {
  young: WordTable;
  old: WordTable | null;
}
