import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ch, list, str } from "../../src/platform/clickhouse.ts";
import { openRemoteClickHouse } from "../../src/platform/clickhouse-remote.ts";
import { NativeBlock } from "../../src/platform/native-block.ts";
import { type Front, startFront } from "../clickhouse-front.ts";
import { installedPostgres, type OtherPostgres, startOtherPostgres } from "../other-postgres.ts";
import { ask, dataFolder, startServer } from "../server-process.ts";

let front: Front;
let frontDir: string;
beforeAll(async () => {
  frontDir = mkdtempSync(join(tmpdir(), "stork-front-"));
  front = await startFront(frontDir);
});
afterAll(async () => {
  await front.stop();
  rmSync(frontDir, { recursive: true, force: true });
});

/** What a shop does on its first day: a workspace, a source, events, a question. */
async function firstDay(url: string, slug: string): Promise<number> {
  const home = `/api/v1/workspaces/${slug}`;
  await ask(url, "POST", "/api/v1/workspaces", { slug });
  const { writeKey } = await ask<{ writeKey: string }>(url, "POST", `${home}/sources`, { name: "shop" });
  const batch = Array.from({ length: 200 }, (_, i) => ({
    type: "track",
    event: "Order Completed",
    userId: `妈妈-${i % 50}`,
    messageId: `${slug}-${i}`,
    properties: { order_id: `o${i}`, revenue: 99.5, products: [{ sku: "奶粉'1", category: "formula" }] },
  }));
  const response = await fetch(`${url}/v1/batch`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${writeKey}:`)}`, "content-type": "application/json" },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
  return count(url, slug);
}

const count = async (url: string, slug: string): Promise<number> => {
  const where = { kind: "did", event: "Order Completed", count: { op: ">=", value: 2 }, withinDays: 30 };
  return (await ask<{ persons: number }>(url, "POST", `/api/v1/workspaces/${slug}/segments/count`, { where }))
    .persons;
};

describe("CLICKHOUSE_URL", () => {
  test("binds, streams, inserts and reports errors as the embedded engine does", async () => {
    const clickhouse = openRemoteClickHouse(front.url);
    await clickhouse.command(ch`create table words (n UInt64, word String) engine = MergeTree order by n`);
    await clickhouse.insert("words", [
      { n: 1, word: "it's \\ \t\n 中文" },
      { n: 2, word: "b" },
    ]);
    await clickhouse.insertLines("words", Buffer.from('{"n":3,"word":"c"}\n'));
    const found = await clickhouse.query(
      ch`select n, word from words where word in ${list("String", ["it's \\ \t\n 中文", "c"])} and n in ${list("UInt64", [1, 2])} and word != ${str("x'")}`,
      { max_threads: 1 },
    );
    expect(found).toEqual([{ n: 1, word: "it's \\ \t\n 中文" }]);
    const block = new NativeBlock(2);
    block.uint64("n", new BigUint64Array([4n, 5n]));
    block.words("word", { words: ["列", "d"], places: new Uint32Array([1, 0]) });
    await clickhouse.insertNative("words", block);
    await clickhouse.insertNative("words", new NativeBlock(0));
    expect(await clickhouse.query(ch`select n, word from words where n > 3 order by n`)).toEqual([
      { n: 4, word: "d" },
      { n: 5, word: "列" },
    ]);
    const numbers: number[] = [];
    for await (const rows of clickhouse.stream<{ n: number }>(ch`select number as n from numbers(50000)`)) {
      numbers.push(...rows.map(({ n }) => n));
    }
    expect(numbers).toHaveLength(50_000);
    await expect(clickhouse.query(ch`select nothing from words`)).rejects.toMatchObject({ code: "47" });
    expect(await clickhouse.ping()).toBe(true);
    await clickhouse.close();
  });

  test("a server keeps its facts there, over restarts, and makes no embedded engine", async () => {
    const { dir, remove } = dataFolder();
    const first = startServer(dir, { CLICKHOUSE_URL: front.url });
    expect(await firstDay(await first.ready, "facts")).toBe(50);
    first.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    const again = startServer(dir, { CLICKHOUSE_URL: front.url });
    expect(await count(await again.ready, "facts")).toBe(50);
    expect(existsSync(join(dir, "clickhouse"))).toBe(false);
    again.kill("SIGTERM");
    await again.ended;
    remove();
  });
});

const bin = installedPostgres();

describe.skipIf(bin === null)("DATABASE_URL", () => {
  let other: OtherPostgres;
  beforeAll(async () => {
    other = await startOtherPostgres(bin ?? "");
  });
  afterAll(() => other?.stop());

  test("a server keeps its state there, over restarts, and starts no PostgreSQL of its own", async () => {
    const { dir, remove } = dataFolder();
    const first = startServer(dir, { DATABASE_URL: other.url });
    expect(await firstDay(await first.ready, "state")).toBe(50);
    first.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    const again = startServer(dir, { DATABASE_URL: other.url });
    expect(await count(await again.ready, "state")).toBe(50);
    expect(existsSync(join(dir, "postgres"))).toBe(false);
    again.kill("SIGTERM");
    expect(await again.ended).toBe(0);
    remove();
  });

  test("a PostgreSQL that goes away and comes back is found again", async () => {
    const { dir, remove } = dataFolder();
    const server = startServer(dir, { DATABASE_URL: other.url });
    const url = await server.ready;
    const health = () => fetch(`${url}/api/v1/health`).then((r) => r.json() as Promise<{ status: string }>);
    const pg = (await import("pg")).default;
    const admin = new pg.Client({ connectionString: other.url.replace("stork:other", "admin") });
    await admin.connect();
    await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'stork'");
    await admin.end();
    await expect.poll(async () => (await health()).status).toBe("ok");
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    remove();
  });
});
