import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import { NativeBlock } from "../platform/native-block.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import type { People } from "./people.store.ts";
import { recordSplitTraits } from "./trait.store.ts";

let engines: TestEngines;
let people: People;
let workspace: WorkspaceRef;

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  await people.prepare();
});
beforeEach(async () => {
  workspace = await testWorkspace(engines);
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

const say = (node: number, name: string, at: number, by = 7): Promise<void> =>
  recordSplitTraits({ ...engines, vault: people.vault }, workspace.id, {
    plain: new NativeBlock(0),
    sealed: [{ node, key: "name", import: by, json: JSON.stringify(name), at }],
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
  test("is taken down as said again, and the value stays sealed as it was", async () => {
    const node = await somebody("u1");
    await say(node, "王小明", 1_000);
    const [first] = await kept(node);
    await say(node, "王小明", 2_500);
    await say(node, "王小明", 1_700);
    expect(await kept(node)).toEqual([{ sealed: first?.sealed, name: "王小明", at: 2_500 }]);
  });

  test("another value counts by when it was said", async () => {
    const node = await somebody("u1");
    await say(node, "王小明", 1_000);
    await say(node, "王大明", 2_000);
    await say(node, "王小明", 1_500);
    expect(await kept(node)).toMatchObject([{ name: "王大明", at: 2_000 }]);
    await say(node, "王小明", 3_000);
    expect(await kept(node)).toMatchObject([{ name: "王小明", at: 3_000 }]);
  });

  test("is written anew where somebody else changed it or took it away", async () => {
    const node = await somebody("u1");
    const other = await somebody("u2");
    await say(node, "王小明", 1_000);
    await say(other, "王小明", 1_000);
    const sealed_value = people.vault.seal(workspace.id, '"王大明"');
    await engines.db.updateTable("vault_trait").set({ sealed_value }).where("node", "=", node).execute();
    await engines.db.deleteFrom("vault_trait").where("node", "=", other).execute();
    await say(node, "王小明", 1_000);
    await say(other, "王小明", 1_000);
    expect(await kept(node)).toMatchObject([{ name: "王小明", at: 1_000 }]);
    expect(await kept(other)).toMatchObject([{ name: "王小明", at: 1_000 }]);
  });

  test("each import has its own word", async () => {
    const node = await somebody("u1");
    await say(node, "王小明", 1_000, 7);
    await say(node, "王小明", 2_000, 8);
    expect((await kept(node)).map(({ at }) => at).sort()).toEqual([1_000, 2_000]);
  });
});
