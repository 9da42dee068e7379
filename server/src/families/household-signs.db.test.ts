import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import { takeBackTraits } from "../people/trait-undo.store.ts";
import { suggestHouseholds } from "./household-signs.store.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
});
afterAll(() => engines?.close());

test("one household's number asks whether two are a family; it goes with the import that said it, and comes again", async () => {
  const { db, people, workspace, at } = await prepared();
  const said = async (by: number, numbers: readonly string[]) => {
    const nodes = await people.identity.resolve(
      workspace,
      numbers.map((_, i) => ({
        identifiers: [{ namespace: "user", value: `u${i}` }],
        source: 1,
        message: `${by} ${i}`,
        at,
        rule: "same-row" as const,
      })),
    );
    await people.recordStatements(
      workspace,
      numbers.map((household, i) => ({
        kind: "traits" as const,
        node: nodes[i]?.[0] ?? 0,
        at,
        traits: { household },
        import: by,
      })),
    );
  };
  const asked = async () => {
    await suggestHouseholds(db, people.vault, workspace, at);
    return (await sql`select kind, score, evidence from review_item`.execute(db)).rows;
  };
  const question = { kind: "household", score: 0.9, evidence: { signs: ["number"], persons: 2 } };
  await said(5, ["会员 H-17", "会员 h-17", "会员 H-18", "0", "0", "无"]);
  expect(await asked()).toEqual([question]);
  await takeBackTraits({ ...engines, cluster: null }, workspace, 5, async () => undefined);
  expect((await sql`select from household_sign`.execute(db)).rows).toEqual([]);
  expect(await asked()).toEqual([]);
  await said(6, ["会员 H-17", "会员 H-17"]);
  expect(await asked()).toEqual([question]);
});

async function prepared() {
  const { id: workspace } = await testWorkspace(engines);
  const people = testPeople(engines);
  await people.prepare();
  return { db: engines.db, people, workspace, at: engines.clock.now() };
}
