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

  /** Of an id of 64 bits its lower and its higher half. */
  mayHave(low: number, high: number): boolean {
    for (let i = 0; i < 5; i += 1) {
      const bit = (low + Math.imul(high | 1, i)) & this.#mask;
      if (((this.#bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  add(low: number, high: number): void {
    this.#count += 1;
    for (let i = 0; i < 5; i += 1) {
      const bit = (low + Math.imul(high | 1, i)) & this.#mask;
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] as number) | (1 << (bit & 31));
    }
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
