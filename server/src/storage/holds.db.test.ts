import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { ch, u32 } from "../platform/clickhouse.ts";
import { findHolds, placeHold, releaseHold } from "./settings.store.ts";
import { kindOf } from "./stored-kinds.store.ts";

/** What a court wants kept is kept: months that are not named stay, and a hold stands until it is released. */

let engines: TestEngines;
let workspace: number;

beforeAll(async () => {
  engines = await testEngines();
  workspace = (await testWorkspace(engines)).id;
});
afterAll(() => engines.close());

test("a hold stands however many were placed and released after it", async () => {
  const by = { who: "user:1", at: engines.clock.now() };
  const hold = { kind: null, from: null, to: null, reason: "case" };
  const first = await placeHold(engines.db, workspace, { ...hold, reason: "the first" }, by);
  for (let i = 0; i < 205; i += 1) {
    const { id } = await placeHold(engines.db, workspace, hold, by);
    await releaseHold(engines.db, workspace, Number(id), by);
  }
  expect((await findHolds(engines.db, workspace)).map(({ id }) => id)).toContain(first.id);
});

test("former versions of records go by their month alone", async () => {
  const version = (month: string, day: number) => ({
    ...{ workspace, kind: "stock", id: 1, part: "", hash: day, import: 0, source: 1, node: 0, key: "a" },
    ...{ changed: `${month}-0${day} 00:00:00.000`, received: `${month}-0${day} 00:00:00.000` },
    ...{
      stamp: `${month}-0${day} 00:00:00.000`,
      at: `${month}-0${day} 00:00:00.000`,
      marks: [],
      fields: "{}",
    },
  });
  const rows = ["2024-01", "2024-02", "2024-03", "2026-05"].map((month, i) => version(month, i + 1));
  await engines.clickhouse.insert("record_version", rows);
  await kindOf("records").remove(engines, workspace, ["2024-01", "2024-03"]);
  const left = await engines.clickhouse.query<{ month: number }>(ch`
    select toYYYYMM(received) as month from record_version where workspace = ${u32(workspace)} order by month`);
  expect(left.map(({ month }) => month)).toEqual([202402, 202605]);
});

test("so does the record of what lay in the quarantine", async () => {
  await sql`
    with made as (
      insert into source (workspace_id, name, kind, write_key, created_at)
      values (${workspace}, 'x', 'web', 'wk_x', now()) returning id)
    insert into quarantine (workspace_id, source_id, kind, code, state, at, by, ended_at)
    select ${workspace}, made.id, 'event', 'x', 'dropped', at::timestamptz, 'stork', at::timestamptz
    from made, unnest(array['2024-01-05Z', '2024-02-05Z', '2024-03-05Z']) as at`.execute(engines.db);
  await kindOf("quarantine").remove(engines, workspace, ["2024-01", "2024-03"]);
  const { rows } = await sql<{ at: Date }>`select at from quarantine`.execute(engines.db);
  expect(rows.map(({ at }) => at.toISOString().slice(0, 7))).toEqual(["2024-02"]);
});
