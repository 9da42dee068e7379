import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import { ch, u32 } from "../platform/clickhouse.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { takeBackChildren } from "./child-undo.store.ts";
import type { Sighting } from "./identity.ts";
import type { People } from "./people.store.ts";
import { createRecorder } from "./statements.store.ts";
import type { ChildStatement, ConsentStatement } from "./statements.ts";
import { findVaultTraits } from "./trait.store.ts";

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

const at = new Date("2026-05-01T00:00:00Z");
const later = new Date("2026-05-02T00:00:00Z");

async function nodesOf(...groups: string[][]): Promise<number[]> {
  const sightings = groups.map(
    (texts): Sighting => ({
      identifiers: texts.map((text) => {
        const [namespace = "", value = ""] = text.split("=");
        return { namespace, value };
      }),
      source: 1,
      message: "m",
      at,
      rule: "same-message",
    }),
  );
  return (await people.identity.resolve(workspace.id, sightings)).map(([first]) => first as number);
}

const child = (node: number, more: Partial<ChildStatement>): ChildStatement => ({
  kind: "child",
  node,
  at,
  statedBy: "source:1",
  ...more,
});

const children = () =>
  engines.db.selectFrom("child").selectAll().where("workspace_id", "=", workspace.id).orderBy("id").execute();
const copies = () =>
  engines.clickhouse.query<{
    child: number;
    born: string | null;
    due: string | null;
    usable: number;
    removed: number;
  }>(
    ch`select child, toString(born_on) as born, toString(due_on) as due, usable, removed from child final
       where workspace = ${u32(workspace.id)} order by child`,
  );

