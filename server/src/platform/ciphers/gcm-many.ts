import { createCipheriv, type KeyObject, randomFillSync } from "node:crypto";
import { nonceBytes, tagBytes } from "./nonce.ts";

const blockBytes = 16;
/** Values sealed by one call of the block cipher: their blocks stay in the processor's cache. */
const atOnce = 1_024;

type BlockCipher = "aes-256-ecb" | "sm4-ecb";

/**
 * Galois/Counter Mode (NIST SP 800-38D, algorithm 4) over many short values: nonce | tag | ciphertext each, exactly as
 * one by one. Node makes a cipher object per value, which costs ten times the work; here all counter blocks go through
 * the block cipher in one call, and the tags are summed with a table of the key's multiples.
 *
 * The table is read at places that depend on the sums, so whoever could watch the processor's cache from inside the
 * machine might learn the tag's key, not the cipher's.
 */
export function sealerOfMany(
  block: BlockCipher,
): (key: KeyObject, plains: readonly string[], aad?: Buffer) => Buffer[] {
  const tables = new WeakMap<KeyObject, Uint32Array>();
  return (key, plains, aad) => {
    const encrypt = (blocks: Buffer) => createCipheriv(block, key, null).setAutoPadding(false).update(blocks);
    let table = tables.get(key);
    if (table === undefined) {
      table = multiplesOf(encrypt(Buffer.alloc(blockBytes)));
      tables.set(key, table);
    }
    const sealed: Buffer[] = [];
    for (let from = 0; from < plains.length; from += atOnce)
      sealSome(encrypt, table, plains.slice(from, from + atOnce), aad ?? Buffer.alloc(0), sealed);
    return sealed;
  };
}

function sealSome(
  encrypt: (blocks: Buffer) => Buffer,
  table: Uint32Array,
  plains: readonly string[],
  aad: Buffer,
  sealed: Buffer[],
): void {
  const lengths = plains.map((plain) => Buffer.byteLength(plain));
  const blocksOf = (length: number) => 1 + Math.ceil(length / blockBytes);
  const counters = Buffer.alloc(blockBytes * lengths.reduce((sum, length) => sum + blocksOf(length), 0));
  const nonces = randomFillSync(Buffer.allocUnsafe(nonceBytes * plains.length));
  let at = 0;
  for (let i = 0; i < lengths.length; i += 1) {
    const length = lengths[i] as number;
    for (let counter = 1; counter <= blocksOf(length); counter += 1, at += blockBytes) {
      for (let k = 0; k < nonceBytes; k += 1) counters[at + k] = nonces[nonceBytes * i + k] as number;
      counters.writeUInt32BE(counter, at + nonceBytes);
    }
  }
  const stream = encrypt(counters);
  const out = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + nonceBytes + tagBytes + length, 0));
  const sum = new Sum(table);
  let place = 0;
  at = 0;
  for (let i = 0; i < lengths.length; i += 1) {
    const length = lengths[i] as number;
    const text = place + nonceBytes + tagBytes;
    nonces.copy(out, place, nonceBytes * i, nonceBytes * (i + 1));
    out.write(plains[i] as string, text);
    for (let k = 0; k < length; k += 1)
      out[text + k] = (out[text + k] as number) ^ (stream[at + blockBytes + k] as number);
    sum.clear();
    sum.add(aad, 0, aad.length);
    sum.add(out, text, length);
    sum.addLengths(aad.length, length);
    // The block of the first counter masks the tag.
    sum.write(out, place + nonceBytes, stream, at);
    sealed.push(out.subarray(place, text + length));
    place = text + length;
    at += blockBytes * blocksOf(length);
  }
}

/** GHASH: blocks are added to a sum in GF(2¹²⁸), which is multiplied by the key after each. */
class Sum {
  readonly #table: Uint32Array;
  /** The block at hand; made anew for each it would be as much garbage as the block. */
  readonly #words = new Int32Array(4);
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;

