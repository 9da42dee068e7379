import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { holdsIn, stateIn } from "../../test/identity-state.ts";
import { changeFor, ids, pick, refused, seen, sighting, step } from "../../test/identity-steps.ts";
import { testPeople } from "../../test/people.ts";
import { ch, u32 } from "../platform/clickhouse.ts";
import { findDecision } from "./decisions.store.ts";
import { findMeanwhile } from "./meanwhile.store.ts";
import type { People } from "./people.store.ts";
import { personOf } from "./person-map.ts";
import { identityTasks } from "./rejudge.job.ts";

let engines: TestEngines;
let people: People;
const changed: number[][] = [];

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  people.onChanged.push(async (_workspace, persons) => {
    changed.push([...persons]);
  });
  await people.prepare();
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

const said = { who: "user:1", reason: "看过两边的资料" };
/** STORK_RUNS=500 looks longer. */
const runs = Number(process.env["STORK_RUNS"] ?? 6);
const holds = (workspace: number) => holdsIn(engines.db, workspace);
const stateOf = (workspace: number) => stateIn(engines.db, workspace);

describe("over any history of events, merges, splits and undoing", () => {
  test("the persons are the components of what joins, and nobody who was kept apart is one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const { id } = await testWorkspace(engines);
        const decisions: number[] = [];
        for (const one of steps) {
          if (one.do === "tell") await people.identity.resolve(id, one.sightings);
          else if (one.do === "unbind") await people.identity.resolve(id, [one.one]);
          else if (one.do === "undo") {
            const decision = decisions[one.x % decisions.length];
            if (decision !== undefined) await people.changes.undo(id, decision, said).catch(refused);
          } else {
            const change = changeFor(one.do, await stateOf(id), one.x, one.y);
            const made = change === null ? null : await people.changes.make(id, change, said).catch(refused);
            if (made !== null) decisions.push(made.decision);
          }
          await holds(id);
        }
      }),
      { numRuns: runs },
    );
  });

  test("what was decided and taken back again, last first, leaves everything as it was", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(sighting, { minLength: 4, maxLength: 16 }),
        fc.array(
          fc.record({
            kind: fc.constantFrom("merge" as const, "split" as const, "share" as const),
            x: pick,
            y: pick,
          }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        async (told, wanted) => {
          const { id } = await testWorkspace(engines);
          await people.identity.resolve(id, told);
          const before = await stateOf(id);
          const decisions: number[] = [];
          for (const { kind, x, y } of wanted) {
            const change = changeFor(kind, await stateOf(id), x, y);
            const made = change === null ? null : await people.changes.make(id, change, said).catch(refused);
            if (made !== null) decisions.push(made.decision);
          }
          for (const decision of decisions.toReversed()) await people.changes.undo(id, decision, said);
          const after = await holds(id);
          expect(after.map).toEqual(before.map);
          const asked = new Set(before.edges.map(({ a, b, rule }) => `${a} ${b} ${rule}`));
          expect(after.edges.filter(({ a, b, rule }) => asked.has(`${a} ${b} ${rule}`))).toEqual(
            before.edges,
          );
        },
      ),
      { numRuns: runs },
    );
  });
});

test("a parting taken back joins nobody over a value that was said to be many people's since", async () => {
  const { id } = await testWorkspace(engines);
  await people.identity.resolve(id, [
    seen([
      { namespace: "user", value: "parted" },
      { namespace: "phone", value: "13912345670" },
    ]),
  ]);
  const [user, phone] = [...(await stateOf(id)).map.keys()] as [number, number];
  const parting = await people.changes.make(id, { kind: "split", person: user, nodes: [phone] }, said);
  const sharing = await people.changes.make(id, { kind: "share", node: phone }, said);
  await people.changes.undo(id, parting.decision, said);
  const { map, edges } = await holds(id);
  expect(map.get(user)).not.toBe(map.get(phone));
  expect(edges.map(({ state }) => state)).toEqual(["shared"]);
  // With the last word that kept them apart gone they are one again, as they were told.
  await people.changes.undo(id, sharing.decision, said);
  const after = await holds(id);
  expect(after.map.get(user)).toBe(after.map.get(phone));
  // The same where nobody said it, but the rules found it.
  const again = await people.changes.make(id, { kind: "split", person: user, nodes: [phone] }, said);
  await sql`insert into shared_value (node, workspace_id, persons, since) values (${user}, ${id}, 9, now())`.execute(
    engines.db,
  );
  await people.changes.undo(id, again.decision, said);
  const found = await holds(id);
  expect(found.edges.map(({ state }) => state)).toEqual(["shared"]);
});