describe("children", () => {
  test("an import taken back leaves what others said of a child, and takes along what it alone said", async () => {
    const [mother, other] = (await nodesOf(["user=u1"], ["user=u2"])) as [number, number];
    const hers = (more: Partial<ChildStatement>) => child(mother, { key: "1", ...more });
    await people.recordStatements(workspace.id, [hers({ bornOn: "2026-01-05" })]);
    await people.recordStatements(workspace.id, [
      hers({ bornOn: "2026-01-06", statedBy: "import:7", at: later }),
      child(other, { bornOn: "2025-03-01", statedBy: "import:7", at: later }),
    ]);
    const latest = new Date("2026-05-03T00:00:00Z");
    await people.recordStatements(workspace.id, [
      hers({ bornOn: "2026-01-07", statedBy: "import:8", at: latest }),
    ]);
    const undo = (number: number, ...taken: string[]) =>
      takeBackChildren(engines, workspace.id, { statedBy: `import:${number}`, taken }, latest);
    expect(await undo(7)).toEqual([other]);
    expect(await undo(8, "import:7")).toEqual([mother]);
    expect(await undo(8, "import:7")).toEqual([]);
    expect(await children()).toMatchObject([
      { node: mother, born_on: "2026-01-05", stated_by: "source:1", removed_at: null },
      { node: other, removed_at: latest },
    ]);
    expect(await copies()).toMatchObject([{ born: "2026-01-05", removed: 0 }, { removed: 1 }]);
  });

  test("a family's children over months: expected, born, said again by another shop, a second one", async () => {
    const [user, phone] = (await nodesOf(["user=u1", "phone=13912345671"], ["phone=13912345671"])) as [
      number,
      number,
    ];
    const { recordStatements } = people;
    expect(await recordStatements(workspace.id, [child(user, { dueOn: "2026-06-20" })])).toMatchObject({
      childrenAdded: 1,
    });
    expect(
      await recordStatements(workspace.id, [
        child(phone, {
          bornOn: "2026-05-30",
          name: "豆豆",
          genderCode: "0",
          at: later,
          statedBy: "import:4",
        }),
      ]),
    ).toMatchObject({ childrenAdded: 0, childrenChanged: 1 });
    expect(
      await recordStatements(workspace.id, [
        child(phone, { bornOn: "2026-05-30", name: "豆豆", at: later }),
        child(user, { bornOn: "2023-01-01" }),
        child(user, { bornOn: "2023-01-01", statedBy: "source:2" }),
      ]),
    ).toEqual({ childrenAdded: 1, childrenChanged: 0, childrenMarked: 0 });
    const kept = await children();
    expect(
      kept.map(({ node, born_on, due_on, gender, gender_code }) => ({
        node,
        born_on,
        due_on,
        gender,
        gender_code,
      })),
    ).toEqual([
      { node: user, born_on: "2026-05-30", due_on: "2026-06-20", gender: "unknown", gender_code: "0" },
      // What was said at the phone is kept there, for the day the two turn out to be two.
      { node: phone, born_on: "2026-05-30", due_on: null, gender: "unknown", gender_code: "0" },
      { node: user, born_on: "2023-01-01", due_on: null, gender: null, gender_code: null },
    ]);
    expect(people.vault.open(workspace.id, kept[0]?.sealed_name as Buffer)).toBe("豆豆");
    expect(await copies()).toEqual([
      { child: kept[0]?.id, born: "2026-05-30", due: "2026-06-20", usable: 1, removed: 0 },
      { child: kept[1]?.id, born: null, due: null, usable: 1, removed: 1 },
      { child: kept[2]?.id, born: "2023-01-01", due: null, usable: 1, removed: 0 },
    ]);
  });

  test("impossible dates are kept and marked, and have no stage", async () => {
    const [node] = (await nodesOf(["taobao=1"])) as [number];
    const recorded = await people.recordStatements(
      workspace.id,
      ["1884-01-01", "2084-01-01", "2026-02-30"].map((bornOn) => child(node, { bornOn })),
    );
    expect(recorded).toEqual({ childrenAdded: 3, childrenChanged: 0, childrenMarked: 3 });
    expect((await children()).map(({ key, born_on, marks }) => [key, born_on, marks])).toEqual([
      ["1884-01-01", "1884-01-01", ["date-impossible"]],
      ["2084-01-01", "2084-01-01", ["date-impossible"]],
      ["2026-02-30", null, ["date-impossible"]],
    ]);
    expect((await copies()).every(({ usable }) => usable === 0)).toBe(true);
  });

  test("a birth told to one shop ends the pregnancy told to another, once both are known to be one mother", async () => {
    const [one, two] = (await nodesOf(["member:a=1"], ["member:b=1"])) as [number, number];
    await people.recordStatements(workspace.id, [
      child(one, { dueOn: "2026-06-20" }),
      child(two, { bornOn: "2026-05-30", statedBy: "source:2" }),
      child(two, { bornOn: "2021-05-30", statedBy: "source:2" }),
    ]);
    expect((await copies()).filter(({ removed }) => removed === 0)).toHaveLength(3);
    await nodesOf(["member:a=1", "member:b=1"]);
    expect((await copies()).filter(({ removed }) => removed === 0).map(({ born }) => born)).toEqual([
      "2026-05-30",
      "2021-05-30",
    ]);
    expect((await children())[0]).toMatchObject({ due_on: "2026-06-20", marks: ["same-child"] });
    // Killed right after the join: the next start finishes it.
    await engines.db.updateTable("child").set({ removed_at: null }).where("node", "=", one).execute();
    const restarted = testPeople(engines);
    await restarted.prepare();
    expect((await children())[0]?.removed_at).not.toBeNull();
    restarted.stop();
  });

  test("told twice at the same moment by two servers, a child is there once", async () => {
    const [node] = (await nodesOf(["user=u1"])) as [number];
    const other = createRecorder({ ...engines, vault: people.vault });
    const said = [child(node, { bornOn: "2025-01-01" })];
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => (i % 2 ? other : people.recordStatements)(workspace.id, said)),
    );
    expect(await children()).toHaveLength(1);
  });

  test("a copy that failed goes with the next, and a stop in between is made good at start", async () => {
    const [node] = (await nodesOf(["user=u1"])) as [number];
    let broken = true;
    const clickhouse: ClickHouse = {
      ...engines.clickhouse,
      insert: (table, rows) =>
        broken ? Promise.reject(new Error("away")) : engines.clickhouse.insert(table, rows),
    };
    const record = createRecorder({ ...engines, clickhouse, vault: people.vault });
    const said = [child(node, { bornOn: "2025-01-01" })];
    await expect(record(workspace.id, said)).rejects.toThrow("away");
    await expect(
      createRecorder({ ...engines, clickhouse, vault: people.vault })(workspace.id, [
        child(node, { bornOn: "2022-01-01" }),
      ]),
    ).rejects.toThrow("away");
    broken = false;
    await record(workspace.id, [...said, child(node, { bornOn: "2020-01-01" })]);
    expect((await copies()).map(({ born }) => born)).toEqual(["2025-01-01", "2020-01-01"]);
    const restarted = testPeople(engines);
    await restarted.prepare();
    expect((await copies()).map(({ born }) => born)).toEqual(["2025-01-01", "2022-01-01", "2020-01-01"]);
    restarted.stop();
  });
});

