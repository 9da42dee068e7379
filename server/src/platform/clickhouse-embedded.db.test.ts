import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../../test/until.ts";
import { type ClickHouse, ch } from "./clickhouse.ts";
import { openEmbeddedClickHouse } from "./clickhouse-embedded.ts";

let dir: string;
let clickhouse: ClickHouse;
const left = () => join(dir, "data", "insert-5");
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "stork-chdb-"));
  mkdirSync(join(dir, "data"));
  writeFileSync(left(), "rows of a process that was killed");
  clickhouse = await openEmbeddedClickHouse(join(dir, "data"));
  await clickhouse.command(ch`create table word (n UInt64) engine = MergeTree order by n`);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("rows by the megabyte go through a file, which is empty soon afterwards, and come in as they are", async () => {
  await clickhouse.command(ch`create table text (n UInt64, said String) engine = MergeTree order by n`);
  const said = "\\t奶粉\\\\\\n".repeat(40);
  const lines = Buffer.from(Array.from({ length: 4_000 }, (_, n) => `${n}\t${said}\n`).join(""));
  expect(lines.length).toBeGreaterThan(1024 * 1024);
  await Promise.all([0, 1, 2].map(() => clickhouse.insertLines("text", lines, ["n", "said"])));
  expect(
    await clickhouse.query(ch`select count() as rows, uniqExact(n) as n, any(said) as said from text`),
  ).toEqual([{ rows: 12_000, n: 4_000, said: "\t奶粉\\\n".repeat(40) }]);
  const broken = Buffer.concat([lines, Buffer.from("not a number\t1\n")]);
  await expect(clickhouse.insertLines("text", broken, ["n", "said"])).rejects.toThrow(/Cannot parse/);
  expect(await clickhouse.query(ch`select count() as rows from text`)).toEqual([{ rows: 12_000 }]);
  const files = readdirSync(join(dir, "data")).filter((one) => one.startsWith("insert-"));
  await until(() => files.every((name) => statSync(join(dir, "data", name)).size === 0));
});

test("what a killed process left of an insert is taken away", () => {
  expect(existsSync(left())).toBe(false);
});

test("the engine is set as one that shares its machine", async () => {
  const [{ threads } = { threads: 0 }] = await clickhouse.query<{ threads: number }>(
    ch`select toUInt32(value) as threads from system.server_settings where name = 'background_pool_size'`,
  );
  expect(threads).toBe(1);
  const changed = await clickhouse.query<{ name: string }>(
    ch`select name from system.merge_tree_settings where changed order by name`,
  );
  expect(changed.map(({ name }) => name)).toContain("min_columns_to_activate_adaptive_write_buffer");
});

/** Minutes of work for one thread. */
const endless = ch`select count() from numbers(100000000000) where sipHash64(number) % 7 = 1 settings max_threads = 1`;

test("beside an endless question others are answered and rows are taken; closing calls it off", async () => {
  const question = clickhouse.query(endless).then(
    () => "answered",
    (error: Error) => error.message,
  );
  const stream = (async () => {
    for await (const _ of clickhouse.stream(ch`select number from numbers(1000000000000)`));
  })().catch((error: Error) => error.message);
  const asked = ch`select count() as n from system.processes where query like '%numbers(1000000000%'`;
  await expect.poll(async () => (await clickhouse.query<{ n: number }>(asked))[0]?.n).toBeGreaterThan(2);
  await clickhouse.insert("word", [{ n: 1 }]);
  expect(await clickhouse.query(ch`select n from word`)).toEqual([{ n: 1 }]);
  await clickhouse.close();
  expect(await question).toContain("cancelled");
  expect(await stream).toContain("cancelled");
});
