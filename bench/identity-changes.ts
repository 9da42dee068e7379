import type { Identifier } from "../server/src/people/identity.ts";
import type { People } from "../server/src/people/people.store.ts";
import { personOf } from "../server/src/people/person-map.ts";
import type { ClickHouse } from "../server/src/platform/clickhouse.ts";
import { ch, u32 } from "../server/src/platform/clickhouse.ts";
import type { Db } from "../server/src/platform/postgres.ts";
import { createLookUps } from "../server/src/profiles/lookup.store.ts";

export interface Graph {
  readonly people: People;
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly workspace: number;
}

const merges = 5;
const said = { who: "bench", reason: "bench" };

/** Every person did one thing; a count of those who did two sees a merge, and its undoing, after so many milliseconds. */
export async function measureChanges(
  { people, clickhouse, workspace }: Graph,
  identifierOf: (i: number) => Identifier,
): Promise<{ mergeVisibleMs: number; splitVisibleMs: number; mergePersons: number }> {
  await clickhouse.command(ch`
    insert into event (workspace, node, message, at, received, type, name)
    select workspace, node, node, now64(3), now64(3), 'track', 'Product Viewed' from node final
    where workspace = ${u32(workspace)}`);
  const count = async () => {
    const [row] = await clickhouse.query<{ persons: number; large: number }>(ch`
      select count() as persons, countIf(events >= 4) as large from (
        select ${personOf(ch`node`)} as person, count() as events from event final
        where workspace = ${u32(workspace)} group by person)`);
    return { persons: Number(row?.persons), large: Number(row?.large) };
  };
  const nodeOf = async (i: number) => {
    const sighting = {
      identifiers: [identifierOf(i)],
      source: 1,
      message: "m",
      at: new Date(),
      rule: "same-row",
    };
    return (await people.identity.resolve(workspace, [sighting as never]))[0]?.[0] as number;
  };
  const before = await count();
  const [made, taken]: number[][] = [[], []];
  for (let i = 0; i < merges; i += 1) {
    const [a, b] = [await nodeOf(2 * i), await nodeOf(2 * i + 1)];
    let began = performance.now();
    const { decision } = await people.changes.make(workspace, { kind: "merge", a, b }, said);
    if ((await count()).persons !== before.persons - 1) throw new Error("the merge is not seen");
    made?.push(performance.now() - began);
    began = performance.now();
    await people.changes.undo(workspace, decision, said);
    const after = await count();
    if (after.persons !== before.persons || after.large !== before.large) throw new Error("not as before");
    taken?.push(performance.now() - began);
  }
  return {
    mergeVisibleMs: Math.round(Math.max(...(made ?? []))),
    splitVisibleMs: Math.round(Math.max(...(taken ?? []))),
    mergePersons: before.persons,
  };
}

const readsPerSecond = 1_000;

/** Persons read by an identifier at a fixed pace, whatever the answers take, over some seconds. */
export async function measureReads(
  { people, db, workspace }: Graph,
  identifierOf: (i: number) => Identifier,
  persons: number,
  seconds = 10,
): Promise<{ readP50Ms: number; readP99Ms: number }> {
  const lookUps = createLookUps({ db, vault: people.vault });
  const took: number[] = [];
  const underway: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < readsPerSecond * seconds; i += 1) {
    const dueAt = began + i;
    const wait = dueAt - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    // Multiplied by a large prime: no two after each other lie together.
    const read = lookUps.find(workspace, identifierOf((i * 7_919) % persons), "2026-11-22").then((found) => {
      if (found === null) throw new Error("a buyer is not found");
      // Since it was due, so that falling behind counts.
      took.push(performance.now() - dueAt);
    });
    underway.push(read);
  }
  await Promise.all(underway);
  took.sort((a, b) => a - b);
  const at = (share: number) => Math.round((took[Math.floor(took.length * share)] ?? 0) * 10) / 10;
  return { readP50Ms: at(0.5), readP99Ms: at(0.99) };
}
