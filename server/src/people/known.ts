/** Beyond this share of its places a table is made twice as large. */
const fullest = 0.7;
const smallest = 64;
/** So many tables share the entries: one grows, or gives way to a new one, in a few milliseconds. */
const mostTables = 64;
const oneTableIsEnough = 4_096;

/** What an entry is found by: two words and 16 bits of a third. */
export interface Key {
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/**
 * A bounded memory of what was looked up before: numbers below 2^47 by keys of 80 bits, in two generations, so that what
 * is used stays and what is not goes without any bookkeeping on the hot path. Holds at most twice `size` entries, in
 * 16 bytes for each place; as objects a million would take ten times that, and the collector would walk through them
 * again and again. It takes no more memory than what it came to hold needs.
 */
export class Known {
  readonly #each: number;
  readonly #shift: number;
  readonly #tables: (Generations | undefined)[];

  constructor(size: number) {
    const tables = size <= oneTableIsEnough ? 1 : mostTables;
    this.#tables = new Array(tables).fill(undefined);
    this.#shift = 32 - Math.log2(tables);
    this.#each = Math.ceil(size / tables);
  }

  get(key: Key): number | undefined {
    const hash = mixed(key);
    const table = this.#tables[this.#tableOf(hash)];
    if (table === undefined) return undefined;
    const young = table.young.get(key, hash);
    if (young !== undefined) return young;
    const old = table.old?.get(key, hash);
    if (old !== undefined) this.#put(table, key, hash, old);
    return old;
  }

  set(key: Key, value: number): void {
    const hash = mixed(key);
    const at = this.#tableOf(hash);
    let table = this.#tables[at];
    if (table === undefined) {
      table = { young: new Table(), old: null };
      this.#tables[at] = table;
    }
    this.#put(table, key, hash, value);
  }

  /** A shift by 32 would be one by none. */
  #tableOf(hash: number): number {
    return this.#shift === 32 ? 0 : hash >>> this.#shift;
  }

  #put(table: Generations, key: Key, hash: number, value: number): void {
    if (table.young.count >= this.#each) {
      table.old = table.young;
      table.young = new Table();
    }
    table.young.set(key, hash, value);
  }
}

interface Generations {
  young: Table;
  old: Table | null;
}

/** Where to begin looking; the keys themselves may be numbers in order. */
function mixed({ first, second, third }: Key): number {
  let hash = Math.imul(first ^ Math.imul(second, 0x9e3779b1) ^ Math.imul(third, 0xc2b2ae3d), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2545f491);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Open addressing over words: of each place two of the key, 16 bits of it above 16 of the value's, and 32 more of it. */
class Table {
  count = 0;
  #places = smallest;
  #words = new Uint32Array(4 * smallest);

  get(key: Key, hash: number): number | undefined {
    const words = this.#words;
    const at = 4 * this.#find(key.first, key.second, key.third, hash);
    const low = words[at + 3] as number;
    return low === 0 ? undefined : ((words[at + 2] as number) & 0xffff) * 2 ** 31 + (low >>> 1);
  }

  set(key: Key, hash: number, value: number): void {
    if (this.count >= this.#places * fullest) this.#grow();
    this.#put(key, hash, value);
  }

  #put({ first, second, third }: Key, hash: number, value: number): void {
    const words = this.#words;
    const at = 4 * this.#find(first, second, third, hash);
    if (words[at + 3] === 0) this.count += 1;
    words[at] = first;
    words[at + 1] = second;
    words[at + 2] = ((third & 0xffff) << 16) | Math.floor(value / 2 ** 31);
    // Odd, so that a place in use is never nought.
    words[at + 3] = ((value % 2 ** 31) << 1) | 1;
  }

  /** The key's place, or the free one where it would be. */
  #find(first: number, second: number, third: number, hash: number): number {
    const mask = this.#places - 1;
    const words = this.#words;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const at = 4 * place;
      if (words[at + 3] === 0) return place;
      if (
        words[at] === first &&
        words[at + 1] === second &&
        (words[at + 2] as number) >>> 16 === (third & 0xffff)
      )
        return place;
    }
  }

  #grow(): void {
    const words = this.#words;
    this.#places *= 2;
    this.#words = new Uint32Array(4 * this.#places);
    this.count = 0;
    for (let at = 0; at < words.length; at += 4) {
      const low = words[at + 3] as number;
      if (low === 0) continue;
      const third = words[at + 2] as number;
      const key = { first: words[at] as number, second: words[at + 1] as number, third: third >>> 16 };
      this.#put(key, mixed(key), (third & 0xffff) * 2 ** 31 + (low >>> 1));
    }
  }
}
