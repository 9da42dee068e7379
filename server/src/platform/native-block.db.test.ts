import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../test/until.ts";
import { type ClickHouse, ch } from "./clickhouse.ts";
import { openEmbeddedClickHouse } from "./clickhouse-embedded.ts";
import { prefixBytes, writePrefix } from "./length-prefix.ts";
import { differentKeys, NativeBlock } from "./native-block.ts";

let dir: string;
let clickhouse: ClickHouse;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "stork-chdb-"));
  clickhouse = await openEmbeddedClickHouse(join(dir, "data"));
  await clickhouse.command(ch`create table taken (
      n UInt64, small UInt8, whole UInt32, signed Int32, fen Int64, at DateTime64(3, 'UTC'), since DateTime64(3, 'UTC'),
      said String, empty String, word LowCardinality(String), kind LowCardinality(String),
      marks Array(LowCardinality(String)), item Nested(sku String, category LowCardinality(String), quantity Int32,
      amount_fen Int64), other String default 'none') engine = MergeTree order by n`);
});
afterAll(async () => {
  await clickhouse.close();
  rmSync(dir, { recursive: true, force: true });
});

const texts = (values: readonly string[]): Uint8Array =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.from(`${" ".repeat(prefixBytes)}${value}`);
      writePrefix(bytes, 0, bytes.length - prefixBytes);
      return bytes;
    }),
  );
/** Every byte that a text may hold, and some that stand for more than they are elsewhere. */
const odd = [
  "",
  "\0\t\n\r\\'\"",
  "奶粉 👶 é",
  Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join(""),
  "长".repeat(30_000),
];

test("rows come in as they are: numbers, instants, texts of every byte, words and lists, empty ones too", async () => {
  const block = new NativeBlock(5);
  block.uint64("n", new BigUint64Array([0n, 1n, 2n ** 64n - 1n, 2n ** 63n, 5n]));
  block.uint8("small", new Uint8Array([0, 1, 255, 2, 3]));
  block.uint32("whole", 7);
  block.int32("signed", new Int32Array([0, -1, 2 ** 31 - 1, -(2 ** 31), 5]));
  block.int64("fen", new Float64Array([0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, -(2 ** 32)]));
  block.instant("at", new Float64Array([0, 1, 1.7e12 + 1, 2 ** 32, 999]));
  block.instant("since", 1_700_000_000_123);
  block.texts("said", [texts(odd.slice(0, 2)), texts(odd.slice(2))]);
  block.texts("empty", null);
  block.words("word", { words: ["unused", "b", "", "a"], places: new Uint32Array([1, 2, 3, 1, 2]) });
  block.word("kind", "order");
  const ends = new Uint32Array([0, 2, 2, 3, 3]);
  block.listsOfWords("marks", ends, { words: ["x", "y"], places: new Uint32Array([1, 0, 1]) });
  block.listsOfTexts("item.sku", ends, [texts(["甲", "", "c"])]);
  block.listsOfWords("item.category", ends, { words: ["", "milk"], places: new Uint32Array([1, 1, 0]) });
  block.listsOfInt32("item.quantity", ends, new Int32Array([1, -2, 3]));
  block.listsOfInt64("item.amount_fen", ends, new Float64Array([100, 2 ** 40, -3]));
  await clickhouse.insertNative("taken", block);
  const rows = await clickhouse.query<Record<string, unknown>>(ch`
    select toString(n) as n, small, whole, signed, toString(fen) as fen, toUnixTimestamp64Milli(at) as at,
      toUnixTimestamp64Milli(since) as since, said, empty, word, kind, marks, item.sku as sku,
      item.category as category, item.quantity as quantity, item.amount_fen as amount, other
    from taken order by taken.n`);
  const of = (name: string) => rows.map((row) => row[name]);
  const sorted = [0, 1, 4, 3, 2];
  expect(of("n")).toEqual(["0", "1", "5", String(2n ** 63n), String(2n ** 64n - 1n)]);
  expect(of("small")).toEqual([0, 1, 3, 2, 255]);
  expect(of("whole")).toEqual([7, 7, 7, 7, 7]);
  expect(of("signed")).toEqual([0, -1, 5, -(2 ** 31), 2 ** 31 - 1]);
  expect(of("fen")).toEqual(["0", "-1", "-4294967296", "-9007199254740991", "9007199254740991"]);
  expect(of("at").map(Number)).toEqual([0, 1, 999, 2 ** 32, 1.7e12 + 1]);
  expect(new Set(of("since").map(Number))).toEqual(new Set([1_700_000_000_123]));
  expect(of("said")).toEqual(sorted.map((i) => odd[i]));
  expect(of("empty")).toEqual(["", "", "", "", ""]);
  expect(of("word")).toEqual(["b", "", "", "b", "a"]);
  expect(new Set(of("kind"))).toEqual(new Set(["order"]));
  expect(of("marks")).toEqual([[], ["y", "x"], [], ["y"], []]);
  expect(of("sku")).toEqual([[], ["甲", ""], [], ["c"], []]);
  expect(of("category")).toEqual([[], ["milk", "milk"], [], [""], []]);
  expect(of("quantity")).toEqual([[], [1, -2], [], [3], []]);
  expect(of("amount").map((list) => (list as unknown[]).map(Number))).toEqual([
    [],
    [100, 2 ** 40],
    [],
    [-3],
    [],
  ]);
  expect(new Set(of("other"))).toEqual(new Set(["none"]));
  const files = readdirSync(join(dir, "data")).filter((one) => one.startsWith("insert-"));
  expect(files.length).toBeGreaterThan(0);
  await until(() => files.every((name) => statSync(join(dir, "data", name)).size === 0));
});

