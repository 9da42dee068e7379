import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testImport } from "../../test/import-row.ts";
import { testPeople } from "../../test/people.ts";
import { dropAll, endQuarantined, keepChanged, quarantine } from "../events/quarantine.store.ts";
import type { People } from "../people/people.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { quarantineEraser } from "../rights/erasing/quarantine.store.ts";
import { quarantine as storedKind } from "../storage/kinds/quarantine.store.ts";
import { findImport, finishUndo, type ImportRow } from "./imports.store.ts";

let engines: TestEngines;
let people: People;
let workspace: number;
let source: number;
let id: number;

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  workspace = (await testWorkspace(engines)).id;
  id = await testImport(engines, workspace);
  source = (await row()).source;
});
afterAll(() => {
  people.stop();
  return engines.close();
});

const at = new Date("2026-03-01T00:00:00Z");
const row = async (of = id): Promise<ImportRow> => (await findImport(engines.db, of)) as ImportRow;
const deps = (db: Db | Tx = engines.db) => ({ db, vault: people.vault });

/** What an import is said to have waiting, after it was held against a count of its items. */
async function waiting(of = id): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(items), 0)::int as n from quarantine where import_id = ${of} and state = 'open'`.execute(
    engines.db,
  );
  const { inQuarantine } = await row(of);
  expect(inQuarantine).toBe(rows[0]?.n);
  return inQuarantine;
}

async function rowsKept(of = id): Promise<number> {
  const { rows } = await sql`select 1 from quarantine_waiting where import_id = ${of}`.execute(engines.db);
  return rows.length;
}

const refuse = (from: number, to: number, { db = engines.db as Db | Tx, most = 100_000, of = id } = {}) =>
  quarantine(
    { ...deps(db), most },
    Array.from({ length: to - from }, (_, i) => ({
      ...{ workspace, source, import: of, kind: "row" as const, code: "not-paid", at },
      item: [String(13_800_000_000 + from + i)],
      place: { file: 0, line: from + i, recordLine: from + i },
    })),
  );

async function openIds(count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from quarantine where import_id = ${id} and state = 'open' order by id limit ${count}`.execute(
    engines.db,
  );
  return rows.map((one) => one.id);
}

test("what waits of an import is right whatever was done to its items", async () => {
  expect(await waiting()).toBe(0);
  await refuse(1, 5_001);
  expect(await waiting()).toBe(5_000);
  // A slice done again refuses its rows once.
  await refuse(4_001, 5_101);
  expect(await waiting()).toBe(5_100);
  const [first] = await openIds(1);
  await keepChanged(deps(), workspace, { id: first as number, code: "no-amount", item: ["1"] });
  expect(await waiting()).toBe(5_100);
  const end = { state: "replayed" as const, by: "user:1", at, note: null };
  const ids = await openIds(10);
  expect(await endQuarantined(engines.db, workspace, ids, end)).toBe(10);
  expect(await endQuarantined(engines.db, workspace, ids, end)).toBe(0);
  expect(await waiting()).toBe(5_090);
  expect(await dropAll(engines.db, workspace, { code: "no-amount" }, { ...end, note: "" })).toBe(0);
  // Live items of the same source are nobody's import.
  await quarantine(deps(), [{ workspace, source, kind: "event", code: "not-paid", item: {}, at }]);
  expect(await waiting()).toBe(5_090);
  expect(await rowsKept()).toBe(1);
});

test("items beyond the limit, erased, deleted after their time and dropped are no more waited for", async () => {
  await refuse(6_001, 7_001, { most: 3_000 });
  expect(await waiting()).toBeLessThanOrEqual(3_000);
  const before = await waiting();
  await sql`update quarantine set items = 3 where id = ${(await openIds(1))[0]}`.execute(engines.db);
  expect(await waiting()).toBe(before + 2);
  const hers = { workspace, whole: true, person: 1, nodes: [], children: [], hashesHex: [] };
  const eraser = quarantineEraser({ db: engines.db, vault: people.vault });
  expect(await eraser.erase([{ ...hers, values: ["13800006999"] }])).toEqual([1]);
  expect(await waiting()).toBe(before + 1);
  const stores = { ...engines, cluster: null } as unknown as Parameters<typeof storedKind.remove>[0];
  await storedKind.remove(stores, workspace, ["2026-03"]);
  expect(await waiting()).toBe(before + 1);
  await sql`delete from quarantine where id = any(${(await openIds(6)).slice(1)}::bigint[])`.execute(
    engines.db,
  );
  expect(await waiting()).toBe(before - 4);
  await dropAll(engines.db, workspace, {}, { by: "user:1", at, note: "" });
  expect(await waiting()).toBe(0);
});

test("nobody waits for another's transaction, and what is rolled back is not counted", async () => {
  const other = await testImport(engines, workspace);
  await refuse(1, 11, { of: other });
  await engines.db.transaction().execute(async (tx) => {
    await refuse(11, 21, { of: other, db: tx });
    await refuse(21, 41, { of: other });
    expect(await waiting(other)).toBe(30);
  });
  expect(await waiting(other)).toBe(40);
  await engines.db
    .transaction()
    .execute(async (tx) => {
      await refuse(41, 51, { of: other, db: tx });
      throw new Error("broken off");
    })
    .catch(() => undefined);
  expect(await waiting(other)).toBe(40);
  await Promise.all(Array.from({ length: 8 }, (_, i) => refuse(100 + 10 * i, 110 + 10 * i, { of: other })));
  expect(await waiting(other)).toBe(120);
  await sql`update import set status = 'undoing' where id = ${other}`.execute(engines.db);
  await finishUndo(engines.db, await row(other), at);
  expect(await waiting(other)).toBe(0);
  await refuse(200, 210, { of: other });
  await sql`delete from import where id = ${other}`.execute(engines.db);
  const { rows } = await sql`
    select import_id from quarantine_waiting where import_id = ${other} group by 1 having sum(items) <> 0`.execute(
    engines.db,
  );
  expect(rows).toEqual([]);
});
