import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { createVault, type Vault } from "../people/vault.store.ts";
import { headOf } from "../platform/data-keys.ts";
import { workspaceKeyring } from "../platform/workspace-keys.store.ts";
import { type KeyRotationDeps, keyRotationTasks, rotate } from "./key-rotation.job.ts";
import { findRotation } from "./key-rotation.store.ts";
import { findSealedColumns } from "./reseal.store.ts";

let engines: TestEngines;
let workspace: number;
let deps: KeyRotationDeps;

beforeAll(async () => {
  engines = await testEngines();
  workspace = (await testWorkspace(engines)).id;
  const { db, clock, jobs, master } = engines;
  deps = { db, vault: freshVault(), clock, jobs, master, alsoSealed: [], delaySeconds: 0 };
});
afterAll(() => engines.close());

/** A server that has just started: it knows the keys there are now. */
function freshVault(): Vault {
  const keyring = workspaceKeyring(engines.master);
  return createVault((id) => keyring(engines.db, id));
}

const run = () => engines.runJobs(keyRotationTasks(deps));
const states = async () =>
  (await findRotation(engines.db, workspace)).versions.map(({ version, state, cipher }) => [
    version,
    state,
    cipher,
  ]);

async function keepNodes(vault: Vault, from: number, count: number): Promise<void> {
  await vault.ready(workspace);
  for (let id = from; id < from + count; id += 1) {
    await sql`
      insert into node (id, workspace_id, namespace, value_hash, sealed_value, person)
      values (${id}, ${workspace}, 'user', ${vault.hash(workspace, "user", `u${id}`)},
        ${vault.seal(workspace, `u${id}`)}, ${id})`.execute(engines.db);
  }
}

async function readNodes(vault: Vault): Promise<string[]> {
  await vault.ready(workspace);
  const { rows } = await sql<{ sealed: Buffer }>`select sealed_value as sealed from node order by id`.execute(
    engines.db,
  );
  return rows.map(({ sealed }) => vault.open(workspace, sealed));
}

const underVersion = async (version: number): Promise<number> => {
  const head = headOf(version);
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from node where substring(sealed_value for 4) = ${head}`.execute(engines.db);
  return rows[0]?.count ?? 0;
};

test("every sealed column says whose it is, so that a rotation reaches it", async () => {
  const columns = await findSealedColumns(engines.db);
  expect(columns).toContainEqual({ table: "node", column: "sealed_value" });
  expect(columns).toContainEqual({ table: "vault_trait", column: "sealed_value" });
  const { rows } = await sql<{ table: string }>`
    select table_name as "table" from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id'`.execute(engines.db);
  const owned = new Set(rows.map(({ table }) => table));
  expect(columns.filter(({ table }) => !owned.has(table))).toEqual([]);
});

test("a rotation seals everything again, by another cipher, while a server that has not heard goes on", async () => {
  const names = Array.from({ length: 40 }, (_, i) => `u${i + 1}`);
  const slow = freshVault();
  await keepNodes(slow, 1, 30);
  await rotate(deps, workspace, { cipher: "sm4-gcm", by: "user:owner" });
  // It still seals with the first key; so the pass after it must find these.
  await keepNodes(slow, 31, 10);
  deps = { ...deps, vault: freshVault() };
  await run();
  expect(await underVersion(2)).toBe(40);
  expect(await readNodes(freshVault())).toEqual(names);
  expect(await states()).toEqual([
    [2, "active", "sm4-gcm"],
    [1, "retired", "aes-256-gcm"],
  ]);
  expect((await findRotation(engines.db, workspace)).resealing).toBeNull();
});

test("a retired key is kept a month, goes over once more, and is destroyed", async () => {
  const stale = createVault(async () => {
    const keys = await workspaceKeyring(engines.master)(engines.db, workspace);
    return { ...keys, dataKeys: keys.dataKeys.map((key) => ({ ...key, isActive: key.version === 1 })) };
  });
  await keepNodes(stale, 41, 1);
  engines.clock.advance(29 * 86_400_000);
  await run();
  expect(await states()).toContainEqual([1, "retired", "aes-256-gcm"]);
  engines.clock.advance(2 * 86_400_000);
  await run();
  expect(await states()).toContainEqual([1, "destroyed", "aes-256-gcm"]);
  expect(await underVersion(2)).toBe(41);
  expect((await readNodes(freshVault())).at(-1)).toBe("u41");
});

test("what the destroyed key sealed is opened by nobody", async () => {
  const { rows } = await sql<{ kept: number }>`
    select count(sealed_key) as kept from workspace_key where workspace_id = ${workspace}`.execute(
    engines.db,
  );
  expect(rows).toEqual([{ kept: 1 }]);
});
