import type { ByteRooms } from "../platform/byte-rooms.ts";
import type { Utf8 } from "./utf8.ts";

const [tab, newline, quote, comma, backslash, nought] = [9, 10, 39, 44, 92, 48];
/** What stands after a backslash for a character that a line cannot hold. */
const escapes = new Uint8Array(128);
escapes[0] = nought;
escapes[tab] = 0x74;
escapes[newline] = 0x6e;
escapes[13] = 0x72;
escapes[backslash] = backslash;

const noRooms = { take: (bytes: number) => Buffer.allocUnsafe(bytes), giveBack: () => {} };

/**
 * Tab-separated values written straight into bytes. Joining texts first makes an object of every piece and copies all of
 * it twice more; for a row of twenty short values that is most of the work.
 */
export class LineWriter {
  readonly #rooms: Pick<ByteRooms, "take" | "giveBack">;
  #bytes: Buffer<ArrayBuffer>;
  #length = 0;

  constructor(capacity: number, rooms: Pick<ByteRooms, "take" | "giveBack"> = noRooms) {
    this.#rooms = rooms;
    this.#bytes = rooms.take(Math.max(capacity, 64));
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** Nobody looks at what was written any more. */
  giveBack(): void {
    this.#rooms.giveBack(this.#bytes);
  }

  /** What was written; nothing may be written after. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Text of our own: ASCII, and nothing to escape in it. */
  plain(text: string): void {
    this.#room(text.length);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < text.length; i += 1) bytes[at++] = text.charCodeAt(i);
    this.#length = at;
  }

  /** A whole number. */
  whole(value: number): void {
    if (value > 999_999_999 || value < 0) {
      this.plain(String(value));
      return;
    }
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits += 1;
    this.#room(digits);
    let rest = value | 0;
    for (let at = this.#length + digits - 1; at >= this.#length; at -= 1) {
      const tenth = (rest / 10) | 0;
      this.#bytes[at] = nought + rest - tenth * 10;
      rest = tenth;
    }
    this.#length += digits;
  }

  /** Any text; its line breaks, tabs and backslashes escaped, and its quotes where it stands between such. */
  text(text: string, escaped = -1): void {
    // A character is at most three bytes, an escaped one two.
    this.#room(text.length * 3);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code >= 128) {
        this.#length = at;
        this.#others(text, i, escaped);
        return;
      }
      const after = code === escaped ? escaped : (escapes[code] as number);
      if (after === 0) bytes[at++] = code;
      else {
        bytes[at++] = backslash;
        bytes[at++] = after;
      }
    }
    this.#length = at;
  }

  /** JSON has no bare control characters: only its own backslashes are to be doubled. */
  json(json: string): void {
    this.#utf8(json.includes("\\") ? json.replaceAll("\\", "\\\\") : json);
  }

  /** The same, of a text that is bytes already. */
  jsonBytes({ bytes, from, to }: Utf8): void {
    const text = bytes.subarray(from, to);
    if (text.includes(backslash)) {
      this.json(text.toString("utf8"));
      return;
    }
    this.#room(to - from);
    this.#bytes.set(text, this.#length);
    this.#length += to - from;
  }

  /** A list of texts. */
  texts(values: readonly string[]): void {
    this.#byte(0x5b);
    this.members(values);
    this.#byte(0x5d);
  }

  /** What stands between a list's brackets. */
  members(values: readonly string[]): void {
    for (let i = 0; i < values.length; i += 1) this.member(i, values[i] as string);
  }

  /** The text at a place of a list. */
  member(place: number, text: string): void {
    if (place > 0) this.#byte(comma);
    this.#byte(quote);
    this.text(text, quote);
    this.#byte(quote);
  }

  /** The whole number at a place of a list. */
  wholeMember(place: number, value: number): void {
    if (place > 0) this.#byte(comma);
    this.whole(value);
  }

  tab(): void {
    this.#byte(tab);
  }

  line(): void {
    this.#byte(newline);
  }

  /** The rest of a text from its first character beyond ASCII on. */
  #others(text: string, from: number, escaped: number): void {
    let written = from;
    for (let i = from; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      const after = code === escaped ? escaped : code < 128 ? (escapes[code] as number) : 0;
      if (after === 0) continue;
      this.#utf8(text.slice(written, i));
      this.#byte(backslash);
      this.#byte(after);
      written = i + 1;
    }
    this.#utf8(written === 0 ? text : text.slice(written));
  }

  #utf8(text: string): void {
    this.#room(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length);
  }

  #byte(code: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = code;
  }

  #room(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const larger = this.#rooms.take(Math.max(needed, Math.ceil(this.#bytes.length * 1.5)));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#rooms.giveBack(this.#bytes);
    this.#bytes = larger;
  }
}
