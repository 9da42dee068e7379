import type { TextColumn } from "../../events/text-column.ts";
import type { Utf8 } from "../../events/utf8.ts";
import { prefixBytes, writePrefix } from "../../platform/length-prefix.ts";

interface Size {
  readonly bytes: number;
  readonly texts: number;
}
const least: Size = { bytes: 64 * 1024, texts: 1024 };

/** Bytes up to which a loop copies faster than a call does. */
const short = 40;

/** Writes a column of texts, each whole (`add`, `addBytes`) or piece by piece (`text`, `bytes`, and `end` at its end). */
export class TextPacker {
  #bytes: Buffer<ArrayBuffer>;
  #ends: Uint32Array<ArrayBuffer>;
  /** Where the text under way goes on; its length stands before its start. */
  #at = prefixBytes;
  #start = prefixBytes;
  #count = 0;

  /** With room for about what one before came to. */
  constructor({ bytes, texts }: Size = least) {
    this.#bytes = Buffer.from(new ArrayBuffer(Math.max(least.bytes, Math.ceil(bytes * 1.05))));
    this.#ends = new Uint32Array(Math.max(least.texts, texts));
  }

  get size(): Size {
    return { bytes: this.#at, texts: this.#count };
  }

  get count(): number {
    return this.#count;
  }

  add(text: string): void {
    this.text(text);
    this.end();
  }

  /** A text that is UTF-8 already. */
  addBytes(bytes: Uint8Array, from: number, to: number): void {
    this.bytes(bytes, from, to);
    this.end();
  }

  /** More of the text under way. */
  text(text: string): void {
    // A character is at most three bytes.
    this.#room(text.length * 3);
    if (text.length > short) {
      this.#at += this.#bytes.write(text, this.#at);
      return;
    }
    const own = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code >= 128) {
        this.#at += own.write(text, this.#at);
        return;
      }
      own[at++] = code;
    }
    this.#at = at;
  }

  /** More of the text under way, which is UTF-8 already. */
  bytes(bytes: Uint8Array, from = 0, to = bytes.length): void {
    this.#room(to - from);
    const own = this.#bytes;
    if (to - from > short) own.set(to - from === bytes.length ? bytes : bytes.subarray(from, to), this.#at);
    else for (let i = from, at = this.#at; i < to; i += 1, at += 1) own[at] = bytes[i] as number;
    this.#at += to - from;
  }

  end(): void {
    writePrefix(this.#bytes, this.#start - prefixBytes, this.#at - this.#start);
    if (this.#count === this.#ends.length) {
      const ends = new Uint32Array(this.#ends.length * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#ends[this.#count++] = this.#at;
    this.#room(prefixBytes);
    this.#at += prefixBytes;
    this.#start = this.#at;
  }

  /** One that was ended. */
  read(i: number): string {
    const from = (i === 0 ? 0 : (this.#ends[i - 1] as number)) + prefixBytes;
    return this.#bytes.toString("utf8", from, this.#ends[i]);
  }

  /** The text ended last. */
  last(): Utf8 {
    const before = this.#count < 2 ? 0 : (this.#ends[this.#count - 2] as number);
    return { bytes: this.#bytes, from: before + prefixBytes, to: this.#start - prefixBytes };
  }

  done(): TextColumn {
    return {
      bytes: new Uint8Array(this.#bytes.buffer, 0, this.#start - prefixBytes),
      ends: this.#ends.subarray(0, this.#count),
    };
  }

  #room(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(needed, Math.ceil(this.#bytes.length * 1.5))));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
