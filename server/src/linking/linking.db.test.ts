import { LinkEvidence } from "@stork/contract/linking.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordsOfFamily } from "../../../bench/linking/families.ts";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { openPeople, type People } from "../people/people.store.ts";
import { findModel } from "./model.store.ts";
import { linkingTasks, startRun } from "./run.job.ts";
import type { RunDeps } from "./run-deps.ts";
import { countLinks, findSetting, setThresholds } from "./setting.store.ts";
import type { Told } from "./told.ts";

let engines: TestEngines;
let people: People;
let deps: RunDeps;
const at = new Date("2026-06-01T04:00:00Z");

beforeAll(async () => {
  engines = await testEngines();
  const keysOf = (id: number) => engines.workspaceKeys(engines.db, id);
  people = openPeople({ ...engines, keysOf });
  await people.prepare();
  deps = { ...engines, keysOf, changes: people.changes };
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

const nobody: Told = { names: [], phones: [], emails: [], addresses: [], birthdays: [], childBirthdays: [] };

/** Members of a shop, each with what one form of theirs says. */
async function join(workspace: number, shop: string, told: readonly Partial<Told>[]): Promise<number[]> {
  const sightings = told.map((_, i) => ({
    identifiers: [{ namespace: `member:${shop}`, value: `${shop}-${i}` }],
    ...{ source: 1, message: `${shop}${i}`, at, rule: "same-row" as const },
  }));
  const resolved = await people.identity.resolve(workspace, sightings);
  const nodes = resolved.flat();
  await people.recordStatements(
    workspace,
    told.flatMap((one, i) => {
      const { names, phones, addresses, birthdays, childBirthdays } = { ...nobody, ...one };
      const traits = {
        ...(names[0] === undefined ? {} : { name: names[0] }),
        ...(phones[0] === undefined ? {} : { phone: phones[0] }),
        ...(addresses[0] === undefined ? {} : { address: addresses[0] }),
        ...(birthdays[0] === undefined ? {} : { birthday: birthdays[0] }),
      };
      const node = nodes[i] as number;
      const born = childBirthdays[0]?.replace(/年|月/g, "-").replace("日", "").split("-");
      const bornOn = born?.map((each) => each.padStart(2, "0")).join("-");
      return [
        { kind: "traits" as const, node, at, traits },
        ...(bornOn === undefined || Number(born?.[1]) > 12 || bornOn > "2026-05-30"
          ? []
          : [{ kind: "child" as const, node, at, bornOn, statedBy: "source:1", marks: [] }]),
      ];
    }),
  );
  return nodes;
}

const run = async (workspace: number): Promise<void> => {
  await startRun(deps, workspace);
  await engines.runJobs(linkingTasks(deps));
};
const asked = async (workspace: number) => {
  const { rows } = await sql<{ a: number; b: number; score: number; evidence: unknown; state: string }>`
    select a, b, score, evidence, state from review_item
    where workspace_id = ${workspace} and kind = 'same-person' order by a, b`.execute(engines.db);
  return rows;
};
const personsOf = async (nodes: readonly number[]): Promise<number[]> => {
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where id = any(${nodes}::bigint[])`.execute(engines.db);
  return nodes.map((node) => rows.find(({ id }) => id === node)?.person ?? 0);
};

test("one mother in two shops is asked about, with reasons that name nobody; a stranger is not", async () => {
  const { id } = await testWorkspace(engines);
  const [a, b] = await join(id, "tmall", [
    {
      names: ["张伟"],
      phones: ["138****1234"],
      addresses: ["浙江省杭州市西湖区文一西路88号翠湖天地3幢2单元501室"],
    },
    {
      names: ["张炜"],
      phones: ["13800001234"],
      addresses: ["浙江杭州西湖区翠湖天地3号楼2单元501"],
      childBirthdays: ["2026-01-05"],
    },
    { names: ["李娜"], phones: ["13911112222"], addresses: ["广东省深圳市南山区科技路1号"] },
  ]);
  await run(id);
  const items = await asked(id);
  expect(items.map((item) => [item.a, item.b])).toEqual([[a, b]]);
  const evidence = LinkEvidence.parse(items[0]?.evidence);
  expect(evidence.steps.map(({ field, level }) => [field, level])).toEqual([
    ["names", 4],
    ["phones", 4],
    ["emails", null],
    ["addresses", expect.any(Number)],
    ["birthdays", null],
    ["childBirthdays", null],
  ]);
  const sum = evidence.steps.reduce((bits, step) => bits + step.bits, evidence.priorBits);
  expect(sum).toBeCloseTo(evidence.weight, 6);
  expect(evidence.chance).toBeGreaterThan(0.6);

  const { rows } = await sql<{ dump: string }>`
    select string_agg(row_to_json(each)::text, ' ') as dump from (
      select row_to_json(link_key)::text as x from link_key union all select row_to_json(link_model)::text from link_model
      union all select row_to_json(link_person)::text from link_person union all select evidence::text from review_item
    ) as each`.execute(engines.db);
  // Not the last four digits by themselves: a key is a number, and may happen to have them.
  expect(rows[0]?.dump).not.toMatch(/张|炜|\*1234|00001234|翠湖|zhang|2026-01-05/);
  expect(await findModel(engines.db, id)).toMatchObject({ version: 1, builtIn: true, persons: 3 });
  expect(await findSetting(engines.db, id)).toMatchObject({ suggested: 1, joined: 0, trouble: null });
});

test("a new record is compared with those before it, and nobody is asked twice", async () => {
  const { id } = await testWorkspace(engines);
  const lin = {
    names: ["林雨桐"],
    birthdays: ["1992-08-03"],
    addresses: ["上海市浦东新区世纪大道100号3幢501"],
  };
  const [first] = await join(id, "tmall", [lin, { names: ["王芳"], birthdays: ["1990-01-01"] }]);
  await run(id);
  expect(await asked(id)).toEqual([]);
  expect(await countLinks(engines.db, id)).toEqual({ persons: 2, pending: 0, waiting: 0 });

  const [second] = await join(id, "jd", [{ ...lin, birthdays: ["1992-03-08"] }]);
  await run(id);
  expect(await findSetting(engines.db, id)).toMatchObject({ compared: 1, suggested: 1 });
  await sql`update review_item set state = 'rejected' where workspace_id = ${id}`.execute(engines.db);
  await join(id, "jd", [lin]);
  await run(id);
  expect((await asked(id)).map(({ a, b, state }) => [a, b, state])).toEqual([[first, second, "rejected"]]);
});

test("what another model asked is weighed anew, and taken back where today's would not ask it; so is what was put right", async () => {
  const { id } = await testWorkspace(engines);
  const chen = { names: ["陈思涵"], phones: ["13712345678"], birthdays: ["1993-11-20"] };
  const liu = { names: ["刘诗雨"], phones: ["13912345678"], birthdays: ["1991-02-03"] };
  const [chen1, liu1] = await join(id, "tmall", [chen, liu]);
  const [chen2, liu2] = await join(id, "jd", [chen, { ...liu, names: ["刘施雨"] }]);
  await run(id);
  const pairs = async () => (await asked(id)).map(({ a, b }) => [a, b]);
  const both = [
    [chen1, chen2],
    [liu1, liu2],
  ];
  expect(await pairs()).toEqual(both);
  // An older model asked about two who have nothing in common; somebody put that off.
  await sql`
    insert into review_item (workspace_id, kind, a, b, score, evidence, state, found_at)
    values (${id}, 'same-person', ${chen1}, ${liu1}, 0.9, '{"model":0}', 'later', ${at})`.execute(engines.db);
  await run(id);
  expect(await pairs()).toEqual(both);
  expect(await findSetting(engines.db, id)).toMatchObject({ suggested: 2, withdrawn: 1 });
  // The second form was another woman's: her name, her phone.
  const traits = { name: "高敏", phone: "13099998888", birthday: "1980-07-07" };
  await people.recordStatements(id, [{ kind: "traits", node: liu2 as number, at: new Date(), traits }]);
  await run(id);
  expect(await pairs()).toEqual([both[0]]);
  expect(await findSetting(engines.db, id)).toMatchObject({ withdrawn: 1 });
});

test("certain ones are joined where the workspace wants it, as a decision that can be taken back", async () => {
  const { id } = await testWorkspace(engines);
  const setting = { review: 0.6, certain: 0.99, joinCertain: true, automatic: false };
  await setThresholds(engines.db, id, setting, { by: "user:1", at });
  const chen = { names: ["陈思涵"], phones: ["13712345678"], birthdays: ["1993-11-20"] };
  const both = [...(await join(id, "tmall", [chen])), ...(await join(id, "jd", [chen]))];
  await run(id);
  expect(new Set(await personsOf(both)).size).toBe(1);
  expect(await findSetting(engines.db, id)).toMatchObject({ suggested: 0, joined: 1 });
  const { rows } = await sql<{ id: number }>`
    select id from identity_decision where workspace_id = ${id} and who = 'linking'`.execute(engines.db);
  await people.changes.undo(id, rows[0]?.id ?? 0, { who: "user:1", reason: "two sisters" });
  expect(new Set(await personsOf(both)).size).toBe(2);
});

test("with enough records the workspace's own model is learned, and what it asks is mostly right", async () => {
  const { id } = await testWorkspace(engines);
  const records = Array.from({ length: 700 }, (_, family) => recordsOfFamily(7, family)).flat();
  const nodes = await join(
    id,
    "shop",
    records.map(({ told }) => told),
  );
  await run(id);
  expect(await findModel(engines.db, id)).toMatchObject({ builtIn: false });
  const truth = new Map(nodes.map((node, i) => [node, records[i]?.person]));
  const items = await asked(id);
  const right = items.filter(({ a, b }) => truth.get(a) === truth.get(b)).length;
  expect(right / items.length).toBeGreaterThan(0.95);
  expect(right).toBeGreaterThan(500);
});