test("of what an insert before was longer by, nothing is left", async () => {
  await clickhouse.command(ch`create table lengths (n UInt64) engine = MergeTree order by n`);
  const blockOf = (count: number, from: number) => {
    const block = new NativeBlock(count, differentKeys);
    block.uint64(
      "n",
      BigUint64Array.from({ length: count }, (_, i) => BigInt(from + i)),
    );
    return block;
  };
  for (const [from, count] of [
    [0, 1_000],
    [1_000, 3],
    [2_000, 500],
    [3_000, 900],
  ] as const)
    await clickhouse.insertNative("lengths", blockOf(count, from));
  // Two at once, each with a file of its own.
  await Promise.all(
    [4_000, 5_000, 6_000].map((from) => clickhouse.insertNative("lengths", blockOf(900, from))),
  );
  const [all] = await clickhouse.query<{ rows: number; different: number }>(ch`
    select toInt32(count()) as rows, toInt32(uniqExact(n)) as different from lengths`);
  expect(all).toEqual({ rows: 5_103, different: 5_103 });
});

test("no rows, lists that are all empty, and a block of many megabytes", async () => {
  await clickhouse.command(ch`create table large (n UInt64, said String, marks Array(LowCardinality(String)))
    engine = MergeTree order by n`);
  const blockOf = (count: number, from: number) => {
    const block = new NativeBlock(count, differentKeys);
    block.uint64(
      "n",
      BigUint64Array.from({ length: count }, (_, i) => BigInt(from + i)),
    );
    // More pieces than a system takes at once.
    const pieces = Array.from({ length: count }, (_, i) => texts([`${i}`.repeat(200)]));
    block.texts("said", pieces);
    block.listsOfWords("marks", new Uint32Array(count), { words: [], places: new Uint32Array() });
    return block;
  };
  await clickhouse.insertNative("large", blockOf(0, 0));
  await Promise.all(
    [0, 30_000, 60_000].map((from) => clickhouse.insertNative("large", blockOf(30_000, from))),
  );
  expect(
    await clickhouse.query(ch`select count() as rows, uniqExact(n) as n, sum(length(said)) as bytes,
      countIf(notEmpty(marks)) as marked from large`),
  ).toEqual([{ rows: 90_000, n: 90_000, bytes: 3 * 200 * 138_890, marked: 0 }]);
});
