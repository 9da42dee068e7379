import type { Condition } from "@stork/contract/segments.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import type { People } from "../people/people.store.ts";
import { timestamp } from "../people/timestamp.ts";
import { ch, u32 } from "../platform/clickhouse.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { personsMatching } from "./compile.ts";
import { listMembers } from "./membership.store.ts";
import { Refresher } from "./refresher.job.ts";
import { findSegments, insertSegment, savedSegments } from "./segments.store.ts";

const start = new Date("2026-06-01T04:00:00Z");
const day = 86_400_000;
let engines: TestEngines;
let people: People;

beforeAll(async () => {
  engines = await testEngines({ now: start.toISOString() });
  people = testPeople(engines);
  await people.prepare();
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

const bought: Condition = { kind: "did", event: "Order Completed", count: { op: ">=", value: 2 } };
const conditions: Condition[] = [
  bought,
  { kind: "did", event: "Order Completed", withinDays: 7 },
  { kind: "did", event: "Order Completed", count: { op: "=", value: 0 }, withinDays: 7 },
  { kind: "trait", key: "city", op: "=", value: "杭州" },
  { kind: "stage", in: ["pregnancy-3", "0-1", "1-3"] },
  { kind: "not", of: { kind: "any", of: [bought, { kind: "childAge", fromDays: 0, toDays: 60 }] } },
];

let messages = 0;
/** Makes sure of the nodes of these identifiers (one person), and tells facts of the first. */
async function tell(
  workspace: WorkspaceRef,
  values: readonly string[],
  facts: { order?: boolean; city?: string; born?: string },
) {
  const now = engines.clock.now();
  const identifiers = values.map((value) => ({
    namespace: value.startsWith("d") ? "device" : `member:${value.slice(0, 1)}`,
    value,
  }));
  const [nodes = []] = await people.identity.resolve(workspace.id, [
    { identifiers, source: 1, message: "m", at: now, rule: "same-message" },
  ]);
  const node = nodes[0]!;
  const at = timestamp(now);
  if (facts.order)
    await engines.clickhouse.insert("event", [
      {
        workspace: workspace.id,
        node,
        message: String(++messages),
        at,
        received: at,
        type: "track",
        name: "Order Completed",
        source: 1,
      },
    ]);
  if (facts.city)
    await engines.clickhouse.insert("trait", [
      { workspace: workspace.id, node, key: "city", value: facts.city, at },
    ]);
  if (facts.born)
    await engines.clickhouse.insert("child", [
      {
        workspace: workspace.id,
        child: ++messages,
        node,
        born_on: facts.born,
        due_on: null,
        stated: 1,
        confidence: 1,
        usable: 1,
        removed: 0,
        version: 1,
      },
    ]);
  return nodes;
}

async function stored(workspace: WorkspaceRef, segment: number): Promise<number[]> {
  const members = await listMembers(engines.clickhouse, workspace.id, segment, { after: 0, limit: 10_000 });
  return members.map(({ person }) => person);
}

async function selected(workspace: WorkspaceRef, where: Condition): Promise<number[]> {
  await people.personMap.settled();
  const all = savedSegments(await findSegments(engines.db, workspace.id));
  const rows = await engines.clickhouse.query<{ person: number }>(
    personsMatching(workspace, where, engines.clock.now(), { segments: all }),
  );
  return rows.map(({ person }) => person).sort((a, b) => a - b);
}

const refresher = () => new Refresher({ ...engines, personMap: people.personMap });

async function workspaceWithSegments(keeper: Refresher): Promise<{ workspace: WorkspaceRef; ids: number[] }> {
  const workspace = await testWorkspace(engines);
  const ids: number[] = [];
  for (const where of conditions) {
    const { id } = await insertSegment(engines.db, workspace.id, { name: "s", where }, engines.clock.now());
    await keeper.evaluate(workspace, id);
    ids.push(id);
  }
  return { workspace, ids };
}

async function expectTrue(workspace: WorkspaceRef, ids: readonly number[], when: string): Promise<void> {
  for (const [i, where] of conditions.entries()) {
    expect(await stored(workspace, ids[i]!), `${when}: ${JSON.stringify(where)}`).toEqual(
      await selected(workspace, where),
    );
  }
}

describe("stored membership", () => {
  test("stays what the conditions select, through events, traits, births, joins and time", async () => {
    const keeper = refresher();
    const { workspace, ids } = await workspaceWithSegments(keeper);
    let state = 7;
    const below = (n: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    for (let round = 0; round < 8; round++) {
      for (let i = 0; i < 6; i++) {
        const who = [`${"abc"[below(3)]}${below(6)}`];
        // Sometimes two identifiers are seen together: persons become one.
        if (below(3) === 0) who.push(`${"abc"[below(3)]}${below(6)}`);
        const born = new Date(engines.clock.now().getTime() - (below(120) - 60) * day)
          .toISOString()
          .slice(0, 10);
        const facts = [{ order: true }, { city: below(2) === 0 ? "杭州" : "上海" }, { born }, {}][below(4)]!;
        keeper.touched(workspace.id, await tell(workspace, who, facts));
      }
      await keeper.settled();
      await expectTrue(workspace, ids, `round ${round}`);
      if (round % 4 === 3) {
        engines.clock.advance(3 * day);
        await keeper.sweep();
        await keeper.settled();
        await expectTrue(workspace, ids, `after three days, round ${round}`);
      }
    }
    await keeper.stop();
    // Every change was noted once: in the log of changes nobody comes or goes twice in a row.
    const turns = await engines.clickhouse.query<{ odd: number }>(ch`
      select countIf(abs(balance) > 1) as odd from (
        select segment, person, sum(if(member = 1, 1, -1)) as balance
        from membership_change where workspace = ${u32(workspace.id)} group by segment, person)`);
    expect(turns).toEqual([{ odd: 0 }]);
  });

  test("is put right at the next start for what happened while nobody looked", async () => {
    const first = refresher();
    const { workspace, ids } = await workspaceWithSegments(first);
    await tell(workspace, ["a1"], { order: true });
    await tell(workspace, ["a1", "b1"], { order: true });
    await first.stop();
    expect(await stored(workspace, ids[0]!)).toEqual([]);
    const second = refresher();
    await second.sweep();
    await second.settled();
    await expectTrue(workspace, ids, "after the start");
    expect(await stored(workspace, ids[0]!)).toHaveLength(1);
    await second.stop();
  });

  test("follows by itself, in real time", async () => {
    const keeper = refresher();
    keeper.start();
    const { workspace, ids } = await workspaceWithSegments(keeper);
    await tell(workspace, ["a1"], { order: true });
    keeper.touched(workspace.id, await tell(workspace, ["a1"], { order: true }));
    await expect.poll(async () => (await stored(workspace, ids[0]!)).length).toBeGreaterThan(0);
    await keeper.stop();
  });

  test("when more is touched than can be looked at singly, everybody is looked at", async () => {
    const keeper = refresher();
    const { workspace, ids } = await workspaceWithSegments(keeper);
    await tell(workspace, ["a1"], { city: "杭州" });
    keeper.touched(
      workspace.id,
      Array.from({ length: 20_001 }, (_, i) => 1_000_000 + i),
    );
    await keeper.settled();
    await expectTrue(workspace, ids, "after the flood");
    expect(await stored(workspace, ids[3]!)).toHaveLength(1);
    await keeper.stop();
  });
});
