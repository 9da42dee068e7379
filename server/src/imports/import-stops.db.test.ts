import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importing, trades } from "../../test/importing.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import { createRecords } from "../records/records.store.ts";
import { type ImportJobDeps, importTasks } from "./import.job.ts";
import { reportImport } from "./import-report.ts";
import { beginUndo, cancelImport } from "./imports.store.ts";
import { findRawFiles } from "./raw-files.store.ts";

const { now, file, start, row, stored } = importing();

test("an import killed between any two steps goes on and counts exactly", async () => {
  const rows = Array.from(
    { length: 25_000 },
    (_, i) => `${(i % 900) + 1},${i % 40},50,38,1,201401${String((i % 28) + 1).padStart(2, "0")}`,
  );
  const content = trades + rows.join("\n");
  const buyers = new Set(rows.map((line) => line.split(",")[0])).size;
  const copy = file("x(1).csv", content);
  const id = await start("ali-mum-baby", [file("x.csv", content), copy]);
  // Dies on the way to the engine or just after it, several times over.
  let calls = 0;
  const clickhouse: ClickHouse = {
    ...now.engines.clickhouse,
    insertLines: async (table, lines, columns) => {
      calls += 1;
      if (calls === 2) throw new Error("killed before");
      await now.engines.clickhouse.insertLines(table, lines, columns);
      if (calls === 5) throw new Error("killed after");
    },
  };
  const facts = { ...now.engines, ...now.people, onCommitted: [], cluster: null, clickhouse };
  // A process that died remembers nothing.
  const dying = (): ImportJobDeps => ({ ...now.deps, records: createRecords(facts) });
  const again = { jobId: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal };
  const run = () => importTasks(dying())["events.import"]!({ import: id }, again);
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

test("an import that the stopping server put down is taken up again", async () => {
  const rows = Array.from({ length: 25_000 }, (_, i) => `${i + 1},${i % 40},50,38,1,20140101`);
  const id = await start("ali-mum-baby", [file("x.csv", trades + rows.join("\n"))]);
  const stopping = new AbortController();
  stopping.abort();
  await importTasks(now.deps)["events.import"]!(
    { import: id },
    { jobId: "1", attempt: 1, lastAttempt: false, signal: stopping.signal },
  );
  expect(reportImport(await row(id))).toMatchObject({ status: "running", rows: 20_000 });
  now.engines.clock.advance(5_000);
  await now.engines.runJobs(importTasks(now.deps));
  expect(reportImport(await row(id))).toMatchObject({
    status: "done",
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
  const clickhouse: ClickHouse = {
    ...now.engines.clickhouse,
    insertLines: async (table, lines, columns) => {
      await cancelImport(now.engines.db, id, now.engines.clock.now());
      await now.engines.clickhouse.insertLines(table, lines, columns);
    },
  };
  const facts = { ...now.engines, ...now.people, onCommitted: [], cluster: null, clickhouse };
  const deps = { ...now.deps, records: createRecords(facts) };
  await now.engines.runJobs(importTasks(deps));
  const cancelled = reportImport(await row(id));
  expect(cancelled).toMatchObject({ status: "cancelled", rows: 20_000, added: 19_800, refused: 200 });
  expect(cancelled.inQuarantine).toBe(200);
  expect(await stored("count() as n")).toEqual([{ n: cancelled.added }]);
  await beginUndo(now.engines.db, now.engines.jobs, id, now.engines.clock.now());
  await now.engines.runJobs(importTasks(deps));
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
    { jobId: "1", attempt: 1, lastAttempt: false, signal: stopping.signal },
  );
  expect(reportImport(await row(id))).toMatchObject({ status: "done", added: 1 });
  expect((await findRawFiles(now.engines.db, id)).size).toBe(0);
  expect(existsSync(sent.path)).toBe(true);
  now.engines.clock.advance(5_000);
  await now.engines.runJobs(importTasks(now.deps));
  expect((await findRawFiles(now.engines.db, id)).size).toBe(1);
  expect(existsSync(sent.path)).toBe(false);
});
