import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testImport } from "../../test/import-row.ts";
import { testPeople } from "../../test/people.ts";
import { NativeBlock } from "../platform/native-block.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { stateErasers } from "../rights/erasing/state-tables.store.ts";
import type { People } from "./people.store.ts";
import { settleSaid } from "./said-again.store.ts";
import { recordSplitTraits, recordTraits } from "./trait.store.ts";
import type { Vault } from "./vault.store.ts";

let engines: TestEngines;
let people: People;
let workspace: WorkspaceRef;
let by: number;

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  await people.prepare();
});
beforeEach(async () => {
  workspace = await testWorkspace(engines);
  by = await testImport(engines, workspace.id);
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

async function somebody(userId: string): Promise<number> {
  const identifiers = [{ namespace: "user_id", value: userId }];
  const sighting = { identifiers, source: 1, message: "m", at: new Date(0), rule: "same-row" as const };
  const [nodes] = await people.identity.resolve(workspace.id, [sighting]);
  return nodes?.[0] as number;
}

const say = (
  node: number,
  name: string,
  at: number,
  of: { by?: number; vault?: Vault } = {},
): Promise<void> =>
  recordSplitTraits({ ...engines, vault: of.vault ?? people.vault }, workspace.id, {
    plain: new NativeBlock(0),
    sealed: [{ node, key: "name", import: of.by ?? by, json: JSON.stringify(name), at }],
  });

/** As a row that was refused and mended says it. */
const beside = (node: number, name: string, at: number, vault: Vault): Promise<void> =>
  recordTraits({ ...engines, vault }, workspace.id, [
    { kind: "traits", node, at: new Date(at), traits: { name }, import: by },
  ]);

const settle = (): Promise<void> => settleSaid(engines.db, people.vault, by);

async function waiting(): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select count(*)::int as rows from trait_again where import = ${by}`.execute(engines.db);
  return rows[0]?.rows as number;
}

const step = fc.record({
  does: fc.constantFrom("say", "say", "say", "beside", "settle", "take-away"),
  name: fc.constantFrom("王小明", "王大明", "王二明"),
  at: fc.integer({ min: 1, max: 12 }).map((second) => second * 1_000),
  process: fc.constantFrom(0, 0, 0, 1),
});

async function kept(node: number) {
  const rows = await engines.db.selectFrom("vault_trait").selectAll().where("node", "=", node).execute();
  return rows.map((row) => ({
    sealed: row.sealed_value,
    name: JSON.parse(people.vault.open(workspace.id, row.sealed_value)) as string,
    at: row.at.getTime(),
  }));
}

describe("what a file says of a trait again", () => {
  test("is taken down as said again in the end, and the value stays sealed as it was", async () => {
    const node = await somebody("u1");
    await say(node, "王小明", 1_000);
    const [first] = await kept(node);
    await say(node, "王小明", 2_500);
    await say(node, "王小明", 1_700);
    expect(await kept(node)).toEqual([first]);
    expect(await waiting()).toBe(1);
    await settle();
    expect(await kept(node)).toEqual([{ sealed: first?.sealed, name: "王小明", at: 2_500 }]);
    expect(await waiting()).toBe(0);
  });

  test("another value counts by when it was said, whatever waits", async () => {
    const node = await somebody("u1");
    await say(node, "王小明", 1_000);
    await say(node, "王大明", 2_000);
    await say(node, "王小明", 1_500);
    expect(await kept(node)).toMatchObject([{ name: "王大明", at: 2_000 }]);
    await say(node, "王小明", 3_000);
    await say(node, "王小明", 5_000);
    await say(node, "王大明", 4_000);
    await settle();
    expect(await kept(node)).toMatchObject([{ name: "王小明", at: 5_000 }]);
  });

  test("of what was said at one instant the last counts", async () => {
    const node = await somebody("u1");
    await say(node, "王小明", 1_000);
    await say(node, "王大明", 1_000);
    await say(node, "王小明", 1_000);
    await settle();
    expect(await kept(node)).toMatchObject([{ name: "王小明", at: 1_000 }]);
  });

  test("is written anew where somebody took it away", async () => {
    const node = await somebody("u1");
    await say(node, "王小明", 1_000);
    await say(node, "王小明", 2_000);
    await engines.db.deleteFrom("vault_trait").where("node", "=", node).execute();
    await say(node, "王小明", 3_000);
    await settle();
    expect(await kept(node)).toMatchObject([{ name: "王小明", at: 3_000 }]);
  });

  test("counts with what came by itself meanwhile, from the same process or another", async () => {
    const node = await somebody("u1");
    const other = await somebody("u2");
    for (const [by, elsewhere] of [
      [node, false],
      [other, true],
    ] as const) {
      await say(by, "王小明", 1_000);
      await say(by, "王小明", 4_000);
      const vault = elsewhere ? testPeople(engines).vault : people.vault;
      await vault.ready(workspace.id);
      await beside(by, "王大明", 3_000, vault);
      await say(by, "王小明", 3_500);
      await beside(by, "王二明", 5_000, vault);
      await say(by, "王小明", 4_500);
    }
    await settle();
    expect(await kept(node)).toMatchObject([{ name: "王二明", at: 5_000 }]);
    expect(await kept(other)).toMatchObject([{ name: "王二明", at: 5_000 }]);
  });

  test("survives the process that remembered it", async () => {
    const node = await somebody("u1");
    const away = await somebody("u2");
    await say(node, "王小明", 1_000);
    await say(away, "王小明", 1_000);
    await say(node, "王小明", 3_000);
    await say(away, "王小明", 3_000);
    // Another process goes on from the slice before.
    const next = testPeople(engines).vault;
    await say(node, "王大明", 2_000, { vault: next });
    await say(node, "王小明", 3_000, { vault: next });
    await say(node, "王大明", 2_500, { vault: next });
    expect(await kept(node)).toMatchObject([{ name: "王小明", at: 3_000 }]);
    // The first wakes up again.
    await say(node, "王小明", 6_000);
    await settle();
    expect(await kept(node)).toMatchObject([{ name: "王小明", at: 6_000 }]);
    expect(await kept(away)).toMatchObject([{ name: "王小明", at: 3_000 }]);
  });

  test("goes on counting for the others when one of them is erased meanwhile", async () => {
    const nodes = [];
    for (const user of ["u1", "u2", "u3"]) nodes.push(await somebody(user));
    const [first, hers, last] = nodes as [number, number, number];
    for (const node of nodes) await say(node, "王小明", 1_000);
    // In one list: told of by one slice, and in one part.
    await recordSplitTraits({ ...engines, vault: people.vault }, workspace.id, {
      plain: new NativeBlock(0),
      sealed: nodes.map((node, i) => ({ node, key: "name", import: by, json: '"王小明"', at: 2_000 + i })),
    });
    await sql`update trait_again set part = 0,
      nodes = ${nodes}::bigint[], ms = ${[2_000, 2_001, 2_002]}::bigint[]
      where ctid = (select min(ctid) from trait_again where import = ${by})`.execute(engines.db);
    const subject = { workspace: workspace.id, nodes: [hers], children: [], whole: true, values: [] };
    const erasers = (await stateErasers(engines.db)).filter(({ place }) => /trait/.test(place));
    for (const eraser of erasers) await eraser.erase([subject as never]);
    for (const eraser of erasers)
      expect([eraser.place, await eraser.search(subject as never)]).toEqual([eraser.place, 0]);
    await settle();
    expect(await kept(hers)).toEqual([]);
    expect(await kept(first)).toMatchObject([{ at: 2_000 }]);
    expect(await kept(last)).toMatchObject([{ at: 2_002 }]);
  });

  test("each import has its own word", async () => {
    const node = await somebody("u1");
    const later = await testImport(engines, workspace.id);
    await say(node, "王小明", 1_000);
    await say(node, "王小明", 2_000, { by: later });
    expect((await kept(node)).map(({ at }) => at).sort()).toEqual([1_000, 2_000]);
  });

  test("comes out as if each word were written by itself, whatever order, process and deletion", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        workspace = await testWorkspace(engines);
        by = await testImport(engines, workspace.id);
        const node = await somebody("u1");
        const vaults = [people.vault, testPeople(engines).vault];
        for (const vault of vaults) await vault.ready(workspace.id);
        let stands: { name: string; at: number } | undefined;
        for (const { does, name, at, process } of steps) {
          const vault = vaults[process] as Vault;
          if (does === "take-away") {
            await engines.db.deleteFrom("vault_trait").where("node", "=", node).execute();
            stands = undefined;
            continue;
          }
          if (does === "say") await say(node, name, at, { vault });
          else if (does === "beside") await beside(node, name, at, vault);
          else await settleSaid(engines.db, vault, by);
          if (does !== "settle" && (stands === undefined || at >= stands.at)) stands = { name, at };
        }
        for (const vault of vaults) await settleSaid(engines.db, vault, by);
        const [found, ...more] = await kept(node);
        expect(more).toEqual([]);
        expect(found === undefined ? undefined : { name: found.name, at: found.at }).toEqual(stands);
      }),
      { numRuns: 60 },
    );
  });
});
