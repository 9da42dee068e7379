/**
 * The messages seen lately: a set of 64-bit hashes (as decimal text) with a fixed size. Two generations: when the young
 * one is full the old one is forgotten, so between `half` and twice `half` messages are remembered.
 */
export class RecentWindow {
  readonly #half: number;
  #young: Generation;
  #old: Generation;

  constructor(half = 500_000) {
    this.#half = half;
    this.#young = new Generation(half);
    this.#old = new Generation(half);
  }

  has(hash: string): boolean {
    const head = headOf(hash);
    const tail = tailOf(hash);
    return this.#young.has(head, tail) || this.#old.has(head, tail);
  }

  add(hash: string): void {
    if (this.#young.size >= this.#half) {
      const forgotten = this.#old;
      this.#old = this.#young;
      forgotten.clear();
      this.#young = forgotten;
    }
    this.#young.add(headOf(hash), tailOf(hash));
  }
}

// Twenty digits in two numbers that typed arrays hold; a BigUint64Array would make an object of every one it reads.
const tailDigits = 10;
const headOf = (hash: string): number => digitsIn(hash, 0, hash.length - tailDigits);
/** One more than the last ten digits, so that 0 marks a free slot. */
const tailOf = (hash: string): number =>
  digitsIn(hash, Math.max(0, hash.length - tailDigits), hash.length) + 1;

/** As Number reads them, without making a text of them first. */
function digitsIn(text: string, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum = sum * 10 + text.charCodeAt(i) - 48;
  return sum;
}

/** Open addressing with linear probing, at most half full. */
class Generation {
  readonly #heads: Uint32Array;
  readonly #tails: Float64Array;
  #size = 0;

  constructor(most: number) {
    const slots = 2 ** Math.ceil(Math.log2(most * 2));
    this.#heads = new Uint32Array(slots);
    this.#tails = new Float64Array(slots);
  }

  get size(): number {
    return this.#size;
  }

  has(head: number, tail: number): boolean {
    return this.#tails[this.#find(head, tail)] !== 0;
  }

  add(head: number, tail: number): void {
    const at = this.#find(head, tail);
    if (this.#tails[at] !== 0) return;
    this.#heads[at] = head;
    this.#tails[at] = tail;
    this.#size += 1;
  }

  clear(): void {
    this.#tails.fill(0);
    this.#size = 0;
  }

  #find(head: number, tail: number): number {
    const slots = this.#tails.length;
    let at = tail % slots;
    while (this.#tails[at] !== 0 && (this.#tails[at] !== tail || this.#heads[at] !== head))
      at = at + 1 === slots ? 0 : at + 1;
    return at;
  }
}
