import { prefixBytes } from "../platform/length-prefix.ts";
import { textOf, type Utf8 } from "./utf8.ts";

/**
 * Texts of many rows after each other in one piece of memory, which goes from thread to thread without a copy. Each
 * stands behind its length, as ClickHouse reads a column of texts: so it goes on to the engine as it is.
 */
export interface TextColumn {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Reads a column; each text is made only when it is asked for. */
export class Texts {
  readonly column: TextColumn;
  readonly #bytes: Buffer;
  readonly #ends: Uint32Array;

  constructor(column: TextColumn) {
    const { bytes, ends } = column;
    this.column = column;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#ends = ends;
  }

  utf8(i: number): Utf8 {
    return { bytes: this.#bytes, from: this.#from(i), to: this.#ends[i] as number };
  }

  text(i: number): string {
    return this.isEmpty(i) ? "" : textOf(this.utf8(i));
  }

  isEmpty(i: number): boolean {
    return this.#from(i) === this.#ends[i];
  }

  #from(i: number): number {
    return (i === 0 ? 0 : (this.#ends[i - 1] as number)) + prefixBytes;
  }
}
