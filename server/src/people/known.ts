import { randomFillSync } from "node:crypto";

const smallest = 1_024;
/** Beyond this share of its places a table is made twice as large. */
const fullest = 0.6;

/**
 * A bounded memory of what was looked up before: numbers by text, in two generations, so that what is used stays and
 * what is not goes without any bookkeeping on the hot path. Holds at most twice `size` entries.
 *
 * Of a text 96 bits of a keyed hash are kept and nothing else: as objects a million texts would take five times the
 * memory, and the collector would walk through them again and again. The key is this object's own and random, so nobody
 * can make two texts meet; by chance two of ten million do once in 10^15 times.
 */
export class Known {
  readonly #size: number;
  readonly #hash = new KeyedHash();
  #young = new Table();
  #old: Table | null = null;

  constructor(size: number) {
    this.#size = size;
  }

  get(text: string): number | undefined {
    this.#hash.of(text);
    const young = this.#young.get(this.#hash);
    if (young !== undefined) return young;
    const old = this.#old?.get(this.#hash);
    if (old !== undefined) this.#put(old);
    return old;
  }

  set(text: string, value: number): void {
    this.#hash.of(text);
    this.#put(value);
  }

  #put(value: number): void {
    if (this.#young.count >= this.#size) {
      this.#old = this.#young;
      this.#young = new Table();
    }
    this.#young.set(this.#hash, value);
  }
}

/** Open addressing over plain numbers: of each place three words of the hash and the value; all noughts are nobody's. */
class Table {
  count = 0;
  #places = smallest;
  #keys = new Uint32Array(3 * smallest);
  #values = new Float64Array(smallest);

  get(hash: KeyedHash): number | undefined {
    const at = this.#find(hash.first, hash.second, hash.third);
    return this.#isFree(at) ? undefined : this.#values[at];
  }

  set(hash: KeyedHash, value: number): void {
    if (this.count >= this.#places * fullest) this.#grow();
    this.#put(hash.first, hash.second, hash.third, value);
  }

  #put(first: number, second: number, third: number, value: number): void {
    const at = this.#find(first, second, third);
    if (this.#isFree(at)) {
      this.count += 1;
      this.#keys[3 * at] = first;
      this.#keys[3 * at + 1] = second;
      this.#keys[3 * at + 2] = third;
    }
    this.#values[at] = value;
  }

  #find(first: number, second: number, third: number): number {
    const mask = this.#places - 1;
    for (let at = first & mask; ; at = (at + 1) & mask) {
      const key = this.#keys[3 * at];
      if (key === first && this.#keys[3 * at + 1] === second && this.#keys[3 * at + 2] === third) return at;
      if (key === 0 && this.#isFree(at)) return at;
    }
  }

  #isFree(at: number): boolean {
    return this.#keys[3 * at] === 0 && this.#keys[3 * at + 1] === 0 && this.#keys[3 * at + 2] === 0;
  }

  #grow(): void {
    const [keys, values, places] = [this.#keys, this.#values, this.#places];
    this.#places = places * 2;
    this.#keys = new Uint32Array(3 * this.#places);
    this.#values = new Float64Array(this.#places);
    this.count = 0;
    for (let at = 0; at < places; at += 1) {
      const [first, second, third] = [keys[3 * at], keys[3 * at + 1], keys[3 * at + 2]] as [
        number,
        number,
        number,
      ];
      if (first !== 0 || second !== 0 || third !== 0) this.#put(first, second, third, values[at] as number);
    }
  }
}

/** HalfSipHash-2-4 (Aumasson and Bernstein) of a text's UTF-16, with 96 bits of output. */
class KeyedHash {
  first = 0;
  second = 0;
  third = 0;
  readonly #key0: number;
  readonly #key1: number;

  constructor() {
    const [key0 = 0, key1 = 0] = randomFillSync(new Int32Array(2));
    this.#key0 = key0;
    this.#key1 = key1;
  }

  of(text: string): void {
    const { length } = text;
    const words = (length >>> 1) + 1;
    let v0 = this.#key0;
    let v1 = this.#key1 ^ 0xee;
    let v2 = 0x6c796765 ^ this.#key0;
    let v3 = 0x74656462 ^ this.#key1;
    // Two rounds for each word; then, without one, four for each word of the answer.
    for (let i = 0; i < words + 3; i += 1) {
      const isText = i < words;
      const word = isText ? wordAt(text, i, length) : 0;
      v3 ^= word;
      if (i === words) v2 ^= 0xee;
      if (i === words + 1) v1 ^= 0xdd;
      for (let round = isText ? 2 : 4; round > 0; round -= 1) {
        v0 = (v0 + v1) | 0;
        v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
        v0 = (v0 << 16) | (v0 >>> 16);
        v2 = (v2 + v3) | 0;
        v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
        v0 = (v0 + v3) | 0;
        v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
        v2 = (v2 + v1) | 0;
        v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
        v2 = (v2 << 16) | (v2 >>> 16);
      }
      v0 ^= word;
      const out = (v1 ^ v3) >>> 0;
      if (i === words) this.first = out;
      else if (i === words + 1) this.second = out;
      else if (i > words) this.third = out;
    }
  }
}

/** Two characters, or at the end what is left of them with the text's length. */
const wordAt = (text: string, i: number, length: number): number => {
  const at = 2 * i;
  if (at + 1 < length) return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
  return (at < length ? text.charCodeAt(at) : 0) | (length << 17);
};
