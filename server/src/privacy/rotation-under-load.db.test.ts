import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines } from "../../test/engines.ts";
import { openPeople, type People } from "../people/people.store.ts";
import { createVault } from "../people/vault.store.ts";
import type { CipherId } from "../platform/ciphers.ts";
import { workspaceKeyring } from "../platform/workspace-keys.store.ts";
import { createWorkspace } from "../platform/workspaces.store.ts";
import { type KeyRotationDeps, keyRotationTasks, rotate } from "./key-rotation.job.ts";
import { findRotation } from "./key-rotation.store.ts";

/** Two servers take events and read while the key is changed, by either cipher: nothing waits, nothing is unreadable. */
let engines: TestEngines;
let servers: People[];

/** So long a server of this test goes by the keys it knows, in place of five seconds. */
const trustedForMs = 30;
const delaySeconds = 0.25;

beforeAll(async () => {
  engines = await testEngines();
  await engines.db
    .insertInto("organization")
    .values({ id: "o", name: "测试", slug: "o", logo: null, metadata: null })
    .execute();
  servers = [1, 2].map(() => {
    const keyring = workspaceKeyring(engines.master, trustedForMs);
    return openPeople({ ...engines, keysOf: (id) => keyring(engines.db, id) });
  });
  await servers[0]?.prepare();
});
afterAll(async () => {
  for (const server of servers) server.stop();
  await engines.close();
});

async function openedBy(server: People, workspace: number): Promise<string[]> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select sealed_value as sealed from node where workspace_id = ${workspace} order by id`.execute(
    engines.db,
  );
  await server.vault.ready(workspace);
  return rows.map(({ sealed }) => server.vault.open(workspace, sealed));
}

interface Load {
  readonly told: string[];
  stopped: boolean;
  reads: number;
}

/** Tells of somebody new, and reads everybody, again and again. */
async function load(server: People, workspace: number, name: string, kept: Load): Promise<void> {
  for (let i = 0; !kept.stopped; i += 1) {
    const value = `${name}-${i}`;
    const identifiers = [{ namespace: "user", value }];
    const sighting = {
      identifiers,
      source: 1,
      message: value,
      at: new Date(0),
      rule: "same-message" as const,
    };
    await server.identity.resolve(workspace, [sighting]);
    kept.told.push(value);
    if (i % 4 === 0) {
      expect(await openedBy(server, workspace)).toContain(value);
      kept.reads += 1;
    }
    await pause(5);
  }
}

async function changeKey(workspace: number, cipher: CipherId): Promise<void> {
  const keyring = workspaceKeyring(engines.master, trustedForMs);
  const vault = createVault((id) => keyring(engines.db, id));
  const { db, clock, jobs, master } = engines;
  const deps: KeyRotationDeps = { db, vault, clock, jobs, master, alsoSealed: [], delaySeconds };
  await rotate(deps, workspace, { cipher, by: "user:owner" });
  await pause(delaySeconds * 2_000);
  engines.clock.advance(delaySeconds * 2_000);
  await engines.runJobs(keyRotationTasks(deps));
}

test.each([
  ["international", ["sm4-gcm", "aes-256-gcm"]],
  ["sm", ["aes-256-gcm", "sm4-gcm"]],
] as const)(
  "in a workspace begun with %s cryptography, to %j while events arrive",
  async (cryptography, ways) => {
    const made = { slug: `load-${cryptography}`, name: "L", organisationId: "o", cryptography };
    const workspace = (await createWorkspace(engines.db, engines.master, made, engines.clock))?.id as number;
    const kept: Load = { told: [], stopped: false, reads: 0 };
    const loads = servers.map((server, i) => load(server, workspace, `s${i}`, kept));
    for (const cipher of ways) await changeKey(workspace, cipher);
    kept.stopped = true;
    await Promise.all(loads);
    expect(kept.reads).toBeGreaterThan(4);

    const { versions } = await findRotation(engines.db, workspace);
    expect(versions.map(({ cipher, state }) => [cipher, state])).toEqual([
      [ways[1], "active"],
      [ways[0], "retired"],
      [ways[1], "retired"],
    ]);
    // A server that starts now reads every one of them, and so do those that saw it happen; look-ups find who was there before.
    const keyring = workspaceKeyring(engines.master);
    const fresh = openPeople({ ...engines, keysOf: (id) => keyring(engines.db, id) });
    for (const server of [fresh, ...servers])
      expect((await openedBy(server, workspace)).sort()).toEqual([...kept.told].sort());
    const [first] = kept.told as [string];
    const again = { identifiers: [{ namespace: "user", value: first }], source: 1, message: "again" };
    await fresh.identity.resolve(workspace, [{ ...again, at: new Date(0), rule: "same-message" }]);
    expect(await openedBy(fresh, workspace)).toHaveLength(kept.told.length);
    fresh.stop();
  },
);
