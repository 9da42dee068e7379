/**
 * Numbers equal records of a file: 0 for the first, 1 for the second that says the very same, so that true duplicates
 * count while the same file given twice adds nothing. Bounded: a Bloom filter of 32 MB knows what surely is new, only
 * what may have been seen is kept exactly. A false alarm (1 in 10⁹ at a million records, 1 in 300 at thirty million)
 * still numbers the same in the same file.
 */
export class Occurrences {
  readonly #bits: Uint32Array;
  readonly #mask: number;
  readonly #seen = new Map<string, number>();

  constructor(bits = 2 ** 28) {
    this.#bits = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  next(hash: string): number {
    if (this.#addNew(hash)) return 0;
    const count = (this.#seen.get(hash) ?? 0) + 1;
    this.#seen.set(hash, count);
    return count;
  }

  /** Sets the hash's bits; true when at least one was not set, that is, when it is surely new. */
  #addNew(hash: string): boolean {
    // Decimal digits of a 64-bit hash: the last nine and the first ten are two numbers as good as any.
    const low = Number(hash.slice(-9));
    const high = Number(hash.slice(0, -9)) | 1;
    let isNew = false;
    for (let i = 0; i < 4; i += 1) {
      const bit = (low + Math.imul(high, i)) & this.#mask;
      const word = bit >>> 5;
      const flag = 1 << (bit & 31);
      if (((this.#bits[word] as number) & flag) === 0) {
        isNew = true;
        this.#bits[word] = (this.#bits[word] as number) | flag;
      }
    }
    return isNew;
  }
}
