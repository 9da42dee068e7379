import { textOf, type Utf8 } from "../../events/utf8.ts";

/** Texts of many records after each other in one piece of memory, which goes from thread to thread without a copy. */
export interface TextColumn {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

interface Size {
  readonly bytes: number;
  readonly texts: number;
}
const least: Size = { bytes: 64 * 1024, texts: 1024 };

/** Bytes up to which a loop copies faster than a call does. */
const shortText = 48;

export class TextPacker {
  #bytes: Buffer<ArrayBuffer>;
  #ends: Uint32Array<ArrayBuffer>;
  #length = 0;
  #count = 0;

  /** With room for about what one before came to. */
  constructor({ bytes, texts }: Size = least) {
    this.#bytes = Buffer.from(new ArrayBuffer(Math.max(least.bytes, Math.ceil(bytes * 1.05))));
    this.#ends = new Uint32Array(Math.max(least.texts, texts));
  }

  get size(): Size {
    return { bytes: this.#length, texts: this.#count };
  }

  add(text: string): void {
    // A character is at most three bytes.
    this.#room(text.length * 3);
    if (text !== "") this.#length += this.#bytes.write(text, this.#length);
    this.#ends[this.#count++] = this.#length;
  }

  /** A text that is UTF-8 already. */
  addBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#room(to - from);
    if (to - from < shortText) {
      const own = this.#bytes;
      let at = this.#length;
      for (let i = from; i < to; i += 1) own[at++] = bytes[i] as number;
    } else this.#bytes.set(bytes.subarray(from, to), this.#length);
    this.#length += to - from;
    this.#ends[this.#count++] = this.#length;
  }

  /** A piece of the text that `end` ends. */
  text(text: string): void {
    this.#room(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length);
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  end(): void {
    this.#room(0);
    this.#ends[this.#count++] = this.#length;
  }

  /** The text added last. */
  last(): Utf8 {
    return {
      bytes: this.#bytes,
      from: this.#count < 2 ? 0 : (this.#ends[this.#count - 2] as number),
      to: this.#length,
    };
  }

  done(): TextColumn {
    return {
      bytes: new Uint8Array(this.#bytes.buffer, 0, this.#length),
      ends: this.#ends.subarray(0, this.#count),
    };
  }

  #room(more: number): void {
    if (this.#count === this.#ends.length) {
      const ends = new Uint32Array(this.#ends.length * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(needed, Math.ceil(this.#bytes.length * 1.5))));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** Reads a column; each text is made only when it is asked for. */
export class Texts {
  readonly #bytes: Buffer;
  readonly #ends: Uint32Array;

  constructor({ bytes, ends }: TextColumn) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#ends = ends;
  }

  utf8(i: number): Utf8 {
    return { bytes: this.#bytes, from: this.#from(i), to: this.#ends[i] as number };
  }

  text(i: number): string {
    const from = this.#from(i);
    return from === this.#ends[i] ? "" : textOf(this.utf8(i));
  }

  #from(i: number): number {
    return i === 0 ? 0 : (this.#ends[i - 1] as number);
  }
}
