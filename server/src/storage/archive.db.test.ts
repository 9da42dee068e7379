import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { type ObjectStore, startObjectStore } from "../../test/object-store.ts";
import { ch, u32 } from "../platform/clickhouse.ts";
import type { ErasedSubject } from "../platform/eraser.ts";
import { createWriters } from "../records/writer.store.ts";
import {
  type ArchiveRow,
  beginArchive,
  bringBack,
  findArchives,
  takeOut,
  writeArchive,
} from "./archive.store.ts";
import { archivesEraser } from "./archive-eraser.store.ts";
import { makeBackup } from "./backup/write.store.ts";
import { type ColdFiles, coldFiles, coldPlace } from "./cold.client.ts";
import { finishWhatWasBegun } from "./moves.store.ts";
import type { Stores } from "./stored-kind.ts";

/** A move into a file that is killed between any two of its steps: every row is in one place or the other, in the end in one. */

let engines: TestEngines;
let cold: ColdFiles;
let workspace: number;
const facts = { table: "event", at: "at" };

beforeAll(async () => {
  engines = await testEngines();
  mkdirSync(join(engines.dir, "data"));
  cold = coldFiles(join(engines.dir, "data"));
  workspace = (await testWorkspace(engines)).id;
});
afterAll(() => engines.close());

async function fill(month: string): Promise<ArchiveRow> {
  const rows = Array.from({ length: 100 }, (_, i) => ({
    ...{ workspace, node: i % 7, message: i, name: "Order Completed", amount_fen: i, properties: "{}" },
    ...{ at: `${month}-10 00:00:00.000`, received: "2026-01-01 00:00:00.000" },
  }));
  await engines.clickhouse.insert("event", rows);
  const cutoff = new Date("2026-05-01T00:00:00Z");
  return beginArchive(engines.db, { workspace, kind: "events", month, cutoff, bytesBefore: 1 });
}

/** Rows of a month in the table, and in its file. */
async function where(month: string): Promise<[number, number]> {
  const [table] = await engines.clickhouse.query<{ rows: number }>(ch`
    select count() as rows from event final
    where workspace = ${u32(workspace)} and toYYYYMM(at) = ${u32(Number(month.replace("-", "")))}`);
  const archive = (await findArchives(engines.db, workspace)).find((one) => one.month === month);
  return [table?.rows ?? 0, archive?.state === "cold" ? archive.rows : 0];
}

const killed = new Error("killed");
const deps = () => ({ db: engines.db, clickhouse: engines.clickhouse, clock: engines.clock, cold });

test("killed before the file is whole, it is written anew", async () => {
  const archive = await fill("2023-01");
  await cold.makeRoom(archive.file);
  expect(await where("2023-01")).toEqual([100, 0]);
  await finishWhatWasBegun(deps());
  expect(await where("2023-01")).toEqual([0, 100]);
});

test("killed before the rows are taken out, they are taken out next time; what came since stays", async () => {
  const archive = await fill("2023-02");
  const written = await writeArchive(engines, cold, facts, archive);
  const stop = () => Promise.reject(killed);
  await expect(takeOut(engines, cold, facts, [written], stop)).rejects.toThrow("killed");
  expect(await where("2023-02")).toEqual([100, 0]);
  await engines.clickhouse.insert("event", [
    {
      ...{ workspace, node: 1, message: 999, name: "Order Completed", properties: "{}" },
      ...{ at: "2023-02-20 00:00:00.000", received: "2026-06-01 00:00:00.000" },
    },
  ]);
  await finishWhatWasBegun(deps());
  expect(await where("2023-02")).toEqual([1, 100]);
});

test("rows that came between writing and taking out but say they came before stay, and go into the file next time", async () => {
  const archive = await fill("2023-05");
  const written = await writeArchive(engines, cold, facts, archive);
  await engines.clickhouse.insert("event", [
    {
      ...{ workspace, node: 1, message: 998, name: "Order Completed", properties: "{}" },
      ...{ at: "2023-05-20 00:00:00.000", received: "2026-01-01 00:00:00.000" },
    },
  ]);
  expect(await takeOut(engines, cold, facts, [written])).toEqual([]);
  expect(await where("2023-05")).toEqual([101, 0]);
  await finishWhatWasBegun(deps());
  expect(await where("2023-05")).toEqual([0, 101]);
});

