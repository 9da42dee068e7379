/**
 * The message ids seen lately: a set of 64-bit hashes with a fixed size. Two generations: when the young one is full the
 * old one is forgotten, so between `half` and twice `half` messages are remembered.
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

  has(hash: bigint): boolean {
    return this.#young.has(hash) || this.#old.has(hash);
  }

  add(hash: bigint): void {
    if (this.#young.size >= this.#half) {
      const forgotten = this.#old;
      this.#old = this.#young;
      forgotten.clear();
      this.#young = forgotten;
    }
    this.#young.add(hash);
  }
}

/** Open addressing with linear probing at most half full; 0 marks a free slot. */
class Generation {
  readonly #slots: BigUint64Array;
  readonly #mask: bigint;
  #size = 0;

  constructor(most: number) {
    const slots = 2 ** Math.ceil(Math.log2(most * 2));
    this.#slots = new BigUint64Array(slots);
    this.#mask = BigInt(slots - 1);
  }

  get size(): number {
    return this.#size;
  }

  has(hash: bigint): boolean {
    return this.#slots[this.#find(hash)] !== 0n;
  }

  add(hash: bigint): void {
    const at = this.#find(hash);
    if (this.#slots[at] !== 0n) return;
    this.#slots[at] = hash === 0n ? 1n : hash;
    this.#size += 1;
  }

  clear(): void {
    this.#slots.fill(0n);
    this.#size = 0;
  }

  #find(given: bigint): number {
    const hash = given === 0n ? 1n : given;
    const last = this.#slots.length - 1;
    let at = Number(hash & this.#mask);
    while (this.#slots[at] !== 0n && this.#slots[at] !== hash) at = at === last ? 0 : at + 1;
    return at;
  }
}
