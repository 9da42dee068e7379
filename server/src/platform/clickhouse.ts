import type { NativeRows } from "./native-block.ts";

/** A ClickHouse statement with its bound values. Build it with the `ch` tag; nothing is ever pasted into the text. */
export interface Statement {
  readonly text: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A value with its ClickHouse type, to be bound. */
export class Bound {
  readonly type: string;
  readonly value: unknown;
  constructor(type: string, value: unknown) {
    this.type = type;
    this.value = value;
  }
}

export const u32 = (value: number): Bound => new Bound("UInt32", value);
export const u64 = (value: bigint | number | string): Bound => new Bound("UInt64", String(value));
export const i64 = (value: number): Bound => new Bound("Int64", String(value));
/** Bound as text: the client refuses whole numbers beyond 2^53, which a Float64 may well be. */
export const f64 = (value: number): Bound => new Bound("Float64", String(value));
export const str = (value: string): Bound => new Bound("String", value);
export const date = (value: string): Bound => new Bound("Date32", value);
/** An instant, bound as milliseconds so that no session time zone can move it. Use as fromUnixTimestamp64Milli(…). */
export const instant = (value: Date): Statement =>
  ch`fromUnixTimestamp64Milli(${i64(value.getTime())}, 'UTC')`;
export const list = (type: string, values: readonly unknown[]): Bound =>
  new Bound(
    `Array(${type})`,
    // As bigint: both clients write it without quotes, which is how the engine reads a number inside an array.
    type.endsWith("Int64") ? values.map((value) => BigInt(value as string | number | bigint)) : values,
  );

/** The ClickHouse tag: interpolate `Bound` values or other statements. */
export function ch(parts: TemplateStringsArray, ...values: (Bound | Statement)[]): Statement {
  let text = parts[0] ?? "";
  const params: Record<string, unknown> = {};
  let count = 0;
  values.forEach((value, i) => {
    if (value instanceof Bound) {
      const name = `p${count++}`;
      params[name] = value.value;
      text += `{${name}:${value.type}}`;
    } else {
      // Rename the inner statement's parameters so that two of them never meet.
      text += value.text.replace(/\{p(\d+):/g, (_, n: string) => `{p${count + Number(n)}:`);
      for (const [name, inner] of Object.entries(value.params))
        params[`p${count + Number(name.slice(1))}`] = inner;
      count += Object.keys(value.params).length;
    }
    text += parts[i + 1] ?? "";
  });
  return { text, params };
}

/** Statements joined by fixed text, e.g. `joined(conditions, " and ")`. */
export function joined(
  statements: readonly Statement[],
  separator: " and " | " or " | ", " | " union all ",
): Statement {
  const params: Record<string, unknown> = {};
  let count = 0;
  // In one pass: joining two by two renames the first one's parameters as often as there are statements.
  const texts = statements.map((statement) => {
    const from = count;
    for (const [name, value] of Object.entries(statement.params)) {
      params[`p${from + Number(name.slice(1))}`] = value;
      count += 1;
    }
    return statement.text.replace(/\{p(\d+):/g, (_, n: string) => `{p${from + Number(n)}:`);
  });
  return { text: texts.join(separator), params };
}

/** As one buffer, or in pieces that follow each other. */
export type Bytes = Buffer | readonly Buffer[];

/** The facts' engine: the embedded one or a cluster, the same to its users. */
export interface ClickHouse {
  /** Whether the engine is in this process, and reads and writes this machine's files. */
  readonly embedded: boolean;
  /** How we sign in to a server; its own loaders (dictionaries) sign in the same way. */
  readonly signIn?: { readonly user: string; readonly password: string };
  /** All rows of a small answer. UInt64 arrive as numbers: ids are dense; select toString(message) for hashes. */
  query<Row>(statement: Statement, settings?: Record<string, string | number>): Promise<Row[]>;
  /** Rows of a large answer, in chunks. */
  stream<Row>(statement: Statement): AsyncIterable<Row[]>;
  /** The same as lines of JSON, as they come; chunks end anywhere. */
  streamLines(statement: Statement): AsyncIterable<Buffer>;
  /** A statement without an answer. */
  command(statement: Statement): Promise<void>;
  /** Rows as objects; for small inserts. */
  insert(table: string, rows: readonly object[]): Promise<void>;
  /** Rows already written as bytes, also in pieces: JSON lines, or tab-separated values of the columns named. For the hot path. */
  insertLines(table: string, lines: Bytes, columns?: readonly string[]): Promise<void>;
  /** Rows already written as the engine keeps them, column by column. For the largest of inserts. */
  insertNative(table: string, rows: NativeRows): Promise<void>;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** The same engine for whom nobody waits: each question takes one core of it. */
export const atLeisure = (clickhouse: ClickHouse): ClickHouse => ({
  ...clickhouse,
  query: (statement, settings) => clickhouse.query(statement, { max_threads: 1, ...settings }),
});