test("nobody writes rows of the past into a month between the last look and the deletion", async () => {
  const archive = await fill("2023-06");
  const written = await writeArchive(engines, cold, facts, archive);
  const writers = createWriters(engines.db, engines.clickhouse);
  const late = {
    ...{ workspace, node: 1, message: 997, name: "Order Completed", properties: "{}" },
    ...{ at: "2023-06-20 00:00:00.000", received: "2026-01-01 00:00:00.000" },
  };
  let slice: Promise<void> = Promise.resolve();
  const slow: Stores["clickhouse"] = {
    ...engines.clickhouse,
    command: async (statement) => {
      // A slice of an import that is under way arrives right now.
      slice = writers.write(workspace, () => engines.clickhouse.insert("event", [late]));
      await Promise.race([slice, new Promise((resolve) => setTimeout(resolve, 200))]);
      await engines.clickhouse.command(statement);
    },
  };
  await takeOut({ ...engines, clickhouse: slow }, cold, facts, [written]);
  await slice;
  expect(await where("2023-06")).toEqual([1, 100]);
});

test("a reader of a backup who takes nothing, or goes away, holds no transaction for it", async () => {
  const { postgres, clickhouse, clock, dir } = engines;
  await fill("2023-08");
  const open = async () => {
    const { rows } = await sql<{ open: string }>`
      select count(*) as open from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%' or query like 'copy %' and state = 'active'`.execute(
      engines.db,
    );
    return Number(rows[0]?.open);
  };
  const parts = { postgres, clickhouse, clock, cold, dataDir: dir, version: "0" };
  for (const goesAway of [false, true]) {
    const tar = makeBackup({ ...parts, patienceMs: goesAway ? 60_000 : 300 }, "test", null);
    const ended = new Promise<void>((resolve) =>
      tar.on("error", () => resolve()).on("close", () => resolve()),
    );
    if (goesAway) {
      await new Promise<void>((resolve) => tar.once("readable", () => resolve()));
      // Another statement of the backup may be under way beside the one that copies.
      expect(await open()).toBeGreaterThan(0);
      tar.destroy();
    }
    await ended;
    for (let tries = 0; (await open()) > 0 || (await unended()) > 0; tries += 1) {
      if (tries > 100) throw new Error("it holds on");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const { rows } = await sql`select from backup where problem is null`.execute(engines.db);
  expect(rows).toEqual([]);
  await finishWhatWasBegun(deps());
});

const unended = async (): Promise<number> =>
  (await sql`select from backup where finished_at is null`.execute(engines.db)).rows.length;

test("killed on the way back, it comes back once", async () => {
  const archive = await fill("2023-03");
  await takeOut(engines, cold, facts, [await writeArchive(engines, cold, facts, archive)]);
  const [one] = (await findArchives(engines.db, workspace)).filter(({ month }) => month === "2023-03");
  const stop = () => Promise.reject(killed);
  await expect(bringBack(engines, cold, facts, one as ArchiveRow, stop)).rejects.toThrow("killed");
  expect((await where("2023-03"))[0]).toBe(100);
  await finishWhatWasBegun(deps());
  expect(await where("2023-03")).toEqual([100, 0]);
});

test("a file that does not hold what its table holds is not trusted", async () => {
  const archive = await fill("2023-04");
  const lying: ColdFiles = {
    ...cold,
    makeRoom: async () => {},
    tableOf: () => cold.tableOf("cold/other.parquet"),
  };
  await cold.makeRoom("cold/other.parquet");
  await engines.clickhouse.command(
    ch`insert into function ${cold.tableOf("cold/other.parquet")} select * from event limit 3`,
  );
  await expect(writeArchive(engines, lying, facts, archive)).rejects.toThrow();
  expect(await where("2023-04")).toEqual([100, 0]);
});

test("a person is taken out of the file: it is written anew without her, and the others are all in it", async () => {
  const archive = await fill("2023-07");
  await finishWhatWasBegun(deps());
  const eraser = archivesEraser({ ...deps() });
  const her: ErasedSubject = {
    ...{ workspace, whole: true, person: 3, nodes: [3], children: [], hashesHex: [], values: [] },
  };
  const before = await eraser.search(her);
  const hers = 14;
  expect(before).toBeGreaterThanOrEqual(hers);
  expect(await eraser.erase([her, { ...her, person: 100, nodes: [100] }])).toEqual([before, 0]);
  expect(await eraser.search(her)).toBe(0);
  expect(await eraser.erase([her])).toEqual([0]);
  expect(await where("2023-07")).toEqual([0, 100 - hers]);
  const now = (await findArchives(engines.db, workspace)).find(({ id }) => id === archive.id);
  expect(now?.file).toMatch(/-e1\.parquet$/);
  const [row] = await engines.clickhouse.query<{ rows: number }>(
    ch`select count() as rows from ${cold.tableOf(now?.file ?? "")}`,
  );
  expect(row?.rows).toBe(100 - hers);
});

describe("in a bucket of an object store that checks every signature", () => {
  let store: ObjectStore;
  const place = (secret = "the secret") =>
    coldPlace({
      ...{
        dataDir: join(engines.dir, "data"),
        clickhouse: engines.clickhouse,
        clock: { now: () => new Date() },
      },
      coldBucket: { url: `${store.url}/bucket/stork`, keyId: "KEY", secret },
    }) as ColdFiles;
  beforeAll(async () => {
    store = await startObjectStore({ keyId: "KEY", secret: "the secret" });
  });
  afterAll(() => store.stop());

  test("a month goes there, is asked, loses a person, is backed up and restored, and comes back", async () => {
    const bucket = place();
    const archive = await fill("2023-09");
    await finishWhatWasBegun({ ...deps(), cold: bucket });
    expect(await where("2023-09")).toEqual([0, 100]);
    expect(store.names()).toEqual([`/bucket/stork/${archive.file}`]);
    const mine = async () =>
      (await findArchives(engines.db, workspace)).filter(({ id }) => id === archive.id) as [ArchiveRow];
    const asked = ch`select count() as events from ${bucket.tableOf(archive.file)}`;
    expect(await engines.clickhouse.query(asked)).toEqual([{ events: 100 }]);
    const her: ErasedSubject = {
      ...{ workspace, whole: true, person: 3, nodes: [3], children: [], hashesHex: [], values: [] },
    };
    const eraser = archivesEraser({ ...deps(), cold: bucket });
    expect((await eraser.erase([her]))[0]).toBeGreaterThan(0);
    const [kept] = await mine();
    expect(store.names()).toEqual([`/bucket/stork/${kept.file}`]);
    expect((await bucket.open(kept.file)).bytes).toBe(kept.bytes);
    const { bytes, body } = await bucket.open(kept.file);
    await bucket.put("cold/restored.parquet", bytes, body);
    expect(await bucket.bytesOf("cold/restored.parquet")).toBe(kept.bytes);
    await bucket.remove("cold/restored.parquet");
    await bringBack(engines, bucket, facts, kept);
    expect(await where("2023-09")).toEqual([86, 0]);
    expect(store.names()).toEqual([]);
  });

  test("what lies in the data folder since before is found there", async () => {
    const archive = await fill("2023-10");
    await finishWhatWasBegun(deps());
    const [one] = (await findArchives(engines.db, workspace)).filter(({ id }) => id === archive.id);
    await bringBack(engines, place(), facts, one as ArchiveRow);
    expect(await where("2023-10")).toEqual([100, 0]);
  });

  test("a store that refuses us loses nothing, and no secret is told", async () => {
    const archive = await fill("2023-11");
    const refused = await writeArchive(engines, place("another"), facts, archive).catch(
      (error: Error) => error,
    );
    expect(refused).toBeInstanceOf(Error);
    expect(String(refused)).not.toContain("another");
    expect(await where("2023-11")).toEqual([100, 0]);
    await finishWhatWasBegun({ ...deps(), cold: place() });
    expect(await where("2023-11")).toEqual([0, 100]);
  });
});
