import { isUtf8 } from "node:buffer";

export type Encoding = "utf-8" | "gb18030" | "utf-16le";
/** What a file is when it is no text to read. */
export type NoText = "empty" | "spreadsheet" | "not-text";

const starts = (head: Buffer, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);

/** What the first bytes give away before anything is decoded; undefined: text of one byte or more per character. */
export function peek(head: Buffer): NoText | "utf-16le" | undefined {
  if (head.length === 0) return "empty";
  // ZIP, which an XLSX is, and the old XLS.
  if (starts(head, 0x50, 0x4b, 0x03, 0x04)) return "spreadsheet";
  if (starts(head, 0xd0, 0xcf, 0x11, 0xe0)) return "spreadsheet";
  if (starts(head, 0xff, 0xfe)) return "utf-16le";
  if (head.includes(0)) return "not-text";
  // What is left without the marks and blanks of an empty sheet.
  const text = starts(head, 0xef, 0xbb, 0xbf) ? head.subarray(3) : head;
  return text.length < 4096 && text.toString("latin1").trim() === "" ? "empty" : undefined;
}

/**
 * Whether bytes that come in chunks are UTF-8. A GBK file may be plain ASCII for its first million rows, so a look at
 * the beginning is not enough; Chinese text in GBK is never valid UTF-8 for long.
 */
export class Utf8Check {
  #rest: Buffer = Buffer.alloc(0);
  #valid = true;

  add(chunk: Buffer): void {
    if (!this.#valid) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = wholeCharacters(bytes);
    this.#valid = isUtf8(bytes.subarray(0, end));
    this.#rest = Buffer.from(bytes.subarray(end));
  }

  get encoding(): Encoding {
    return this.#valid && this.#rest.length === 0 ? "utf-8" : "gb18030";
  }
}

/** Where the last character that may be cut off by the chunk's end begins. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needs ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
