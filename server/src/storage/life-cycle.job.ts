import { sql } from "kysely";
import { DateTime } from "luxon";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import { findWorkspace, type WorkspaceRef } from "../platform/workspaces.store.ts";
import { bringBack, findArchives } from "./archive.store.ts";
import {
  coolMonths,
  deleteMonths,
  finishWhatWasBegun,
  type MoveDeps,
  type Order,
  warmMonth,
} from "./moves.store.ts";
import { able, monthsOf } from "./overview.store.ts";
import { type Move, planMoves } from "./plan.ts";
import { recordRun } from "./runs.store.ts";
import { findHolds, findPolicies, heldDays } from "./settings.store.ts";
import type { Stores } from "./stored-kind.ts";
import { kindNames, kindOf } from "./stored-kinds.store.ts";

export interface LifeCycleDeps extends MoveDeps {
  jobs: Jobs;
  /** Told when facts of a workspace were taken away or came back: what was derived from them is worked out again. */
  onFactsMoved: (workspace: WorkspaceRef) => Promise<void> | void;
}

const lifeCycleTask = "storage.life-cycle";
export const bringBackTask = "storage.bring-back";
const dailyTask = "storage.daily";

export function lifeCycleTasks(deps: LifeCycleDeps): Tasks {
  return {
    [dailyTask]: async () => {
      const { rows } = await sql<{ id: number }>`select id from workspace order by id`.execute(deps.db);
      for (const { id } of rows)
        await deps.jobs.add(
          deps.db,
          lifeCycleTask,
          { workspace: id, by: "policy" },
          keyed(id, deps.clock.now()),
        );
      await scheduleDaily(deps);
    },
    [lifeCycleTask]: async (payload, { signal }) => {
      const { workspace, by } = payload as { workspace: number; by: string };
      await alone(deps, () => carryOut(deps, workspace, by, signal));
    },
    [bringBackTask]: async (payload) => {
      const { archive, by } = payload as { archive: number; by: string };
      await alone(deps, () => returnArchive(deps, archive, by));
    },
  };
}

const keyed = (workspace: number, runAt: Date) => ({
  ...{ key: `${lifeCycleTask}:${workspace}`, queue: "storage", runAt },
});

/** Three in the morning in China, when shops are quiet; one job, however many servers start. */
export async function scheduleDaily({
  db,
  jobs,
  clock,
}: Pick<LifeCycleDeps, "db" | "jobs" | "clock">): Promise<void> {
  const now = DateTime.fromJSDate(clock.now(), { zone: "Asia/Shanghai" });
  const three = now.set({ hour: 3, minute: 0, second: 0, millisecond: 0 });
  const next = three > now ? three : three.plus({ days: 1 });
  await jobs.add(db, dailyTask, {}, { key: dailyTask, runAt: next.toJSDate() });
}

export async function askToRun(
  { db, jobs, clock }: Pick<LifeCycleDeps, "db" | "jobs" | "clock">,
  workspace: number,
  by: string,
) {
  await jobs.add(db, lifeCycleTask, { workspace, by }, keyed(workspace, clock.now()));
}

/** One at a time over all servers: tables are shared by workspaces. */
async function alone({ db }: Stores, work: () => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(7184)`.execute(connection);
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(7184)`.execute(connection);
    }
  });
}

async function carryOut(deps: LifeCycleDeps, id: number, by: string, signal: AbortSignal): Promise<void> {
  const workspace = await findWorkspace(deps.db, String(id));
  if (workspace === null) return;
  await finishWhatWasBegun(deps);
  const policies = await findPolicies(deps.db, id);
  const holds = await findHolds(deps.db, id);
  const today = DateTime.fromJSDate(deps.clock.now(), { zone: workspace.timeZone }).toISODate() ?? "";
  let moved = false;
  for (const kind of kindNames) {
    const meaning = kindOf(kind);
    const policy = policies.get(kind) ?? meaning.policy;
    const view = { workspace: id, today, cold: deps.cold !== null };
    const months = await monthsOf(deps, view, kind, await findArchives(deps.db, id));
    const plan = planMoves(months, policy, able(meaning, view), today, heldDays(holds, kind));
    const due = (step: Move["step"]) => plan.moves.filter((move) => move.step === step);
    if (signal.aborted) return;
    const order: Order = { workspace: id, kind, facts: meaning.facts, by, at: deps.clock.now() };
    const deleted = await deleteMonths(deps, order, due("delete"));
    const cooled = await coolMonths(deps, order, due("cold"));
    for (const move of due("warm")) if (!signal.aborted) await warmMonth(deps, order, move);
    moved ||= kind === "events" && deleted + cooled > 0;
  }
  if (moved) await deps.onFactsMoved(workspace);
}

async function returnArchive(deps: LifeCycleDeps, id: number, by: string): Promise<void> {
  if (deps.cold === null) return;
  const { rows } = await sql<{ workspace: number }>`
    select workspace_id as workspace from storage_archive where id = ${id}`.execute(deps.db);
  const workspace = await findWorkspace(deps.db, String(rows[0]?.workspace ?? 0));
  const archive = (await findArchives(deps.db, workspace?.id ?? 0)).find((one) => one.id === id);
  if (workspace === null || archive === undefined || archive.state === "writing") return;
  const { facts } = kindOf(archive.kind);
  if (facts === null) return;
  await bringBack(deps, deps.cold, facts, archive, deps.seam);
  const bytes = { bytesBefore: archive.bytes, bytesAfter: archive.bytesBefore };
  const run = { kind: archive.kind, step: "bring-back" as const, month: archive.month, rows: archive.rows };
  await recordRun(deps.db, workspace.id, { ...run, ...bytes, at: deps.clock.now(), by });
  if (archive.kind === "events") await deps.onFactsMoved(workspace);
}