  constructor(table: Uint32Array) {
    this.#table = table;
  }

  clear(): void {
    this.#a = this.#b = this.#c = this.#d = 0;
  }

  /** Bytes, filled up with noughts to whole blocks. */
  add(bytes: Buffer, from: number, length: number): void {
    const end = from + length;
    for (let at = from; at < end; at += blockBytes)
      this.#multiply(
        wordAt(bytes, at, end),
        wordAt(bytes, at + 4, end),
        wordAt(bytes, at + 8, end),
        wordAt(bytes, at + 12, end),
      );
  }

  addLengths(aad: number, text: number): void {
    const high = (bytes: number) => Math.floor(bytes / 2 ** 29);
    this.#multiply(high(aad), aad << 3, high(text), text << 3);
  }

  write(out: Buffer, at: number, mask: Buffer, from: number): void {
    out.writeInt32BE(this.#a ^ mask.readInt32BE(from), at);
    out.writeInt32BE(this.#b ^ mask.readInt32BE(from + 4), at + 4);
    out.writeInt32BE(this.#c ^ mask.readInt32BE(from + 8), at + 8);
    out.writeInt32BE(this.#d ^ mask.readInt32BE(from + 12), at + 12);
  }

  #multiply(a: number, b: number, c: number, d: number): void {
    const table = this.#table;
    const words = this.#words;
    words[0] = this.#a ^ a;
    words[1] = this.#b ^ b;
    words[2] = this.#c ^ c;
    words[3] = this.#d ^ d;
    let w = 0;
    let x = 0;
    let y = 0;
    let z = 0;
    for (let i = 0; i < blockBytes; i += 1) {
      const byte = ((words[i >> 2] as number) >>> (24 - 8 * (i & 3))) & 255;
      const at = (i << 10) | (byte << 2);
      w ^= table[at] as number;
      x ^= table[at + 1] as number;
      y ^= table[at + 2] as number;
      z ^= table[at + 3] as number;
    }
    this.#a = w;
    this.#b = x;
    this.#c = y;
    this.#d = z;
  }
}

const wordAt = (bytes: Buffer, at: number, end: number): number =>
  at + 4 <= end ? bytes.readInt32BE(at) : at >= end ? 0 : lastWord(bytes, at, end);

function lastWord(bytes: Buffer, at: number, end: number): number {
  let word = 0;
  for (let k = 0; k < 4; k += 1) word = (word << 8) | (at + k < end ? (bytes[at + k] as number) : 0);
  return word;
}

/** What each byte at each place of a block comes to, times the key: 16 × 256 products of four words. */
function multiplesOf(key: Buffer): Uint32Array {
  const table = new Uint32Array(blockBytes * 256 * 4);
  let [a, b, c, d] = [key.readUInt32BE(0), key.readUInt32BE(4), key.readUInt32BE(8), key.readUInt32BE(12)];
  for (let bit = 0; bit < 128; bit += 1) {
    const at = ((bit >> 3) * 256 + (0x80 >> (bit & 7))) * 4;
    table.set([a, b, c, d], at);
    const carry = d & 1;
    d = ((d >>> 1) | (c << 31)) >>> 0;
    c = ((c >>> 1) | (b << 31)) >>> 0;
    b = ((b >>> 1) | (a << 31)) >>> 0;
    a = ((a >>> 1) ^ (carry === 1 ? 0xe1000000 : 0)) >>> 0;
  }
  // A byte's product is the sum of its bits'.
  for (let i = 0; i < blockBytes; i += 1)
    for (let byte = 1; byte < 256; byte += 1) {
      const low = byte & -byte;
      if (low === byte) continue;
      for (let k = 0; k < 4; k += 1)
        table[(i * 256 + byte) * 4 + k] =
          (table[(i * 256 + low) * 4 + k] as number) ^ (table[(i * 256 + (byte ^ low)) * 4 + k] as number);
    }
  return table;
}
