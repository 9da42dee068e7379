import { prefixBytes, writePrefix } from "./length-prefix.ts";

/** Rows in ClickHouse's own binary form, column by column, in pieces that follow each other. */
export interface NativeRows {
  readonly rows: number;
  /** How the engine is to take them. */
  readonly settings: Readonly<Record<string, number>>;
  readonly columns: readonly string[];
  readonly pieces: readonly Uint8Array[];
}

/**
 * For rows of which no two have one key of their table: not looking for such saves a third of the work. A part made so
 * counts as never merged: a question with `final` looks through its rows for such itself, until it was merged once. So it
 * is for slices of a file, of which one follows the other and is merged with it (docs/decisions/0009).
 */
export const differentKeys = { optimize_on_insert: 0 } as const;

/** Words and, for each value, the place of its word. */
export interface WordColumn {
  readonly words: readonly string[];
  readonly places: Uint32Array;
}

/**
 * Puts rows together column by column, as ClickHouse keeps and reads them: nothing of a row is written out and read back.
 * A column's bytes are taken as they are, not copied; they must not change until the rows are inserted.
 */
export class NativeBlock implements NativeRows {
  readonly columns: string[] = [];
  readonly rows: number;
  readonly settings: NativeRows["settings"];
  readonly #pieces: Uint8Array[] = [];

  constructor(rows: number, settings: NativeRows["settings"] = {}) {
    this.rows = rows;
    this.settings = settings;
  }

  get pieces(): Uint8Array[] {
    return [Buffer.concat([lengthOf(this.columns.length), lengthOf(this.rows)]), ...this.#pieces];
  }

  uint8(name: string, values: Uint8Array): void {
    this.#column(name, "UInt8", values);
  }

  uint32(name: string, values: Uint32Array | number): void {
    this.#column(
      name,
      "UInt32",
      bytesOf(typeof values === "number" ? new Uint32Array(this.rows).fill(values) : values),
    );
  }

  uint64(name: string, values: BigUint64Array | Float64Array): void {
    this.#column(name, "UInt64", values instanceof Float64Array ? int64s(values) : bytesOf(values));
  }

  int32(name: string, values: Int32Array): void {
    this.#column(name, "Int32", bytesOf(values));
  }

  int64(name: string, values: Float64Array): void {
    this.#column(name, "Int64", int64s(values));
  }

  /** Milliseconds since 1970, or the same for all rows. */
  instant(name: string, values: Float64Array | number): void {
    const bytes = typeof values === "number" ? sameInt64(values, this.rows) : int64s(values);
    this.#column(name, "DateTime64(3, 'UTC')", bytes);
  }

  /** Texts, each behind its length (length-prefix.ts), in as many pieces as there are; null: each is empty. */
  texts(name: string, pieces: readonly Uint8Array[] | null): void {
    this.#column(name, "String", ...(pieces ?? [new Uint8Array(this.rows)]));
  }

  words(name: string, values: WordColumn): void {
    this.#column(name, wordType, wordVersion, ...wordPieces(values));
  }

  /** One word for all rows. */
  word(name: string, word: string): void {
    this.words(name, { words: [word], places: new Uint32Array(this.rows) });
  }

  /** Lists: where each one's members end, and the members of all. */
  listsOfWords(name: string, ends: Uint32Array, members: WordColumn): void {
    this.#column(name, `Array(${wordType})`, wordVersion, endsOf(ends), ...wordPieces(members));
  }

  listsOfTexts(name: string, ends: Uint32Array, members: readonly Uint8Array[]): void {
    this.#column(name, "Array(String)", endsOf(ends), ...members);
  }

  listsOfInt32(name: string, ends: Uint32Array, members: Int32Array): void {
    this.#column(name, "Array(Int32)", endsOf(ends), bytesOf(members));
  }

  listsOfInt64(name: string, ends: Uint32Array, members: Float64Array): void {
    this.#column(name, "Array(Int64)", endsOf(ends), int64s(members));
  }

  #column(name: string, type: string, ...data: Uint8Array[]): void {
    this.columns.push(name);
    this.#pieces.push(Buffer.concat([text(name), text(type)]));
    for (const piece of data) if (piece.length > 0) this.#pieces.push(piece);
  }
}

const wordType = "LowCardinality(String)";
/** How a column of words is written: each word once, then by its place. */
const wordVersion = u64s(1);
/** Places of four bytes; the words stand in the block, and are new to it. */
const wordFlags = 2 | (1 << 9) | (1 << 10);

function wordPieces({ words, places }: WordColumn): Uint8Array[] {
  if (places.length === 0) return [];
  // Those that are used, and no others: the engine would keep what nobody says.
  const mine = new Int32Array(words.length).fill(-1);
  const used: string[] = [];
  const own = new Uint32Array(places.length);
  for (let i = 0; i < places.length; i += 1) {
    const place = places[i] as number;
    if ((mine[place] as number) < 0) mine[place] = used.push(words[place] as string) - 1;
    own[i] = mine[place] as number;
  }
  return [
    Buffer.concat([u64s(wordFlags, used.length), ...used.map(text), u64s(places.length)]),
    bytesOf(own),
  ];
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

const two32 = 2 ** 32;

/** Whole numbers of up to 53 bits as 64; a BigInt would be an object for each. */
function int64s(values: Float64Array): Uint8Array {
  const halves = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    const high = Math.floor(value / two32);
    halves[2 * i] = value - high * two32;
    halves[2 * i + 1] = high;
  }
  return bytesOf(halves);
}

function endsOf(ends: Uint32Array): Uint8Array {
  const halves = new Uint32Array(ends.length * 2);
  for (let i = 0; i < ends.length; i += 1) halves[2 * i] = ends[i] as number;
  return bytesOf(halves);
}

const sameInt64 = (value: number, count: number): Uint8Array =>
  bytesOf(new BigInt64Array(count).fill(BigInt(value)));

function u64s(...values: number[]): Uint8Array {
  return bytesOf(BigUint64Array.from(values, BigInt));
}

function text(said: string): Uint8Array {
  const length = Buffer.byteLength(said);
  const bytes = Buffer.alloc(prefixBytes + length);
  writePrefix(bytes, 0, length);
  bytes.write(said, prefixBytes);
  return bytes;
}

/** A number as a length is written. */
function lengthOf(value: number): Uint8Array {
  const bytes = Buffer.alloc(prefixBytes);
  writePrefix(bytes, 0, value);
  return bytes;
}
