import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import { createChange } from "../families/children-write.store.ts";
import { joinFamily } from "../families/join.store.ts";
import { findChildren } from "../people/child.store.ts";
import { findHousehold } from "../people/household.store.ts";
import type { Identifier } from "../people/identity.ts";
import type { People } from "../people/people.store.ts";
import { personOf } from "../people/person-map.ts";
import type { ChildStatement, ConsentStatement } from "../people/statements.ts";
import { ch, u32 } from "../platform/clickhouse.ts";
import { findStandings } from "../privacy/consent.store.ts";
import { settleWithheld } from "../privacy/withheld.store.ts";

let engines: TestEngines;
let people: People;
beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  people.settling.push((...[tx, workspace, persons, at]) =>
    settleWithheld(tx, people.vault, workspace, persons, at),
  );
  await people.prepare();
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

/** STORK_RUNS=500 looks longer. */
const runs = Number(process.env["STORK_RUNS"] ?? 4);
const said = { who: "user:1", reason: "看过两边的资料" };

const sides = ["anna", "bela"] as const;
type Side = (typeof sides)[number];
const children = [
  { bornOn: "2025-11-03", gender: "female" },
  { bornOn: "2023-05-01" },
  { bornOn: "2025-11-03" },
  { dueOn: "2026-10-10" },
] as const;
const purposes = ["marketing", "personalisation", "child"] as const;

const side = fc.constantFrom(...sides);
const step = fc.oneof(
  fc.record({ do: fc.constant("tell" as const), side, card: fc.nat({ max: 3 }) }),
  fc.record({ do: fc.constant("buy" as const), side }),
  fc.record({ do: fc.constant("child" as const), side, child: fc.nat({ max: children.length - 1 }) }),
  fc.record({
    do: fc.constant("consent" as const),
    side,
    purpose: fc.constantFrom(...purposes),
    state: fc.constantFrom("granted" as const, "withdrawn" as const),
  }),
);
/** While two are one, whose grandmother joins cannot be told. */
const join = fc.record({ do: fc.constant("join" as const), side });
type Step = typeof step | typeof join extends fc.Arbitrary<infer One> ? One : never;
const steps = fc.array(step, { maxLength: 6 });
const stepsApart = fc.array(fc.oneof({ weight: 5, arbitrary: step }, { weight: 1, arbitrary: join }), {
  maxLength: 6,
});

/** What is known of somebody, with nothing in it that depends on numbers of nodes. */
interface Known {
  identifiers: number;
  events: number;
  /** With whether its date is kept back. */
  children: string[];
  consents: string[];
  household: number;
}

/** One workspace where two persons live through the same things. */
async function openWorld() {
  const { id } = await testWorkspace(engines);
  let minute = 0;
  const now = () => {
    minute += 1;
    return new Date(Date.parse("2026-05-01T00:00:00Z") + 60_000 * minute);
  };
  const node = async (...identifiers: Identifier[]): Promise<number> => {
    const sighting = {
      identifiers,
      source: 1,
      message: `m${minute}`,
      at: now(),
      rule: "same-message" as const,
    };
    return (await people.identity.resolve(id, [sighting]))[0]?.[0] as number;
  };
  const user = (name: Side): Identifier => ({ namespace: "user", value: name });
  const nodes = { anna: await node(user("anna")), bela: await node(user("bela")) };
  const grandmothers = {
    anna: await node({ namespace: "user", value: "gran-a" }),
    bela: await node({ namespace: "user", value: "gran-b" }),
  };
  const change = createChange({ ...engines, vault: people.vault, onChanged: () => undefined });
  const dids: Record<Step["do"], (one: never) => Promise<unknown>> = {
    tell: ({ side, card }: { side: Side; card: number }) =>
      node(user(side), { namespace: `member:shop${card}`, value: `${side}-${card}` }),
    buy: ({ side }: { side: Side }) => {
      const at = now().toISOString().replace("T", " ").replace("Z", "");
      const fact = { workspace: id, node: nodes[side], message: minute, at, received: at };
      return engines.clickhouse.insert("event", [{ ...fact, type: "track", name: "Order Completed" }]);
    },
    child: ({ side, child }: { side: Side; child: number }) => {
      const word = { kind: "child", node: nodes[side], at: now(), statedBy: `user:${side}` } as const;
      return people.recordStatements(id, [{ ...word, ...children[child] } as ChildStatement]);
    },
    consent: ({ side, purpose, state }: Pick<ConsentStatement, "purpose" | "state"> & { side: Side }) => {
      const word = { kind: "consent", node: nodes[side], at: now(), saidBy: `user:${minute}` } as const;
      return people.recordStatements(id, [{ ...word, purpose, state }]);
    },
    join: ({ side }: { side: Side }) => {
      const joining = { into: nodes[side], person: grandmothers[side], role: "grandmother" } as const;
      const word = { how: "stated", by: "user:1", reason: null, at: now() } as const;
      return joinFamily(change, id, joining, word);
    },
  };
  return {
    merge: (kind: "merge" | "link") =>
      people.changes.make(
        id,
        kind === "merge"
          ? { kind, a: nodes.anna, b: nodes.bela }
          : { kind, person: nodes.anna, node: nodes.bela },
        said,
      ),
    undo: (decision: number) => people.changes.undo(id, decision, said),
    live: async (all: readonly Step[]) => {
      for (const one of all) await dids[one.do](one as never);
    },
    known: async (name: Side): Promise<Known> => {
      const { rows } = await sql<{ person: number; identifiers: number }>`
        select me.person, count(*)::int as identifiers from node as me join node as own on own.person = me.person
        where me.id = ${nodes[name]} group by me.person`.execute(engines.db);
      const { person = 0, identifiers = 0 } = rows[0] ?? {};
      const [events] = await engines.clickhouse.query<{ n: number }>(
        ch`select countIf(${personOf(ch`node`)} = ${u32(person)}) as n from event final where workspace = ${u32(id)}`,
      );
      const stated = await findChildren(engines.db, id, [person]);
      const consents = (await findStandings(engines.db, id, [person])).get(person)?.consents ?? [];
      return {
        identifiers,
        events: Number(events?.n),
        children: stated
          .map(
            ({ bornOn, dueOn, gender, withheldAt }) => `${bornOn} ${dueOn} ${gender} ${withheldAt !== null}`,
          )
          .sort(),
        consents: consents.map(({ purpose, state }) => `${purpose} ${state}`).sort(),
        household: (await findHousehold(engines.db, id, person)).persons.length,
      };
    },
  };
}

