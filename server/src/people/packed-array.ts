// Columns of many rows in PostgreSQL's binary form of an array: neither side writes or reads digits and quotes. Where
// rows come by the hundred thousand that was a third of both sides' work. Lists are gone through by their places: what
// hands out one after the other makes an object of each. A parameter of bytes is sent as binary, so
// each must be cast in its statement to the very type it is packed as.

const oids = { bytea: 17, bigint: 20, int: 23, text: 25 } as const;
const headBytes = 20;
/** The length that stands for null. */
const missing = -1;

class Packing {
  #bytes: Buffer;
  #at = headBytes;

  constructor(type: keyof typeof oids, count: number, bytesEach: number) {
    this.#bytes = Buffer.allocUnsafe(headBytes + count * (4 + bytesEach));
    // One dimension of so many, counted from 1; that there may be nulls is always allowed.
    for (const [i, word] of [count === 0 ? 0 : 1, 1, oids[type], count, 1].entries())
      this.#bytes.writeInt32BE(word, 4 * i);
  }

  missing(): void {
    this.#length(missing, 0);
  }

  bigint(value: number): void {
    this.#length(8, 8);
    const high = Math.floor(value / 2 ** 32);
    this.#bytes.writeInt32BE(high, this.#at);
    // Of an instant before 1970 too.
    this.#bytes.writeUInt32BE(value - high * 2 ** 32, this.#at + 4);
    this.#at += 8;
  }

  int(value: number): void {
    this.#length(4, 4);
    this.#bytes.writeInt32BE(value, this.#at);
    this.#at += 4;
  }

  bytes(value: Buffer): void {
    this.#length(value.length, value.length);
    value.copy(this.#bytes, this.#at);
    this.#at += value.length;
  }

  hex(value: string): void {
    this.#length(value.length / 2, value.length / 2);
    this.#at += this.#bytes.write(value, this.#at, "hex");
  }

  text(value: string): void {
    const lengthAt = this.#at;
    // A character is at most three bytes; how many they are is known afterwards.
    this.#length(0, value.length * 3);
    const written = this.#bytes.write(value, this.#at);
    this.#bytes.writeInt32BE(written, lengthAt);
    this.#at += written;
  }

  done(): Buffer {
    const { length } = this.#bytes;
    const isEmpty = this.#at === headBytes;
    return this.#bytes.subarray(0, isEmpty ? 12 : Math.min(this.#at, length));
  }

  #length(value: number, room: number): void {
    const need = this.#at + 4 + room;
    if (need > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.ceil(need * 1.5));
      this.#bytes.copy(larger, 0, 0, this.#at);
      this.#bytes = larger;
    }
    this.#bytes.writeInt32BE(value, this.#at);
    this.#at += 4;
  }
}

/** For ::bigint[]. */
export function packedIds(values: readonly number[]): Buffer {
  const packing = new Packing("bigint", values.length, 8);
  for (let i = 0; i < values.length; i += 1) packing.bigint(values[i] as number);
  return packing.done();
}

/** For ::int[]. */
export function packedInts(values: readonly (number | null)[]): Buffer {
  const packing = new Packing("int", values.length, 4);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number | null;
    if (value === null) packing.missing();
    else packing.int(value);
  }
  return packing.done();
}

/** For ::text[]. */
export function packedTexts(values: readonly string[]): Buffer {
  const packing = new Packing("text", values.length, 16);
  for (let i = 0; i < values.length; i += 1) packing.text(values[i] as string);
  return packing.done();
}

/** For ::bytea[]. */
export function packedBytes(values: readonly Buffer[]): Buffer {
  const packing = new Packing("bytea", values.length, 48);
  for (let i = 0; i < values.length; i += 1) packing.bytes(values[i] as Buffer);
  return packing.done();
}

/** For ::bytea[], of bytes in hexadecimal. */
export function packedHexes(values: readonly (string | null)[]): Buffer {
  const packing = new Packing("bytea", values.length, 32);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as string | null;
    if (value === null) packing.missing();
    else packing.hex(value);
  }
  return packing.done();
}
