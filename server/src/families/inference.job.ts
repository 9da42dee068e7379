import { sql } from "kysely";
import { DateTime } from "luxon";
import { dayNumber } from "../catalog/calendar.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { keepModel } from "./age-model.store.ts";
import type { Inference } from "./inference.ts";
import { findPurchases, findTold, nextBuyers } from "./inference-feed.store.ts";
import type { Place } from "./inference-place.ts";

export interface LearningParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly inference: Inference;
}

const learnTask = "families.learn-ages";
const nightlyTask = "families.learn-ages-nightly";
/** A bounded sample of families teaches as well as all of them. */
const mostTold = 6000;
const slice = 200;

export function inferenceTasks(parts: LearningParts): Tasks {
  return {
    [nightlyTask]: async () => {
      const { rows } = await sql<{ id: number }>`select id from workspace order by id`.execute(parts.db);
      for (const { id } of rows) await askToLearn(parts, id);
      await scheduleNightly(parts);
    },
    [learnTask]: async (payload) => {
      const { workspace, after } = payload as { workspace: number; after?: number };
      await learn(parts, workspace, after ?? null);
    },
  };
}

/** Four in the morning in China, after the life cycle; one job, however many servers start. */
export async function scheduleNightly({ db, jobs, clock }: Pick<LearningParts, "db" | "jobs" | "clock">) {
  const now = DateTime.fromJSDate(clock.now(), { zone: "Asia/Shanghai" });
  const four = now.set({ hour: 4, minute: 0, second: 0, millisecond: 0 });
  const next = four > now ? four : four.plus({ days: 1 });
  await jobs.add(db, nightlyTask, {}, { key: nightlyTask, runAt: next.toJSDate() });
}

export async function askToLearn(
  { db, jobs, clock }: Pick<LearningParts, "db" | "jobs" | "clock">,
  workspace: number,
  { after, inMs = 0 }: { readonly after?: number; readonly inMs?: number } = {},
): Promise<void> {
  const payload = after === undefined ? { workspace } : { workspace, after };
  const runAt = new Date(clock.now().getTime() + inMs);
  await jobs.add(db, learnTask, payload, { key: `${learnTask}:${workspace}`, queue: "learn-ages", runAt });
}

export async function isLearning(db: Db, workspace: number): Promise<boolean> {
  const { rows } = await sql`
    select from graphile_worker.jobs where key = ${`${learnTask}:${workspace}`} limit 1`.execute(db);
  return rows.length > 0;
}

/**
 * Learns anew from those who told, then goes through all who did not, slice by slice. Where the server stops meanwhile
 * another job is left that goes on: from the start, or after the node that was looked at last.
 */
async function learn(parts: LearningParts, id: number, goOn: number | null): Promise<void> {
  const workspace = await findWorkspace(parts.db, String(id));
  if (workspace === null) return;
  if (goOn === null && !(await learnModel(parts, workspace))) return askToLearn(parts, id);
  for (let after = goOn ?? 0; ; ) {
    const buyers = await nextBuyers(parts, id, after, slice);
    if (buyers === null) return;
    if (!(await parts.inference.guess(workspace, buyers.persons))) return askToLearn(parts, id, { after });
    after = buyers.last;
  }
}

/** False when told to stop before it was learned. */
async function learnModel(parts: LearningParts, workspace: Place): Promise<boolean> {
  const { id } = workspace;
  const told = await findTold(parts, id, mostTold);
  const births = new Map(told.map((one) => [one.person, one.births.map((date) => dayNumber(date) ?? 0)]));
  let families = 0;
  for (let from = 0; from < told.length; from += slice) {
    if (parts.inference.isStopped()) return false;
    const persons = told.slice(from, from + slice).map(({ person }) => person);
    const found = await findPurchases(parts, workspace, persons);
    const some = [...found].map(([person, bought]) => ({ births: births.get(person) ?? [], ...bought }));
    // All of them at once would be held three times over: here, on the way, and in the thread.
    await parts.inference.ask({ ask: "hear", first: from === 0, families: some });
    families += some.length;
  }
  if (families === 0) return true;
  const answer = await parts.inference.ask({ ask: "learn", families });
  if (!("learned" in answer)) return false;
  const { model, card } = answer.learned;
  const madeAt = parts.clock.now().toISOString();
  const version = await keepModel(parts.db, id, model, { ...card, madeAt });
  parts.log.info({ event: "age-model", workspace: id, version, families: model.families }, "ages learned");
  return true;
}
