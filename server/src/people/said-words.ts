import { hashOf, WordTable } from "./word-table.ts";

/** So many tables share the words: one grows in a few milliseconds. */
const tables = 16;
/** The node, the rest of it and the kind (which counts from one), the text, the rest of it and of the time, the time. */
const layout = { wide: 5, used: 1, keyOfThird: 0 };
/** Times are kept from here on, in 48 bits. */
const earliest = -(2 ** 47);

/** A node's word of a kind: 48 bits that tell its text, and when it was said last in milliseconds since 1970. */
export interface SaidWord {
  readonly text: number;
  readonly rest: number;
  readonly at: number;
}

/**
 * The newest word of each node and kind, in 20 bytes for each place: a map of objects would take ten times that, and the
 * collector would walk through them again and again. Nodes are numbers below 2^48, kinds below 2^16 - 1.
 */
export class SaidWords {
  #tables = empty();

  get count(): number {
    return this.#tables.reduce((sum, { count }) => sum + count, 0);
  }

  get(node: number, kind: number): SaidWord | undefined {
    const second = secondOf(node, kind);
    const hash = hashOf(layout, node >>> 0, second, 0);
    const table = this.#tableOf(hash);
    const at = table.find(node >>> 0, second, 0, hash);
    if (at === -1) return undefined;
    const { words } = table;
    const rests = words[at + 3] as number;
    return {
      text: words[at + 2] as number,
      rest: rests >>> 16,
      at: (rests & 0xffff) * 2 ** 32 + (words[at + 4] as number) + earliest,
    };
  }

  set(node: number, kind: number, { text, rest, at: ms }: SaidWord): void {
    const second = secondOf(node, kind);
    const hash = hashOf(layout, node >>> 0, second, 0);
    const table = this.#tableOf(hash);
    const at = table.place(node >>> 0, second, 0, hash);
    const { words } = table;
    const since = ms - earliest;
    words[at] = node >>> 0;
    words[at + 1] = second;
    words[at + 2] = text;
    words[at + 3] = ((rest & 0xffff) << 16) | Math.floor(since / 2 ** 32);
    words[at + 4] = since % 2 ** 32;
  }

  clear(): void {
    for (const table of this.#tables) table.letGo();
    this.#tables = empty();
  }

  #tableOf(hash: number): WordTable {
    return this.#tables[hash >>> (32 - Math.log2(tables))] as WordTable;
  }
}

const empty = (): WordTable[] => Array.from({ length: tables }, () => new WordTable(layout));

/** Before all that is ever said: whatever comes next is new. */
export const unsaid: SaidWord = { text: 0, rest: 0, at: earliest };

/** Whether a time can be kept to the millisecond. */
export const canKeep = (at: number): boolean => at > earliest && at < -earliest;

const secondOf = (node: number, kind: number): number =>
  ((Math.floor(node / 2 ** 32) << 16) | (kind + 1)) >>> 0;
