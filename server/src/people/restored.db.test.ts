import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import { ch, u32 } from "../platform/clickhouse.ts";
import type { Identifier } from "./identity.ts";
import type { People } from "./people.store.ts";
import { personOf } from "./person-map.ts";

/**
 * A wrong merge that is taken back leaves nothing: two workspaces are told the same, in one of them two persons are
 * merged for a while, and afterwards both hold the same persons with the same counts. What was told of both sides at
 * once in between is told to the other workspace of one side only.
 */
let engines: TestEngines;
let people: People;

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  await people.prepare();
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

/** STORK_RUNS=500 looks longer. */
const runs = Number(process.env["STORK_RUNS"] ?? 4);
const said = { who: "user:1", reason: "看过两边的资料" };
const began = Date.UTC(2026, 5, 1, 4);

/** One of the two workspaces: what it was told, in its own numbers. */
class World {
  readonly id: number;
  readonly nodes = new Map<string, number>();
  readonly #facts: ReturnType<typeof factOf>[] = [];
  #told = 0;

  constructor(id: number) {
    this.id = id;
  }

  /** Tells of identifiers that came together, as a fact kept under one of them; answers which. */
  async tell(texts: readonly string[]): Promise<string> {
    this.#told += 1;
    const at = new Date(began + this.#told * 60_000);
    const identifiers = texts.map(identifierOf);
    const sighting = {
      identifiers,
      source: 1,
      message: `m${this.#told}`,
      at,
      rule: "same-message" as const,
    };
    const [[first] = []] = await people.identity.resolve(this.id, [sighting]);
    const unknown = texts.filter((text) => !this.nodes.has(text));
    const alone = unknown.map((text) => ({ ...sighting, identifiers: [identifierOf(text)] }));
    for (const [i, [node]] of (await people.identity.resolve(this.id, alone)).entries())
      this.nodes.set(unknown[i] as string, node as number);
    this.#facts.push(factOf(this.id, first as number, this.#told));
    return texts.find((text) => this.nodes.get(text) === first) as string;
  }

  async persons(): Promise<Map<string, number>> {
    const { rows } = await sql<{ id: number; person: number }>`
      select id, person from node where workspace_id = ${this.id}`.execute(engines.db);
    const byNode = new Map(rows.map(({ id, person }) => [id, person]));
    return new Map([...this.nodes].map(([text, node]) => [text, byNode.get(node) as number]));
  }

  merge(one: string, other: string) {
    const [a, b] = [this.nodes.get(one) as number, this.nodes.get(other) as number];
    return people.changes.make(this.id, { kind: "merge", a, b }, said);
  }

  /** Each person by her identifiers, with how many facts every count finds of her. */
  async counts(): Promise<Record<string, number>> {
    await engines.clickhouse.insert("event", this.#facts.splice(0));
    await people.personMap.settled();
    const rows = await engines.clickhouse.query<{ person: number; n: number }>(ch`
      select ${personOf(ch`node`)} as person, count() as n from event final
      where workspace = ${u32(this.id)} group by person`);
    const facts = new Map(rows.map(({ person, n }) => [Number(person), Number(n)]));
    const own = Map.groupBy(await this.persons(), ([, person]) => person);
    const shown = [...own].map(([person, texts]): [string, number] => [
      texts
        .map(([text]) => text)
        .sort()
        .join(" "),
      facts.get(person) ?? 0,
    ]);
    return Object.fromEntries(shown.sort());
  }
}

const identifierOf = (text: string): Identifier => {
  const [namespace = "", value = ""] = text.split("=");
  return { namespace, value };
};
const factOf = (workspace: number, node: number, message: number) => ({
  ...{ workspace, node, message, at: "2026-06-01 04:00:00.000", received: "2026-06-01 04:00:00.000" },
  ...{ type: "track", name: "Product Viewed", source: 1, import: 0, order_id: "", amount_fen: 0 },
  ...{ quantity: 0, marks: [], excluded: 0, properties: "{}" },
});

const kinds = ["user", "phone", "openid:a", "member:x", "anonymous", "device"] as const;
const kind = fc.constantFrom(...kinds);
const textOf = (namespace: string, value: number) =>
  `${namespace}=${namespace === "phone" ? `139123456${value}` : `v${value}`}`;
const known = fc
  .record({ namespace: kind, value: fc.integer({ min: 10, max: 15 }) })
  .map(({ namespace, value }) => textOf(namespace, value));
const before = fc.array(fc.uniqueArray(known, { minLength: 1, maxLength: 3 }), {
  minLength: 4,
  maxLength: 14,
});
const pick = fc.nat({ max: 10_000 });
/** What happens while the two are one: something new or old of one side, of both, or a merge beside it. */
const meanwhile = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ what: fc.constant("one" as const), x: pick, y: pick, fresh: kind }) },
    {
      weight: 2,
      arbitrary: fc.record({ what: fc.constant("both" as const), x: pick, y: pick, fresh: kind }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ what: fc.constant("merge" as const), x: pick, y: pick, fresh: kind }),
    },
  ),
  { minLength: 1, maxLength: 10 },
);

