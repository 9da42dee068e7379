import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import type { Statement } from "../platform/clickhouse.ts";
import { changeWriteKey, endOldKeys, findOldKeys } from "./old-keys.store.ts";
import { countQuarantine } from "./quarantine.store.ts";
import { createSourceKeys } from "./source-keys.store.ts";
import { recountInTurn } from "./source-watch.store.ts";
import { createSource, findSource, removeSource } from "./sources.store.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
});
afterAll(() => engines?.close());

const shop = async () => {
  const { id } = await testWorkspace(engines);
  const source = await createSource(engines.db, id, { kind: "http", name: "shop" }, engines.clock.now());
  return { workspace: id, source: source.id };
};

test("of several servers one counts the facts in an hour, and leaves the latest minutes to those that count them", async () => {
  const { workspace, source } = await shop();
  let counted = 0;
  const clickhouse: TestEngines["clickhouse"] = {
    ...engines.clickhouse,
    query: <Row>(statement: Statement) => {
      counted += 1;
      return engines.clickhouse.query<Row>(statement);
    },
  };
  const minute = engines.clock.now();
  const row = {
    workspace,
    source,
    node: 1,
    name: "Page Viewed",
    properties: "{}",
    at: "2026-06-01 00:00:00.000",
  };
  await engines.clickhouse.insert("event", [{ ...row, message: 1, received: "2026-06-01 00:00:00.000" }]);
  await sql`
    insert into source_count (source_id, minute, what, count)
    values (${source}, ${minute}, 'events', 7)`.execute(engines.db);
  const servers = () => Promise.all([1, 2, 3].map(() => recountInTurn({ ...engines, clickhouse })));
  await servers();
  await servers();
  expect(counted).toBe(1);
  const kept = await sql`select count from source_count where source_id = ${source}`.execute(engines.db);
  expect(kept.rows).toEqual([{ count: 7 }]);
  engines.clock.advance(3_600_000);
  await servers();
  expect(counted).toBe(2);
});

test("a quarantine's lines are counted as far as anybody reads, however many there are", async () => {
  const { workspace, source } = await shop();
  await sql`
    insert into quarantine (workspace_id, source_id, kind, code, items, at)
    select ${workspace}, ${source}, 'event', 'collect/no-event-name', 1, now() from generate_series(1, 100050)`.execute(
    engines.db,
  );
  expect(await countQuarantine(engines.db, workspace, { state: "open" })).toBe(100_000);
});

test("a key in use is looked up again beside the work: a source removed elsewhere stops without anybody's waiting", async () => {
  const { id } = await testWorkspace(engines);
  const { clock, db } = engines;
  const source = await createSource(db, id, { kind: "http", name: "shop" }, clock.now());
  let now = 0;
  const keys = createSourceKeys(db, () => now);
  const first = await keys.find(source.writeKey);
  expect(first).toMatchObject({ source: source.id });
  await removeSource(db, id, source.id, clock.now());
  now = 4_500;
  expect(await keys.find(source.writeKey)).toEqual(first);
  await expect.poll(() => keys.find(source.writeKey)).toBeNull();
});

test("a key that was changed counts for as long as was said, tells that it is still used, and can be ended sooner", async () => {
  const { id } = await testWorkspace(engines);
  const { clock, db } = engines;
  const start = clock.now();
  const source = await createSource(db, id, { kind: "http", name: "shop" }, start);
  let now = start.getTime();
  const keys = createSourceKeys(db, () => now);
  const tomorrow = new Date(now + 86_400_000);
  await changeWriteKey(db, source.id, { endsAt: tomorrow, now: start });
  const changed = await findSource(db, id, source.id);
  expect(changed?.writeKey).not.toBe(source.writeKey);
  const oldKeys = async () => (await findOldKeys(db, [source.id], new Date(now))).get(source.id);
  expect(await oldKeys()).toMatchObject([{ endsAt: tomorrow, lastUsedAt: null }]);
  expect(await keys.find(changed?.writeKey ?? "")).toMatchObject({ source: source.id, workspace: id });
  expect(await keys.find(source.writeKey)).toMatchObject({ source: source.id, workspace: id });
  expect(await oldKeys()).toMatchObject([{ lastUsedAt: start }]);
  now = tomorrow.getTime() + 1;
  keys.forget(source.writeKey);
  expect(await keys.find(source.writeKey)).toBeNull();
  expect(await oldKeys()).toBeUndefined();
  await changeWriteKey(db, source.id, { endsAt: new Date(now + 1_000), now: new Date(now) });
  expect(await endOldKeys(db, source.id)).toContain(changed?.writeKey);
  expect(await keys.find(changed?.writeKey ?? "")).toBeNull();
});
