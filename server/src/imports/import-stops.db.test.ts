import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importing, trades } from "../../test/importing.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import { createRecords } from "../records/records.store.ts";
import { type ImportJobDeps, importTasks } from "./import.job.ts";
import { isSettling } from "./import-lock.store.ts";
import { reportImport } from "./import-report.ts";
import { beginUndo, cancelImport, findBefore } from "./imports.store.ts";
import { findRawFiles } from "./raw-files.store.ts";

const { now, file, start, row, stored } = importing();
const context = (signal = new AbortController().signal) => ({
  ...{ jobId: "1", attempt: 1, lastAttempt: false, signal },
});
/** The engine, with something done before each insert. */
const withBefore = (before: () => Promise<void>): ImportJobDeps => {
  const clickhouse: ClickHouse = {
    ...now.engines.clickhouse,
    insertLines: async (...lines) => {
      await before();
      await now.engines.clickhouse.insertLines(...lines);
    },
    insertNative: async (...rows) => {
      await before();
      await now.engines.clickhouse.insertNative(...rows);
    },
  };
  const facts = { ...now.engines, ...now.people, onCommitted: [], cluster: null, clickhouse };
  return { ...now.deps, records: createRecords(facts) };
};

/** Runs an import that dies on the way to the engine, the next time just after it, and then no more. */
function dying(id: number): () => Promise<unknown> {
  let calls = 0;
  const mortal = async (insert: () => Promise<void>): Promise<void> => {
    calls += 1;
    if (calls === 2) throw new Error("killed before");
    await insert();
    if (calls === 5) throw new Error("killed after");
  };
  const { clickhouse: engine } = now.engines;
  const clickhouse: ClickHouse = {
    ...engine,
    insertLines: (...lines) => mortal(() => engine.insertLines(...lines)),
    insertNative: (...rows) => mortal(() => engine.insertNative(...rows)),
  };
  const facts = { ...now.engines, ...now.people, onCommitted: [], cluster: null, clickhouse };
  // A process that died remembers nothing.
  const deps = (): ImportJobDeps => ({ ...now.deps, records: createRecords(facts) });
  return () => importTasks(deps())["events.import"]!({ import: id }, context());
}

test("an import killed between any two steps goes on and counts exactly", async () => {
  const rows = Array.from(
    { length: 25_000 },
    (_, i) => `${(i % 900) + 1},${i % 40},50,38,1,201401${String((i % 28) + 1).padStart(2, "0")}`,
  );
  const content = trades + rows.join("\n");
  const buyers = new Set(rows.map((line) => line.split(",")[0])).size;
  const copy = file("x(1).csv", content);
  const id = await start("ali-mum-baby", [file("x.csv", content), copy]);
  const run = dying(id);
  await expect(run()).rejects.toThrow("killed before");
  await expect(run()).rejects.toThrow("killed after");
  await run();
  const done = reportImport(await row(id));
  expect(done).toMatchObject({
    status: "done",
    rows: 50_000,
    added: 25_000,
    repeated: 25_000,
    totals: { trades: 25_000, buyers },
  });
  expect(await stored("count() as n, uniqExact(node) as buyers")).toEqual([{ n: 25_000, buyers }]);
});

test("orders that go in as columns are counted exactly too, wherever the import is killed", async () => {
  const line = (i: number) =>
    `58${100_000 + i},好店,tb_${i % 400}_x,买家已付款,2026-05-0${(i % 9) + 1} 10:00:00,SKU${i % 30},奶粉,1,${i % 50}.5`;
  const rows = Array.from({ length: 25_000 }, (_, i) => line(i));
  const header =
    "订单编号,店铺名称,买家会员名,订单状态,订单付款时间,商家编码,商品标题,购买数量,买家实付金额\n";
  const id = await start("orders", [file("orders.csv", header + rows.join("\n"))]);
  const run = dying(id);
  await expect(run()).rejects.toThrow("killed before");
  await expect(run()).rejects.toThrow("killed after");
  await run();
  expect(reportImport(await row(id))).toMatchObject({
    status: "done",
    rows: 25_000,
    added: 25_000,
    repeated: 0,
  });
  expect(await stored("count() as n, uniqExact(node) as buyers, sum(amount_fen) as fen")).toEqual([
    { n: 25_000, buyers: 400, fen: rows.reduce((sum, _, i) => sum + (i % 50) * 100 + 50, 0) },
  ]);
});