/** Whose an identifier is: of one of the two, or of others, who meet one of the two sides only. */
function sides(persons: ReadonlyMap<string, number>, one: number, other: number): [string[], string[]] {
  const left: string[] = [];
  const right: string[] = [];
  for (const [text, person] of persons)
    (person === one || (person !== other && person % 2 === 0) ? left : right).push(text);
  return [left, right];
}

/** Kinds of which it is not counted how many persons show the same: evidence of both sides makes no value shared. */
const uncounted = (texts: readonly string[]) => texts.filter((text) => /^(user|openid|member)/.test(text));

test("a merge taken back after more was told leaves the persons and counts as if it had never been", async () => {
  await fc.assert(
    fc.asyncProperty(before, pick, pick, meanwhile, async (told, x, y, steps) => {
      const [merged, plain] = [
        new World((await testWorkspace(engines)).id),
        new World((await testWorkspace(engines)).id),
      ];
      for (const texts of told) for (const world of [merged, plain]) await world.tell(texts);
      const persons = await merged.persons();
      const ids = [...new Set(persons.values())];
      const [one, other] = [ids[x % ids.length] as number, ids[y % ids.length] as number];
      fc.pre(one !== other);
      const first = (person: number) => [...persons].find(([, own]) => own === person)?.[0] as string;
      const [left, right] = sides(persons, one, other);
      const own = [one, other].map((person) => [...persons].flatMap(([t, p]) => (p === person ? [t] : [])));
      const { decision } = await merged.merge(first(one), first(other));
      let fresh = 100;
      for (const step of steps) {
        const side = step.x % 2 === 0 ? left : right;
        const a = side[step.x % side.length] as string;
        const b = side[step.y % side.length] as string;
        if (step.what === "one") {
          fresh += 1;
          const texts = step.y % 3 === 0 ? [...new Set([a, b])] : [a, textOf(step.fresh, fresh)];
          for (const world of [merged, plain]) await world.tell(texts);
          if (step.y % 3 !== 0) side.push(texts[1] as string);
        } else if (step.what === "merge") {
          // Two newcomers; of somebody who is one for a while nobody could say which half was meant.
          fresh += 2;
          const newcomers = [textOf("user", fresh), textOf(step.fresh, fresh + 500)] as const;
          for (const world of [merged, plain]) {
            for (const text of newcomers) await world.tell([text]);
            await world.merge(...newcomers);
          }
          side.push(...newcomers);
        } else {
          const [l, r] = own.map((texts) => uncounted(texts)) as [string[], string[]];
          if (l.length === 0 || r.length === 0) continue;
          const both = [l[step.x % l.length] as string, r[step.y % r.length] as string];
          await plain.tell([await merged.tell(both)]);
        }
      }
      await people.changes.undo(merged.id, decision, said);
      expect(await merged.counts()).toEqual(await plain.counts());
    }),
    {
      numRuns: runs,
      ...(process.env["STORK_SEED"] === undefined ? {} : { seed: Number(process.env["STORK_SEED"]) }),
    },
  );
});
