import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { ch, list, str, u64 } from "./clickhouse.ts";
import { migrateClickHouse, migratePostgres } from "./migrations.ts";
import { findWorkspace } from "./workspaces.store.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
});
afterAll(() => engines.close());

test("migrations run from empty, and once", async () => {
  expect(await migratePostgres(engines.db)).toBe(0);
  expect(await migrateClickHouse(engines.clickhouse, { cluster: null })).toBe(0);
});

test("the facts' engine takes rows, binds values and answers numbers", async () => {
  const at = "2026-01-01 00:00:00.000";
  await engines.clickhouse.insert("trait", [
    { workspace: 1, node: 7, key: "城市", value: "it's \\ \t\n", at },
    { workspace: 1, node: 8, key: "城市", value: "b", at },
  ]);
  const rows = await engines.clickhouse.query(
    ch`select node, value from trait where key = ${str("城市")} and node in ${list("UInt64", [7, 9])} and node != ${u64(9)}`,
  );
  expect(rows).toEqual([{ node: 7, value: "it's \\ \t\n" }]);
  const streamed: unknown[] = [];
  for await (const chunk of engines.clickhouse.stream(ch`select node from trait order by node`))
    streamed.push(...chunk);
  expect(streamed).toEqual([{ node: 7 }, { node: 8 }]);
});

test("a workspace has keys of its own, the same ones each time", async () => {
  const first = await testWorkspace(engines, "brand-a");
  const second = await testWorkspace(engines);
  expect(await findWorkspace(engines.db, "brand-a")).toEqual(first);
  expect(await findWorkspace(engines.db, first.id)).toEqual(first);
  const keys = await engines.workspaceKeys(engines.db, first.id);
  const others = await engines.workspaceKeys(engines.db, second.id);
  expect(keys.dataKeys).toMatchObject([{ version: 1, cipher: "aes-256-gcm", isActive: true }]);
  expect(keys.dataKeys[0]?.key).toHaveLength(32);
  expect(keys.dataKeys[0]?.key.equals(others.dataKeys[0]?.key as Buffer)).toBe(false);
  expect(keys.hash.equals(others.hash)).toBe(false);
});

test("a job runs when its transaction committed and its time has come", async () => {
  const ran: unknown[] = [];
  const tasks = { "test.note": async (payload: unknown) => void ran.push(payload) };
  await engines.db
    .transaction()
    .execute((tx) => engines.jobs.add(tx, "test.note", { n: 1 }, { runAt: engines.clock.now() }));
  await engines.db
    .transaction()
    .execute(async (tx) => {
      await engines.jobs.add(tx, "test.note", { n: 2 }, { runAt: engines.clock.now() });
      throw new Error("rolled back");
    })
    .catch(() => {});
  const later = new Date(engines.clock.now().getTime() + 60_000);
  await engines.jobs.add(engines.db, "test.note", { n: 3 }, { runAt: later });
  expect(await engines.runJobs(tasks)).toBe(1);
  engines.clock.advance(60_000);
  expect(await engines.runJobs(tasks)).toBe(1);
  expect(ran).toEqual([{ n: 1 }, { n: 3 }]);
});