test("where very much was told of two while they were one, a job judges the rest of it, and the decision says so", async () => {
  const { id } = await testWorkspace(engines);
  const [[a], [b]] = (await people.identity.resolve(id, [
    seen(ids("user=anna", "openid:a=a1")),
    seen(ids("user=bela", "openid:a=b1", "openid:a=b2")),
  ])) as [[number], [number]];
  const { decision } = await people.changes.make(id, { kind: "merge", a, b }, said);
  // Her second openid would be the fourth of one person; and a kiosk's browsers, more than anybody has.
  await people.identity.resolve(id, [seen(ids("user=anna", "openid:a=a2"))]);
  await people.identity.resolve(
    id,
    Array.from({ length: 2_100 }, (_, i) => seen(ids("user=anna", `anonymous=kiosk-${i}`))),
  );
  await people.changes.undo(id, decision, said);
  const again = async () => (await findDecision(engines.db, id, decision))?.again;
  const hers = async () => {
    const { rows } = await sql<{ person: number }>`
      select person from node where workspace_id = ${id} and namespace = 'openid:a'
        and person = (select person from node where id = ${a})`.execute(engines.db);
    return rows.length;
  };
  expect([await again(), await hers()]).toEqual(["waiting", 1]);
  await engines.runJobs(identityTasks(people.changes));
  expect([await again(), await hers()]).toEqual(["done", 2]);
  await holds(id);
});

