import { isAscii, isUtf8 } from "node:buffer";

export type Encoding = "utf-8" | "gb18030" | "utf-16le" | "utf-16be";

const starts = (head: Buffer, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);

/** What the first bytes give away before anything is decoded; undefined: text of one byte or more per character. */
export function peek(head: Buffer): "empty" | "not-text" | "utf-16le" | "utf-16be" | undefined {
  if (head.length === 0) return "empty";
  if (starts(head, 0xff, 0xfe)) return "utf-16le";
  if (starts(head, 0xfe, 0xff)) return "utf-16be";
  const unmarked = utf16Of(head);
  if (unmarked !== undefined) return unmarked;
  if (zeros(head) > head.length / 100) return "not-text";
  // What is left without the marks and blanks of an empty sheet.
  const text = starts(head, 0xef, 0xbb, 0xbf) ? head.subarray(3) : head;
  return text.length < 4096 && text.toString("latin1").trim() === "" ? "empty" : undefined;
}

function zeros(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === 0) count += 1;
  return count;
}

/** UTF-16 without its mark: separators, digits and line ends have a zero beside them, always on the same side. */
function utf16Of(head: Buffer): "utf-16le" | "utf-16be" | undefined {
  let even = 0;
  let odd = 0;
  const pairs = Math.min(head.length, 8192) >> 1;
  for (let at = 0; at < pairs; at += 1) {
    const [a, b] = [head[at * 2] as number, head[at * 2 + 1] as number];
    // No text holds the character nothing.
    if (a === 0 && b === 0) return undefined;
    if (a === 0 && b > 0 && b < 128) even += 1;
    if (b === 0 && a > 0 && a < 128) odd += 1;
  }
  const enough = Math.max(8, pairs / 10);
  if (odd >= enough && even === 0) return "utf-16le";
  return even >= enough && odd === 0 ? "utf-16be" : undefined;
}

/**
 * Tells UTF-8 from GB18030 by all bytes of a file, given in chunks: a GBK file may be plain ASCII for its first million
 * rows, so a look at the beginning is not enough. A few damaged places do not make a UTF-8 file GBK: where one chunk
 * of much Chinese is UTF-8 throughout, the file is, since GBK text never is for long.
 */
export class Utf8Check {
  #rest: Buffer = Buffer.alloc(0);
  #whole = 0;
  #broken = 0;

  add(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = wholeCharacters(bytes);
    this.#count(bytes.subarray(0, end));
    this.#rest = Buffer.from(bytes.subarray(end));
  }

  get encoding(): Encoding {
    const broken = this.#broken + (this.#rest.length > 0 ? 1 : 0);
    return broken === 0 || this.#whole > broken ? "utf-8" : "gb18030";
  }

  #count(bytes: Buffer): void {
    if (isUtf8(bytes)) {
      if (!isAscii(bytes) && hasChinese(bytes)) this.#whole += 1000;
      return;
    }
    // Line by line, where something is wrong: UTF-8 with a few damaged lines has far more lines that are whole.
    let from = 0;
    for (let at = bytes.indexOf(10, from); from < bytes.length; at = bytes.indexOf(10, from)) {
      const line = bytes.subarray(from, at === -1 ? bytes.length : at);
      from = at === -1 ? bytes.length : at + 1;
      if (!line.some((byte) => byte >= 0x80)) continue;
      if (!isUtf8(line)) this.#broken += 1;
      else if (hasChinese(line)) this.#whole += 1;
      if (this.#whole + this.#broken > 20_000) return;
    }
  }
}

/** Whether there is a character of three bytes. One of two proves nothing: 女 in GBK is Ů in UTF-8. */
function hasChinese(bytes: Buffer): boolean {
  for (let at = 0; at + 2 < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0xe3 && byte <= 0xef && ((bytes[at + 1] as number) & 0xc0) === 0x80) return true;
  }
  return false;
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

/** Chinese lost for good: replacement characters, and what they become when saved and read once more. */
export const isGarbled = (text: string): boolean => /\uFFFD|锟斤拷|烫烫烫|屯屯屯|ï»¿|â€/.test(text);
