/**
 * Bits for each id, and how many of them are set for each: of a hundred thousand new ids fewer than one looks known, even
 * when the filter is full. Each that does is looked up in all parts of a table that lies in the order of ids: with 24 bits
 * and seven set nearly every slice of a large file had one.
 */
const bitsEach = 32;
const setEach = 9;
const fewestBits = 2 ** 21;
/** 128 MB, of some thirty million ids. */
const mostBits = 2 ** 30;

/** A Bloom filter over ids of 64 bits, in halves. */
class Filter {
  readonly #bits: Uint32Array;
  readonly #mask: number;
  /** Beyond so many ids too many would look known. */
  readonly capacity: number;
  count = 0;

  constructor(expected: number) {
    const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, expected) * bitsEach));
    const bits = Math.min(Math.max(wanted, fewestBits), mostBits);
    this.#bits = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
    this.capacity = bits / bitsEach;
  }

  mayHave(low: number, high: number): boolean {
    for (let i = 0; i < setEach; i += 1) {
      const bit = (low + Math.imul(high | 1, i)) & this.#mask;
      if (((this.#bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  add(low: number, high: number): void {
    this.count += 1;
    for (let i = 0; i < setEach; i += 1) {
      const bit = (low + Math.imul(high | 1, i)) & this.#mask;
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] as number) | (1 << (bit & 31));
    }
  }
}

/**
 * Which records a workspace may know already, of one kind, so that the many new records of a first import are told from
 * the few known ones without asking the engine. Never wrong about what is new. A filter that is full is kept, and one
 * twice as large put beside it: a larger one in its place would have to be told all ids again.
 */
export class KnownIds {
  readonly #filters: Filter[];

  constructor(expected: number) {
    this.#filters = [new Filter(expected)];
  }

  /** Of an id of 64 bits its lower and its higher half. */
  mayHave(low: number, high: number): boolean {
    for (const filter of this.#filters) if (filter.mayHave(low, high)) return true;
    return false;
  }

  add(low: number, high: number): void {
    if (this.mayHave(low, high)) return;
    let last = this.#filters.at(-1) as Filter;
    if (last.count >= last.capacity) {
      last = new Filter(last.capacity * 2);
      this.#filters.push(last);
    }
    last.add(low, high);
  }
}

/** Ids as their halves, the lower one first: reading one as it is would make an object of it. */
export const halvesOf = ({ buffer, byteOffset, length }: BigUint64Array): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length * 2);

/** Ids as decimal digits, as halves. */
export const halvesOfTexts = (ids: readonly string[]): Uint32Array =>
  halvesOf(BigUint64Array.from(ids, BigInt));

/** The places of ids that stand there more than once. */
export function repeatedPlaces(halves: Uint32Array): Set<number> {
  const count = halves.length / 2;
  const slots = 2 ** Math.ceil(Math.log2(Math.max(2, count * 2)));
  /** One more than the place of the id found first; 0: free. */
  const first = new Uint32Array(slots);
  const repeated = new Set<number>();
  for (let place = 0; place < count; place += 1) {
    const low = halves[2 * place] as number;
    const high = halves[2 * place + 1] as number;
    let slot = low & (slots - 1);
    for (let other = first[slot] as number; ; other = first[slot] as number) {
      if (other === 0) {
        first[slot] = place + 1;
        break;
      }
      if (halves[2 * other - 2] === low && halves[2 * other - 1] === high) {
        repeated.add(other - 1).add(place);
        break;
      }
      slot = (slot + 1) & (slots - 1);
    }
  }
  return repeated;
}