describe("a merge that was wrong", () => {
  /** Rows of facts by person, as every count sees them. */
  async function counts(workspace: number): Promise<Map<number, number>> {
    await people.personMap.settled();
    const rows = await engines.clickhouse.query<{ person: number; n: number }>(
      ch`select ${personOf(ch`node`)} as person, count() as n from event final where workspace = ${u32(workspace)} group by person`,
    );
    return new Map(rows.map(({ person, n }) => [Number(person), Number(n)]));
  }
  const fact = (workspace: number, node: number, message: number) => ({
    ...{ workspace, node, message, at: "2026-06-01 04:00:00.000", received: "2026-06-01 04:00:00.000" },
    ...{
      type: "track",
      name: "Product Viewed",
      source: 1,
      import: 0,
      order_id: "",
      amount_fen: 0,
      quantity: 0,
    },
    ...{ marks: [], excluded: 0, properties: "{}" },
  });

  test("undone after more was told of both, gives each side back what is its own, with what came meanwhile", async () => {
    const { id } = await testWorkspace(engines);
    const [[a], [b]] = (await people.identity.resolve(id, [
      seen(ids("user=anna", "phone=13912345601")),
      seen(ids("user=bela", "phone=13912345602")),
    ])) as [[number], [number]];
    await engines.clickhouse.insert("event", [fact(id, a, 1), fact(id, b, 2), fact(id, b, 3)]);
    const { decision } = await people.changes.make(id, { kind: "merge", a, b }, said);
    expect(await counts(id)).toEqual(new Map([[Math.min(a, b), 3]]));
    // A browser of Anna's, a card of Bela's, and a message that names both.
    const [, , both] = await people.identity.resolve(id, [
      seen(ids("user=anna", "anonymous=browser-a")),
      seen(ids("user=bela", "member:store=77001")),
      seen(ids("user=anna", "phone=13912345602")),
    ]);
    await engines.clickhouse.insert("event", [fact(id, both?.[0] as number, 4)]);
    await people.changes.undo(id, decision, said);
    const { map } = await holds(id);
    expect(map.get(a)).not.toBe(map.get(b));
    expect(await counts(id)).toEqual(
      new Map([
        [map.get(a) as number, 2],
        [map.get(b) as number, 2],
      ]),
    );
    const sizes = Map.groupBy(map.values(), (person) => person);
    expect(sizes.get(map.get(a) as number)?.length).toBe(3);
    expect(sizes.get(map.get(b) as number)?.length).toBe(3);
    expect(new Set(changed.at(-1))).toEqual(new Set([map.get(a), map.get(b)]));
    // What tied them once more is known, and does not join them when it is told again.
    await people.identity.resolve(id, [seen(ids("user=anna", "phone=13912345602"))]);
    expect((await stateOf(id)).map).toEqual(map);
  });

  test("somebody merged by hand with the two meanwhile goes to the side that was meant", async () => {
    const { id } = await testWorkspace(engines);
    const [[a], [b], [c], [d]] = (await people.identity.resolve(id, [
      seen(ids("user=anna", "phone=13912345601")),
      seen(ids("user=bela", "phone=13912345602")),
      seen(ids("openid:a=carla")),
      seen(ids("openid:b=dora")),
    ])) as [[number], [number], [number], [number]];
    const { decision } = await people.changes.make(id, { kind: "merge", a, b }, said);
    const [carla, dora] = [
      await people.changes.make(id, { kind: "merge", a: b, b: c }, said),
      await people.changes.make(id, { kind: "merge", a, b: d }, said),
    ];
    expect(await findMeanwhile(engines.db, id, decision)).toEqual([carla.decision, dora.decision]);
    const shape = await people.changes.previewUndo(id, decision, [carla.decision]);
    await people.changes.undo(id, decision, { ...said, otherSide: [carla.decision] });
    const { map } = await holds(id);
    const of = (node: number) => map.get(node);
    expect([of(c), of(d)]).toEqual([of(b), of(a)]);
    expect(of(a)).not.toBe(of(b));
    expect(shape.after.get(of(b) as number)).toContain(c);
    // That merge is still a decision of its own, and can be taken back.
    await people.changes.undo(id, carla.decision, said);
    const after = await holds(id);
    expect(after.map.get(c)).not.toBe(after.map.get(b));
  });

  test("a preview says the same and changes nothing", async () => {
    const { id } = await testWorkspace(engines);
    const [[a], [b]] = (await people.identity.resolve(id, [
      seen(ids("user=a", "email=a@x.cn")),
      seen(ids("user=b")),
    ])) as [[number], [number]];
    const before = await stateOf(id);
    const shape = await people.changes.preview(id, { kind: "merge", a, b });
    expect(shape.before.size).toBe(2);
    expect([...shape.after.values()].map((nodes) => nodes.length)).toEqual([3]);
    expect(await stateOf(id)).toEqual(before);
    const { shape: made } = await people.changes.make(id, { kind: "merge", a, b }, said);
    expect(made).toEqual(shape);
    await expect(people.changes.make(id, { kind: "merge", a, b }, said)).rejects.toThrow(
      "identity/same-person",
    );
  });

  test("two who were said to be never the same are joined by nobody, and the attempt is kept for review", async () => {
    const { id } = await testWorkspace(engines);
    const [[a], [b]] = (await people.identity.resolve(id, [seen(ids("user=a")), seen(ids("user=b"))])) as [
      [number],
      [number],
    ];
    const { decision } = await people.changes.make(id, { kind: "never-same", a, b }, said);
    await people.identity.resolve(id, [seen(ids("user=a", "user=b"), "alias")]);
    const { map, edges } = await holds(id);
    expect(map.get(a)).not.toBe(map.get(b));
    expect(edges.map(({ state }) => state)).toEqual(["conflict"]);
    await expect(people.changes.make(id, { kind: "merge", a, b }, said)).rejects.toThrow(
      "identity/said-never-same",
    );
    await people.changes.undo(id, decision, said);
    await people.identity.resolve(id, [seen(ids("user=a", "user=b"), "alias")]);
    const after = await holds(id);
    expect(after.map.get(a)).toBe(after.map.get(b));
  });
});

test("what a source unbinds parts, and joins when it is bound again, in every server", async () => {
  const { id } = await testWorkspace(engines);
  const other = testPeople(engines);
  const bound = () => seen(ids("user=login", "phone=13912345609"), "alias");
  const [[login, phone]] = (await people.identity.resolve(id, [bound()])) as [[number, number]];
  await other.identity.resolve(id, [bound(), seen(ids("user=login", "phone=13912345609"))]);
  const same = async () => {
    const { map } = await holds(id);
    return map.get(login) === map.get(phone);
  };
  expect(await same()).toBe(true);
  await people.identity.resolve(id, [{ ...bound(), rule: "unbind" }]);
  expect(await same()).toBe(false);
  // A message that shows both says nothing against it; another binding does.
  await other.identity.resolve(id, [seen(ids("user=login", "phone=13912345609"))]);
  expect(await same()).toBe(false);
  await other.identity.resolve(id, [bound()]);
  expect(await same()).toBe(true);
  other.stop();
});
