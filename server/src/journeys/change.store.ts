import type { Definition, NewJourney } from "@stork/contract/journeys.ts";
import type { z } from "zod";
import type { Jobs } from "../platform/jobs.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { lockJourney, redefine, renameJourney } from "./journey.store.ts";
import { notNow, unknownJourney } from "./refusals.ts";
import { changeStatus, lookFrom, openLines, type Verb } from "./status.store.ts";

interface Which {
  readonly workspace: number;
  readonly id: number;
}

/** A changed definition is for who comes in from now on; who is on the way finishes by the one they came in by. */
export async function changeJourney(
  db: Db,
  { workspace, id }: Which,
  { name, ...definition }: z.output<typeof NewJourney>,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await lockJourney(tx, workspace, id);
    if (before === null) throw new Refusal(unknownJourney);
    if (before.status === "ended") throw new Refusal(notNow, { status: before.status });
    if (name !== before.name) await renameJourney(tx, id, name);
    if (isSame(definition, before.definition)) return;
    const version = await redefine(tx, before, definition);
    if (before.status === "draft") return;
    const after = { ...before, name, version, definition };
    await openLines(tx, after, now);
    if (!isSame(definition.entry, before.definition.entry)) await lookFrom(tx, after, now, true);
  });
}

const isSame = (a: Definition | object, b: Definition | object): boolean => canonical(a) === canonical(b);

/** PostgreSQL keeps no order of keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

export async function doVerb(
  { db, jobs }: { db: Db; jobs: Jobs },
  { workspace, id }: Which,
  verb: Verb,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await lockJourney(tx, workspace, id);
    if (before === null) throw new Refusal(unknownJourney);
    if (!(await changeStatus(tx, jobs, before, verb, now)))
      throw new Refusal(notNow, { status: before.status });
  });
}
