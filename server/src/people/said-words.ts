/** Beyond this share of its places a table is made twice as large. */
const fullest = 0.8;
const smallest = 256;
/** So many tables share the words: one grows in a few milliseconds. */
const tables = 64;
/** Numbers of 32 bits a place: the node, the rest of it and the kind, the text, the rest of it and of the time, the time. */
const wide = 5;
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
  #tables = Array.from({ length: tables }, () => new Table());

  get count(): number {
    return this.#tables.reduce((sum, { count }) => sum + count, 0);
  }

  get(node: number, kind: number): SaidWord | undefined {
    const hash = mixed(node, kind);
    return this.#tableOf(hash).get(node, kind, hash);
  }

  set(node: number, kind: number, word: SaidWord): void {
    const hash = mixed(node, kind);
    this.#tableOf(hash).set(node, kind, hash, word);
  }

  clear(): void {
    this.#tables = this.#tables.map(() => new Table());
  }

  #tableOf(hash: number): Table {
    return this.#tables[hash >>> (32 - Math.log2(tables))] as Table;
  }
}

/** Before all that is ever said: whatever comes next is new. */
export const unsaid: SaidWord = { text: 0, rest: 0, at: earliest };

/** Whether a time can be kept to the millisecond. */
export const canKeep = (at: number): boolean => at > earliest && at < -earliest;

function mixed(node: number, kind: number): number {
  const high = Math.floor(node / 2 ** 32);
  let hash = Math.imul((node >>> 0) ^ Math.imul(high + kind * 31, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2545f491);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Open addressing. A place is in use when its second number is not nought: kinds count from one there. */
class Table {
  count = 0;
  #places = smallest;
  #words = new Uint32Array(wide * smallest);

  get(node: number, kind: number, hash: number): SaidWord | undefined {
    const words = this.#words;
    const at = this.#find(node >>> 0, secondOf(node, kind), hash);
    if (words[at + 1] === 0) return undefined;
    const mixed = words[at + 3] as number;
    return {
      text: words[at + 2] as number,
      rest: mixed >>> 16,
      at: (mixed & 0xffff) * 2 ** 32 + (words[at + 4] as number) + earliest,
    };
  }

  set(node: number, kind: number, hash: number, { text, rest, at: ms }: SaidWord): void {
    if (this.count >= this.#places * fullest) this.#grow();
    const words = this.#words;
    const second = secondOf(node, kind);
    const at = this.#find(node >>> 0, second, hash);
    if (words[at + 1] === 0) this.count += 1;
    const since = ms - earliest;
    words[at] = node >>> 0;
    words[at + 1] = second;
    words[at + 2] = text;
    words[at + 3] = ((rest & 0xffff) << 16) | Math.floor(since / 2 ** 32);
    words[at + 4] = since % 2 ** 32;
  }

  /** The pair's place, or the free one where it would be. */
  #find(first: number, second: number, hash: number): number {
    const mask = this.#places - 1;
    const words = this.#words;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const at = wide * place;
      if (words[at + 1] === 0 || (words[at] === first && words[at + 1] === second)) return at;
    }
  }

  #grow(): void {
    const words = this.#words;
    this.#places *= 2;
    this.#words = new Uint32Array(wide * this.#places);
    for (let from = 0; from < words.length; from += wide) {
      const second = words[from + 1] as number;
      if (second === 0) continue;
      const first = words[from] as number;
      const hash = mixed((second >>> 16) * 2 ** 32 + first, (second & 0xffff) - 1);
      this.#words.set(words.subarray(from, from + wide), this.#find(first, second, hash));
    }
  }
}

const secondOf = (node: number, kind: number): number =>
  ((Math.floor(node / 2 ** 32) << 16) | (kind + 1)) >>> 0;
