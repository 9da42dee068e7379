import type { TextColumn } from "../../events/text-column.ts";
import type { Utf8 } from "../../events/utf8.ts";
import { prefixBytes, writePrefix } from "../../platform/length-prefix.ts";
import { Bytes } from "./bytes.ts";

interface Size {
  readonly bytes: number;
  readonly texts: number;
}
const least: Size = { bytes: 64 * 1024, texts: 1024 };

/** Writes a column of texts, each whole (`add`, `addBytes`) or piece by piece, with `end` at its end. */
export class TextPacker extends Bytes {
  #ends: Uint32Array<ArrayBuffer>;
  /** Where the text under way begins; its length stands before it. */
  #start = prefixBytes;
  #count = 0;

  /** With room for about what one before came to. */
  constructor({ bytes, texts }: Size = least) {
    super(Math.max(least.bytes, Math.ceil(bytes * 1.05)), prefixBytes);
    this.#ends = new Uint32Array(Math.max(least.texts, texts));
  }

  get sizes(): Size {
    return { bytes: this.to, texts: this.#count };
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

  end(): void {
    writePrefix(this.own, this.#start - prefixBytes, this.to - this.#start);
    if (this.#count === this.#ends.length) {
      const ends = new Uint32Array(this.#ends.length * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#ends[this.#count++] = this.to;
    this.room(prefixBytes);
    this.to += prefixBytes;
    this.#start = this.to;
  }

  /** One that was ended. */
  read(i: number): string {
    const from = (i === 0 ? 0 : (this.#ends[i - 1] as number)) + prefixBytes;
    return this.own.toString("utf8", from, this.#ends[i]);
  }

  /** The text ended last. */
  last(): Utf8 {
    const before = this.#count < 2 ? 0 : (this.#ends[this.#count - 2] as number);
    return { bytes: this.own, from: before + prefixBytes, to: this.#start - prefixBytes };
  }

  done(): TextColumn {
    return {
      bytes: new Uint8Array(this.own.buffer, 0, this.#start - prefixBytes),
      ends: this.#ends.subarray(0, this.#count),
    };
  }
}
