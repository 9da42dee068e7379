import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestEngines, testEngines } from "../../test/engines.ts";
import { condition, now, type World, world } from "../../test/random-conditions.ts";
import { createPersonMap, type PersonMap } from "../people/person-map.store.ts";
import { timestamp } from "../people/timestamp.ts";
import { ch } from "../platform/clickhouse.ts";
import { holdsFor, personsMatching } from "./compile.ts";
import type { EventFact, Facts, SavedSegment, TraitFact } from "./condition.ts";
import { todayIn } from "./today.ts";

/** Every condition has two evaluators; on random families, with merges, repeats and dirt, they must agree. */

const timeZone = "Asia/Shanghai";
const day = 86_400_000;

let engines: TestEngines;
let personMap: PersonMap;
beforeAll(async () => {
  engines = await testEngines({ now: now.toISOString() });
  personMap = createPersonMap(engines.clickhouse, engines.log);
  await personMap.prepare();
});
afterAll(() => engines.close());

const segments = new Map<string, SavedSegment>([
  ["1", { name: "bought", where: { kind: "did", event: "Order Completed" } }],
  [
    "2",
    {
      name: "not bought lately",
      where: {
        kind: "not",
        of: {
          kind: "all",
          of: [
            { kind: "member", segment: "1" },
            { kind: "did", event: "Order Completed", withinDays: 30 },
          ],
        },
      },
    },
  ],
]);

interface Stored {
  workspace: number;
  persons: Map<number, { nodes: number[]; facts: Facts }>;
}
let nextWorkspace = 1;
let nextNode = 1;

async function store(world: World): Promise<Stored> {
  const workspace = nextWorkspace++;
  const { clickhouse } = engines;
  const first = nextNode;
  nextNode += world.length;
  const persons: Stored["persons"] = new Map();
  // A person is named by the first of its nodes.
  const personOf = world.map(({ owner }) => first + world.findIndex((other) => other.owner === owner));
  const events: object[] = [];
  const traits: object[] = [];
  const children: object[] = [];
  world.forEach((node, i) => {
    const id = first + i;
    const person = personOf[i]!;
    const known = persons.get(person) ?? { nodes: [], facts: { events: [], traits: [], children: [] } };
    persons.set(person, known);
    known.nodes.push(id);
    const facts = known.facts as { events: EventFact[]; traits: TraitFact[]; children: object[] };
    node.events.forEach(({ daysAgo, repeats, items, ...event }, j) => {
      const at = new Date(Math.round(now.getTime() - daysAgo * day));
      facts.events.push({ ...event, at, items });
      const row = {
        workspace,
        node: id,
        message: String(j + 1),
        at: timestamp(at),
        type: "track",
        name: event.name,
        source: 1,
        import: 0,
        order_id: event.orderId,
        amount_fen: event.amountFen,
        quantity: event.quantity,
        "item.sku": items.map(({ sku }) => sku),
        "item.category": items.map(({ category }) => category),
        "item.quantity": items.map(() => 1),
        "item.amount_fen": items.map(() => 0),
        marks: [],
        excluded: event.excluded ? 1 : 0,
        properties: JSON.stringify(event.properties),
      };
      for (let k = 0; k < repeats; k++)
        events.push({ ...row, received: timestamp(new Date(now.getTime() + k)) });
    });
    node.traits.forEach(({ key, value }) => {
      const at = new Date(now.getTime() - ((i * 7) % 5) * day);
      facts.traits.push({ node: id, key, value, at });
      traits.push(
        { workspace, node: id, key, value: "older", at: timestamp(new Date(at.getTime() - 60_000)) },
        { workspace, node: id, key, value, at: timestamp(at) },
      );
    });
    node.children.forEach(({ dates, usable, removed }, j) => {
      if (usable && !removed) facts.children.push(dates);
      children.push({
        workspace,
        child: id * 10 + j,
        node: id,
        born_on: "bornOn" in dates ? dates.bornOn : null,
        due_on: "dueOn" in dates ? dates.dueOn : null,
        stated: 1,
        confidence: 1,
        usable: usable ? 1 : 0,
        removed: removed ? 1 : 0,
        version: 1,
      });
    });
  });
  // In several inserts, so that repeats lie in different parts.
  for (let k = 0; k < 3; k++)
    await clickhouse.insert(
      "event",
      events.filter((_, i) => i % 3 === k),
    );
  await clickhouse.insert("trait", traits);
  await clickhouse.insert("child", children);
  await clickhouse.insert(
    "node",
    world.map((_, i) => ({ workspace, node: first + i, created: "2026-01-01 00:00:00" })),
  );
  await clickhouse.insert(
    "person_of",
    personOf.flatMap((person, i) => (person === first + i ? [] : [{ node: first + i, person, version: 1 }])),
  );
  await clickhouse.command(ch`system reload dictionary person_map`);
  return { workspace, persons };
}

const settle = async (statement: {
  text: string;
  params: Readonly<Record<string, unknown>>;
}): Promise<number[]> =>
  (await engines.clickhouse.query<{ person: number }>(statement))
    .map(({ person }) => Number(person))
    .sort((a, b) => a - b);

describe("SQL and memory", () => {
  test("select the same persons, each once, all at a time and some at a time", async () => {
    let matched = 0;
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(condition, { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 0, max: 63 }),
        async (world, conditions, mask) => {
          const { workspace, persons } = await store(world);
          const where = { id: workspace, timeZone };
          const moment = { now, today: todayIn(timeZone, now), segments };
          const some = [...persons].filter((_, i) => (mask >> i) & 1);
          const only = {
            nodes: some.flatMap(([, { nodes }]) => nodes),
            persons: some.flatMap(([person, { nodes }]) => nodes.map(() => person)),
          };
          for (const condition of conditions) {
            const expected = [...persons]
              .filter(([, { facts }]) => holdsFor(condition, facts, moment))
              .map(([person]) => person)
              .sort((a, b) => a - b);
            const statement = personsMatching(where, condition, now, { segments });
            await engines.clickhouse.query({ ...statement, text: `explain ${statement.text}` });
            expect(await settle(statement), JSON.stringify(condition)).toEqual(expected);
            const restricted = await settle(personsMatching(where, condition, now, { segments, only }));
            expect(restricted, `restricted ${JSON.stringify(condition)}`).toEqual(
              expected.filter((person) => only.persons.includes(person)),
            );
            matched += expected.length;
            asked += persons.size;
          }
        },
      ),
      {
        numRuns: Number(process.env["STORK_PARITY_RUNS"] ?? 40),
        seed: Number(process.env["STORK_PARITY_SEED"] ?? 20260601),
        endOnFailure: false,
      },
    );
    // A test whose conditions hold for nobody, or for everybody, would prove little.
    expect(matched / asked).toBeGreaterThan(0.15);
    expect(matched / asked).toBeLessThan(0.85);
  });
});