test("an import that the stopping server put down is taken up again", async () => {
  const rows = Array.from({ length: 25_000 }, (_, i) => `${i + 1},${i % 40},50,38,1,20140101`);
  const id = await start("ali-mum-baby", [file("x.csv", trades + rows.join("\n"))]);
  const stopping = new AbortController();
  stopping.abort();
  await importTasks(now.deps)["events.import"]!({ import: id }, context(stopping.signal));
  expect(reportImport(await row(id))).toMatchObject({ status: "running", rows: 20_000, readingAgain: null });
  now.engines.clock.advance(5_000);
  // Until the first new rows are in, what goes on is that the old ones are read again.
  const told: unknown[] = [];
  const deps = withBefore(async () => {
    const { readingAgain, rowsPerSecond } = reportImport(await row(id));
    told.push([readingAgain?.of, rowsPerSecond]);
  });
  await now.engines.runJobs(importTasks(deps));
  expect(told[0]).toEqual([20_000, null]);
  expect(reportImport(await row(id))).toMatchObject({
    ...{ status: "done", readingAgain: null },
    added: 25_000,
    totals: { buyers: 25_000 },
  });
});

test("cancelled while rows are being written, it counts those rows too, and is undone with all of them", async () => {
  const bad = "x,1,50,38,1,never";
  const rows = Array.from({ length: 25_000 }, (_, i) =>
    i % 100 === 7 ? bad : `${i + 1},${i % 40},50,38,1,20140101`,
  );
  const id = await start("ali-mum-baby", [file("x.csv", trades + rows.join("\n"))]);
  const settling: boolean[] = [];
  const deps = withBefore(async () => {
    await cancelImport(now.engines.db, id, now.engines.clock.now());
    settling.push(await isSettling(now.engines.db, await row(id)));
  });
  const { vault } = deps;
  let taken = 0;
  const ready: typeof vault.ready = async (workspace) => {
    const { status, progress } = await row(id);
    if (status === "cancelled" && progress.rows > 0) await takeBack();
    return vault.ready(workspace);
  };
  // The file is about to be put away: nobody who takes the import back waits for that.
  const takeBack = async () => {
    taken += 1;
    const cancelled = reportImport(await row(id));
    expect(cancelled).toMatchObject({ status: "cancelled", rows: 20_000, added: 19_800, refused: 200 });
    expect(cancelled.inQuarantine).toBe(200);
    // Whoever waits for the count asked while the slice was under way, and need ask no more.
    expect(settling[0]).toBe(true);
    expect(await isSettling(now.engines.db, await row(id))).toBe(false);
    expect(await stored("count() as n")).toEqual([{ n: cancelled.added }]);
    await beginUndo(now.engines.db, now.engines.jobs, id, now.engines.clock.now());
    await importTasks(deps)["imports.undo"]!({ import: id }, context());
    expect(reportImport(await row(id))).toMatchObject({ status: "undone", inQuarantine: 0 });
  };
  await now.engines.runJobs(importTasks({ ...deps, vault: { ...vault, ready } }));
  expect(taken).toBe(1);
  expect(reportImport(await row(id))).toMatchObject({ status: "undone", inQuarantine: 0 });
  expect(await stored("count() as n")).toEqual([{ n: 0 }]);
});

test("files that a stopping server was putting away are put away after the next start", async () => {
  now.folder = join(now.engines.dir, "uploads", randomUUID());
  mkdirSync(now.folder);
  const sent = file("x.csv", `${trades}1,1,50,38,1,20140101`);
  const id = await start("ali-mum-baby", [sent]);
  const stopping = new AbortController();
  const { vault } = now.deps;
  const sealBytes: typeof vault.sealBytes = (...bytes) => {
    stopping.abort();
    return vault.sealBytes(...bytes);
  };
  await importTasks({ ...now.deps, vault: { ...vault, sealBytes } })["events.import"]!(
    { import: id },
    context(stopping.signal),
  );
  expect(reportImport(await row(id))).toMatchObject({ status: "done", added: 1 });
  expect((await findRawFiles(now.engines.db, id)).size).toBe(0);
  expect(existsSync(sent.path)).toBe(true);
  now.engines.clock.advance(5_000);
  await now.engines.runJobs(importTasks(now.deps));
  expect((await findRawFiles(now.engines.db, id)).size).toBe(1);
  expect(existsSync(sent.path)).toBe(false);
});

test("taking one back waits for another that is under way, and says for which", async () => {
  const first = await start("ali-mum-baby", [file("x.csv", `${trades}1,1,50,38,1,20140101`)]);
  await now.engines.runJobs(importTasks(now.deps));
  const second = await start("ali-mum-baby", [file("y.csv", `${trades}2,1,50,38,1,20140101`)]);
  expect(await findBefore(now.engines.db, await row(second))).toBe(null);
  const told: unknown[] = [];
  const deps = withBefore(async () => {
    await beginUndo(now.engines.db, now.engines.jobs, first, now.engines.clock.now());
    await importTasks(now.deps)["imports.undo"]!({ import: first }, context());
    const before = await row(first);
    told.push([before.status, await findBefore(now.engines.db, before)]);
  });
  await now.engines.runJobs(importTasks(deps));
  expect(told[0]).toEqual(["undoing", { id: second, name: "y.csv", status: "running" }]);
  now.engines.clock.advance(5_000);
  await now.engines.runJobs(importTasks(now.deps));
  expect((await row(first)).status).toBe("undone");
});