type Word = Extract<Step, { do: "consent" }>;

/** What holds for a side that was one with another for a while: her own words, and the no that the other left standing. */
function expectedConsents(name: Side, before: Step[], meanwhile: Step[], after: Step[]): string[] {
  const words = (all: Step[]) => all.filter((one): one is Word => one.do === "consent");
  return purposes.flatMap((purpose) => {
    const about = (one: Word) => one.purpose === purpose;
    const theirs = words(meanwhile).findLast((one) => about(one) && one.side !== name);
    const counts = (one: Word) => about(one) && (one.side === name || theirs?.state === "withdrawn");
    const own = (all: Step[]) => words(all).filter((one) => about(one) && one.side === name);
    const last = [...own(before), ...words(meanwhile).filter(counts), ...own(after)].at(-1);
    return last === undefined ? [] : [`${purpose} ${last.state}`];
  });
}

/** Dates are kept back for as long as a no stands, whatever way it came to stand. */
function withheldBy(known: Known, consents: readonly string[] = known.consents): Known {
  const isKeptBack = consents.includes("child withdrawn");
  return {
    ...known,
    consents: [...consents].sort(),
    children: known.children.map((one) => one.replace(/\w+$/, `${isKeptBack}`)),
  };
}

type Words = Extract<Step, { do: "child" }>;
/** Of a child that another row stands for its own side says first the date, then that it is a girl. */
const genderSaidLater: [[Words], "merge", [Words, Words], []] = [
  [{ do: "child", side: "anna", child: 0 }],
  "merge",
  [
    { do: "child", side: "bela", child: 2 },
    { do: "child", side: "bela", child: 0 },
  ],
  [],
];

test("who was one with somebody and is two again has all that was theirs, with what came meanwhile", async () => {
  await fc.assert(
    fc.asyncProperty(
      stepsApart,
      fc.constantFrom("merge" as const, "link" as const),
      steps,
      stepsApart,
      async (before, kind, meanwhile, after) => {
        const [one, never] = [await openWorld(), await openWorld()];
        await one.live(before);
        const { decision } = await one.merge(kind);
        await one.live(meanwhile);
        const both = await one.known("anna");
        expect(both).toEqual(await one.known("bela"));
        expect(both).toEqual(withheldBy(both));
        await one.undo(decision);
        await one.live(after);
        await never.live([...before, ...meanwhile, ...after]);
        await people.personMap.settled();
        for (const name of sides)
          expect(await one.known(name)).toEqual(
            withheldBy(await never.known(name), expectedConsents(name, before, meanwhile, after)),
          );
      },
    ),
    { numRuns: runs, examples: [genderSaidLater] },
  );
});
