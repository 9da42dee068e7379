import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClickHouse, ch } from "./clickhouse.ts";
import { openEmbeddedClickHouse } from "./clickhouse-embedded.ts";

let dir: string;
let clickhouse: ClickHouse;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "stork-chdb-"));
  clickhouse = await openEmbeddedClickHouse(join(dir, "data"));
  await clickhouse.command(ch`create table word (n UInt64) engine = MergeTree order by n`);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

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
