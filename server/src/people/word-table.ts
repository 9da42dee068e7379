/** Beyond this share of its places a table is made a quarter larger, so that little more than a third of it ever lies idle. */
const fullest = 0.8;
const growth = 1.25;
const smallest = 64;
/** The upper bits of a hash choose among tables; the place in one is told by these. */
const placeBits = 2 ** 26;

/** How an entry lies in its words of 32 bits: the first two are its key, and some bits of the third. */
export interface Layout {
  /** How many words an entry has. */
  readonly wide: number;
  /** Which of them is never nought, as all are of a place that is free. */
  readonly used: number;
  /** The bits of the third word that belong to the key. */
  readonly keyOfThird: number;
}

/** Where to begin looking for a key; keys may be numbers in order. */
export function hashOf({ keyOfThird }: Layout, first: number, second: number, third: number): number {
  const last = Math.imul(third & keyOfThird, 0xc2b2ae3d);
  let hash = Math.imul(first ^ Math.imul(second, 0x9e3779b1) ^ last, 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2545f491);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * Entries of a few words each by open addressing with linear probing. As objects they would take ten times the memory,
 * and the collector would walk through them again and again.
 */
export class WordTable {
  count = 0;
  readonly #layout: Layout;
  #places = smallest;
  #words: Uint32Array<ArrayBuffer>;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#words = new Uint32Array(layout.wide * smallest);
  }

  /** Until the next `place` or `letGo`. */
  get words(): Uint32Array {
    return this.#words;
  }

  /** Where the entry of a key begins among the words; -1: there is none. */
  find(first: number, second: number, third: number, hash: number): number {
    const at = this.#find(first, second, third, hash);
    return this.#words[at + this.#layout.used] === 0 ? -1 : at;
  }

  /** Where it begins, or shall begin: whoever asks writes all of its words. */
  place(first: number, second: number, third: number, hash: number): number {
    if (this.count >= this.#places * fullest) this.#grow();
    const at = this.#find(first, second, third, hash);
    if (this.#words[at + this.#layout.used] === 0) this.count += 1;
    return at;
  }

  /** Gives the memory back now: the collector sees a small object in front of it, and is in no hurry. */
  letGo(): void {
    this.#words.buffer.transfer(0);
  }

  #find(first: number, second: number, third: number, hash: number): number {
    const words = this.#words;
    const { wide, used, keyOfThird } = this.#layout;
    const last = third & keyOfThird;
    // The upper bits chose this table.
    let at = wide * Math.floor(((hash % placeBits) * this.#places) / placeBits);
    while (
      words[at + used] !== 0 &&
      (words[at] !== first || words[at + 1] !== second || ((words[at + 2] as number) & keyOfThird) !== last)
    ) {
      at += wide;
      if (at === words.length) at = 0;
    }
    return at;
  }

  #grow(): void {
    const before = this.#words;
    const { wide, used } = this.#layout;
    this.#places = Math.ceil(this.#places * growth);
    this.#words = new Uint32Array(wide * this.#places);
    for (let from = 0; from < before.length; from += wide) {
      if (before[from + used] === 0) continue;
      const first = before[from] as number;
      const second = before[from + 1] as number;
      const third = before[from + 2] as number;
      const at = this.#find(first, second, third, hashOf(this.#layout, first, second, third));
      for (let i = 0; i < wide; i += 1) this.#words[at + i] = before[from + i] as number;
    }
    before.buffer.transfer(0);
  }
}
