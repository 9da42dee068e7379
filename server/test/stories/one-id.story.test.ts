import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { People } from "../../src/people/people.store.ts";
import { type TestEngines, testEngines, testWorkspace } from "../engines.ts";
import { testPeople } from "../people.ts";
import { keyOf, scoreIdentity, townIdentities } from "../town-identity.ts";

/** STORK_FAMILIES=100000 is the figure that counts; a smaller town says whether something broke. */
const families = Number(process.env["STORK_FAMILIES"] ?? 600);

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

test("of a town's careless messages the rules as they come make the right persons", async () => {
  const { id } = await testWorkspace(engines);
  const town = townIdentities({ seed: 7, families, until: "2026-07-01", dirt: true });
  const began = performance.now();
  for (let from = 0; from < town.sightings.length; from += 5_000)
    await people.identity.resolve(id, town.sightings.slice(from, from + 5_000));
  const seconds = (performance.now() - began) / 1000;
  const { rows } = await sql<{ namespace: string; sealed: Buffer; person: number }>`
      select namespace, sealed_value as sealed, person from node where workspace_id = ${id}`.execute(
    engines.db,
  );
  const found = new Map(
    rows.map(({ namespace, sealed, person }) => [keyOf(namespace, people.vault.open(id, sealed)), person]),
  );
  const score = scoreIdentity(town, found);
  if (process.env["STORK_FAMILIES"] !== undefined)
    process.stdout.write(`${JSON.stringify({ families, messages: town.messages, seconds, ...score })}\n`);
  expect(score.precision).toBeGreaterThanOrEqual(0.999);
  expect(score.recall).toBeGreaterThanOrEqual(0.98);
  expect(score.mostPersons).toBeLessThanOrEqual(6);
}, 2_400_000);
