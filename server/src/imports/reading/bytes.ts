import type { Utf8 } from "../../events/utf8.ts";
import { iso } from "../../records/canonical.ts";

/** Bytes up to which a loop copies faster than a call does. */
const short = 40;
const [nought, point, zone] = [48, 46, 90];

/**
 * A text in UTF-8 that is put together from its pieces, in room that grows. What stands in a file is copied from where it
 * stands: strings made on the way are of so many kinds that the engine looks up each time what to do with them.
 */
export class Bytes {
  protected own: Buffer<ArrayBuffer>;
  /** Where the next piece goes. */
  protected to: number;

  constructor(room = 64, from = 0) {
    this.own = Buffer.from(new ArrayBuffer(room));
    this.to = from;
  }

  /** How many there are; of a column all that was written. */
  get size(): number {
    return this.to;
  }

  clear(): void {
    this.to = 0;
  }

  toString(): string {
    return this.own.toString("utf8", 0, this.to);
  }

  isEqual(other: Bytes): boolean {
    return this.to === other.to && this.own.compare(other.own, 0, other.to, 0, this.to) === 0;
  }

  /** Any text. */
  text(text: string): void {
    // A character is at most three bytes.
    this.room(text.length * 3);
    this.to += this.own.write(text, this.to);
  }

  /** Of a file's text the characters between two places. */
  chars(text: string, from: number, to: number): void {
    this.room((to - from) * 3);
    const own = this.own;
    let at = this.to;
    for (let i = from; i < to; i += 1) {
      const code = text.charCodeAt(i);
      if (code < 0x80) own[at++] = code;
      else if (code < 0x800) {
        own[at++] = 0xc0 | (code >> 6);
        own[at++] = 0x80 | (code & 63);
      } else if (code < 0xd800 || code >= 0xe000) {
        own[at++] = 0xe0 | (code >> 12);
        own[at++] = 0x80 | ((code >> 6) & 63);
        own[at++] = 0x80 | (code & 63);
      } else {
        // One half of a pair, perhaps without the other.
        this.to += own.write(text.slice(from, to), this.to);
        return;
      }
    }
    this.to = at;
  }

  /** Bytes that are UTF-8 already. */
  bytes(bytes: Uint8Array, from = 0, to = bytes.length): void {
    this.room(to - from);
    const own = this.own;
    if (to - from > short) own.set(to - from === bytes.length ? bytes : bytes.subarray(from, to), this.to);
    else for (let i = from, at = this.to; i < to; i += 1, at += 1) own[at] = bytes[i] as number;
    this.to += to - from;
  }

  piece(piece: Bytes): void {
    this.bytes(piece.own, 0, piece.to);
  }

  /** Where it stands, until more is written. */
  get utf8(): Utf8 {
    return { bytes: this.own, from: 0, to: this.to };
  }

  /** A number as it is written in JSON. */
  number(number: number): void {
    if (number !== (number | 0) || number < 0) {
      this.text(String(number));
      return;
    }
    let digits = 1;
    for (let most = 10; number >= most; most *= 10) digits += 1;
    this.room(digits);
    const own = this.own;
    let left = number;
    for (let at = this.to + digits - 1; at >= this.to; at -= 1) {
      const rest = (left / 10) | 0;
      own[at] = nought + left - rest * 10;
      left = rest;
    }
    this.to += digits;
  }

  /** An amount in fen as yuan. */
  yuan(fen: number): void {
    if (fen !== (fen | 0) || fen < 0) {
      this.text(String(fen / 100));
      return;
    }
    const yuan = (fen / 100) | 0;
    const rest = fen - yuan * 100;
    this.number(yuan);
    if (rest === 0) return;
    this.room(3);
    this.own[this.to++] = point;
    this.own[this.to++] = nought + ((rest / 10) | 0);
    if (rest % 10 !== 0) this.own[this.to++] = nought + (rest % 10);
  }

  /** An instant as `iso` writes it. */
  instant(at: number): void {
    const day = Math.floor(at / dayMs);
    const rest = at - day * dayMs;
    if (rest !== (rest | 0)) {
      this.text(iso(at) as string);
      return;
    }
    this.bytes(dayBytes(day));
    const seconds = (rest / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    const ms = rest - seconds * 1000;
    this.room(14);
    const own = this.own;
    const to = this.to;
    this.#two(to, (minutes / 60) | 0);
    own[to + 2] = colon;
    this.#two(to + 3, minutes % 60);
    own[to + 5] = colon;
    this.#two(to + 6, seconds - minutes * 60);
    own[to + 8] = point;
    own[to + 9] = nought + ((ms / 100) | 0);
    this.#two(to + 10, ms % 100);
    own[to + 12] = zone;
    this.to = to + 13;
  }

  #two(at: number, number: number): void {
    const tens = (number / 10) | 0;
    this.own[at] = nought + tens;
    this.own[at + 1] = nought + number - tens * 10;
  }

  protected room(more: number): void {
    const needed = this.to + more;
    if (needed <= this.own.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(needed, Math.ceil(this.own.length * 1.5))));
    this.own.copy(larger, 0, 0, this.to);
    this.own = larger;
  }
}

const colon = 58;
const dayMs = 86_400_000;
const mostDays = 5_000;
const days = new Map<number, Uint8Array>();
let lastDay = Number.NaN;
let lastBytes: Uint8Array = new Uint8Array();

/** "2026-01-03T"; the orders of a file follow each other. */
function dayBytes(day: number): Uint8Array {
  if (day === lastDay) return lastBytes;
  let bytes = days.get(day);
  if (bytes === undefined) {
    if (days.size > mostDays) days.clear();
    bytes = Buffer.from((iso(day * dayMs) as string).slice(0, -13));
    days.set(day, bytes);
  }
  lastDay = day;
  lastBytes = bytes;
  return bytes;
}