describe("traits", () => {
  test("what identifies goes to the vault, the newest word stays, the rest is for segments", async () => {
    const [node] = (await nodesOf(["user=u1"])) as [number];
    await people.recordStatements(workspace.id, [
      { kind: "traits", node, at: later, traits: { name: "王小明", city: "杭州市", vip: true } },
      { kind: "traits", node, at, traits: { name: "王大明", address: "浙江省杭州市西湖区文一路 1 号" } },
    ]);
    await people.recordStatements(workspace.id, [{ kind: "traits", node, at, traits: { name: "王老明" } }]);
    const sealed = await findVaultTraits(engines.db, people.vault, workspace.id, [node]);
    expect(sealed.map(({ key, value }) => [key, value])).toEqual([
      ["address", "浙江省杭州市西湖区文一路 1 号"],
      ["name", "王小明"],
    ]);
    const plain = await engines.clickhouse.query<{ key: string; value: string }>(
      ch`select key, value from trait final where workspace = ${u32(workspace.id)} order by key`,
    );
    expect(plain).toEqual([
      { key: "city", value: "杭州市" },
      { key: "district", value: "西湖区" },
      { key: "province", value: "浙江省" },
      { key: "vip", value: "true" },
    ]);
  });
});

describe("consent", () => {
  const said = (
    node: number,
    state: "granted" | "withdrawn",
    day: number,
    saidBy = "source:1",
  ): ConsentStatement => ({
    kind: "consent",
    node,
    purpose: "marketing",
    state,
    saidBy,
    at: new Date(Date.UTC(2026, 4, day)),
  });
  const words = () =>
    engines.db
      .selectFrom("consent")
      .select(["node", "state", "said_by"])
      .where("workspace_id", "=", workspace.id)
      .orderBy("id")
      .execute();

  test("a stale profile sent again takes back no withdrawal; a new word does, at every node of the person", async () => {
    const [user, phone] = (await nodesOf(["user=u1", "phone=13912345671"], ["phone=13912345671"])) as [
      number,
      number,
    ];
    await people.recordStatements(workspace.id, [said(phone, "granted", 1)]);
    await people.recordStatements(workspace.id, [said(phone, "withdrawn", 2, "link")]);
    await people.recordStatements(workspace.id, [said(phone, "granted", 3), said(phone, "granted", 4)]);
    // The no is kept at either, so that both have it should they part.
    expect((await words()).slice(1).map(({ state }) => state)).toEqual(["withdrawn", "withdrawn"]);
    await people.recordStatements(workspace.id, [said(user, "granted", 5, "user:staff")]);
    expect((await words()).slice(3).sort((a, b) => a.node - b.node)).toEqual(
      [user, phone].sort((a, b) => a - b).map((node) => ({ node, state: "granted", said_by: "user:staff" })),
    );
  });
});

test("six thousand persons and their children are taken down at once", async () => {
  const groups = Array.from({ length: 6_000 }, (_, i) => [`taobao=${i + 1}`, `member:tmall=${i + 1}`]);
  const nodes = await nodesOf(...groups);
  await people.recordStatements(
    workspace.id,
    nodes.flatMap((node, i) => [
      child(node, { bornOn: `20${10 + (i % 16)}-01-15` }),
      { kind: "traits" as const, node, at, traits: { name: `王${i}`, city: "杭州市" } },
    ]),
  );
  expect(
    await engines.db.selectFrom("child").select("id").where("workspace_id", "=", workspace.id).execute(),
  ).toHaveLength(6_000);
});
