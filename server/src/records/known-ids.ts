/**
 * Which records a workspace may know already: a Bloom filter over the ids of one kind, so that the many new records of
 * a first import are told from the few known ones without asking the engine. Never wrong about what is new.
 */
export class KnownIds {
  readonly #bits: Uint32Array;
  readonly #mask: number;
  /** Beyond so many ids too many would look known. */
  readonly capacity: number;
  #count = 0;

  constructor(expected: number) {
    const bits = 2 ** Math.max(20, Math.ceil(Math.log2(Math.max(1, expected) * 12)));
    this.#bits = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
    this.capacity = bits / 12;
  }

  get count(): number {
    return this.#count;
  }

  mayHave(id: string): boolean {
    const low = lowOf(id);
    const high = highOf(id);
    for (let i = 0; i < 5; i += 1) {
      const bit = (low + Math.imul(high, i)) & this.#mask;
      if (((this.#bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  add(id: string): void {
    const low = lowOf(id);
    const high = highOf(id);
    this.#count += 1;
    for (let i = 0; i < 5; i += 1) {
      const bit = (low + Math.imul(high, i)) & this.#mask;
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] as number) | (1 << (bit & 31));
    }
  }
}

// Decimal digits of a 64-bit hash: the last nine and the rest are two numbers as good as any.
const lowOf = (id: string): number => Number(id.slice(-9));
const highOf = (id: string): number => Number(id.slice(0, -9)) | 1;
