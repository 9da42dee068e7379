import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import { createIdentity } from "./identity.store.ts";
import { type NamespaceRules, namespaceRules, type Sighting } from "./identity.ts";
import { createMirror } from "./mirror.store.ts";
import type { People } from "./people.store.ts";

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

const symbols = fc.record({
  namespace: fc.constantFrom("user", "phone", "openid:a", "member:x", "anonymous", "device"),
  value: fc.integer({ min: 1, max: 6 }),
});
const sighting = fc.uniqueArray(symbols, {
  minLength: 1,
  maxLength: 3,
  selector: (s) => `${s.namespace}=${s.value}`,
});
const batches = fc.array(fc.array(sighting, { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 8,
});
const textOf = (namespace: string, value: number) =>
  namespace === "phone" ? `1391234568${value}` : `v${value}`;
const toSighting = (parts: { namespace: string; value: number }[]): Sighting => ({
  identifiers: parts.map(({ namespace, value }) => ({ namespace, value: textOf(namespace, value) })),
  ...{ source: 1, message: "m", at: new Date("2026-06-01T04:00:00Z"), rule: "same-message" },
});

/** Groups as text: which identifiers are one person. */
async function groups(workspace: number): Promise<string[]> {
  await people.vault.ready(workspace);
  const { rows } = await sql<{ namespace: string; sealed: Buffer; person: number }>`
    select namespace, sealed_value as sealed, person from node where workspace_id = ${workspace}`.execute(
    engines.db,
  );
  const byPerson = new Map<number, string[]>();
  for (const { namespace, sealed, person } of rows) {
    const value = people.vault.open(workspace, sealed);
    byPerson.set(person, [...(byPerson.get(person) ?? []), `${namespace}=${value.at(-1)}`]);
  }
  return [...byPerson.values()].map((group) => group.sort().join(" ")).sort();
}

const identityWith = (rules?: NamespaceRules) =>
  createIdentity({
    db: engines.db,
    vault: people.vault,
    mirror: createMirror(engines.db, engines.clickhouse, people.personMap),
    clock: engines.clock,
    ...(rules === undefined ? {} : { rules }),
  });

test("batching changes nothing: one by one gives the same persons as all at once", async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (some) => {
      const [apart, together] = [await testWorkspace(engines), await testWorkspace(engines)];
      const one = identityWith();
      for (const parts of some.flat()) await one.resolve(apart.id, [toSighting(parts)]);
      const two = identityWith();
      for (const batch of some) await two.resolve(together.id, batch.map(toSighting));
      expect(await groups(together.id)).toEqual(await groups(apart.id));
    }),
    { numRuns: 12 },
  );
});

test("where every identifier is certain and unlimited, any order gives the components of a union-find", async () => {
  const certain: NamespaceRules = (namespace) => ({
    ...namespaceRules(namespace),
    ...{ strength: "certain", mostPerPerson: 1000, mostPersons: null, perSource: false, rank: 0 },
  });
  await fc.assert(
    fc.asyncProperty(batches, fc.infiniteStream(fc.nat()), async (some, chance) => {
      const { id } = await testWorkspace(engines);
      const shuffled = some
        .map((batch) => ({ batch, key: chance.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ batch }) => batch);
      const identity = identityWith(certain);
      await Promise.all(shuffled.map((batch) => identity.resolve(id, batch.map(toSighting))));
      expect(await groups(id)).toEqual(unionFind(some.flat()));
    }),
    { numRuns: 12 },
  );
});

function unionFind(sightings: { namespace: string; value: number }[][]): string[] {
  const parent = new Map<string, string>();
  const find = (key: string): string => {
    const up = parent.get(key) ?? key;
    return up === key ? key : find(up);
  };
  for (const parts of sightings) {
    const keys = parts.map(({ namespace, value }) => `${namespace}=${value}`);
    for (const key of keys) {
      if (!parent.has(key)) parent.set(key, key);
      parent.set(find(key), find(keys[0] as string));
    }
  }
  const found = new Map<string, string[]>();
  for (const key of parent.keys()) found.set(find(key), [...(found.get(find(key)) ?? []), key]);
  return [...found.values()].map((group) => group.sort().join(" ")).sort();
}
