import { randomFillSync } from "node:crypto";

/**
 * Texts as keys of 80 bits, by HalfSipHash-2-4 (Aumasson and Bernstein) over their UTF-16. The secret is this object's own
 * and random, so nobody can make two texts meet; by chance one of ten thousand million texts is taken for another of
 * four million once in 10^7 times.
 */
export class KeyedText {
  first = 0;
  second = 0;
  third = 0;
  readonly #key0: number;
  readonly #key1: number;

  constructor([key0, key1]: readonly [number, number] = randomKey()) {
    this.#key0 = key0;
    this.#key1 = key1;
  }

  /** A secret of its own for texts of one kind: they are then hashed without the kind before each. */
  ofKind(kind: string): KeyedText {
    this.of(kind);
    return new KeyedText([this.first | 0, this.second | 0]);
  }

  /** Takes a text's key; it is this object until the next one. */
  of(text: string): this {
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
      else if (i > words) this.third = out & 0xffff;
    }
    return this;
  }
}

function randomKey(): [number, number] {
  const [key0 = 0, key1 = 0] = randomFillSync(new Int32Array(2));
  return [key0, key1];
}

/** Two characters, or at the end what is left of them with the text's length. */
const wordAt = (text: string, i: number, length: number): number => {
  const at = 2 * i;
  if (at + 1 < length) return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
  return (at < length ? text.charCodeAt(at) : 0) | (length << 17);
};
