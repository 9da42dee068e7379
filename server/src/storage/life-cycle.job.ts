import type { StoredKind } from "@stork/contract/storage.ts";
import { sql } from "kysely";
import { DateTime } from "luxon";
import type { Clock } from "../platform/clock.ts";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import {
  type AtSeam,
  beginArchive,
  bringBack,
  findArchives,
  findUnfinished,
  finishArchive,
  forgetArchive,
} from "./archive.store.ts";
import type { ColdFiles } from "./cold.client.ts";
import { able, monthsOf } from "./overview.store.ts";
import { type Move, planMoves } from "./plan.ts";
import { pressMonth, workspacesIn } from "./press.store.ts";
import { recordRun } from "./runs.store.ts";
import { findHolds, findPolicies, heldDays } from "./settings.store.ts";
import type { FactTable, Stores } from "./stored-kind.ts";
import { kindNames, kindOf } from "./stored-kinds.store.ts";

export interface LifeCycleDeps extends Stores {
  clock: Clock;
  jobs: Jobs;
  log: Log;
  /** null when the engine is elsewhere and reads no files of ours. */
  cold: ColdFiles | null;
  /** Told when facts of a workspace were taken away or came back: what was derived from them is worked out again. */
  onFactsMoved: (workspace: WorkspaceRef) => Promise<void> | void;
  /** For tests that stop a move between its steps. */
  seam?: AtSeam;
}

export const lifeCycleTask = "storage.life-cycle";
export const bringBackTask = "storage.bring-back";
const dailyTask = "storage.daily";

export function lifeCycleTasks(deps: LifeCycleDeps): Tasks {
  return {
    [dailyTask]: async () => {
      const { rows } = await sql<{ id: number }>`select id from workspace order by id`.execute(deps.db);
      for (const { id } of rows)
        await deps.jobs.add(deps.db, lifeCycleTask, { workspace: id, by: "policy" }, keyed(id));
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

const keyed = (workspace: number) => ({ key: `${lifeCycleTask}:${workspace}`, queue: "storage" });

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
  { db, jobs }: Pick<LifeCycleDeps, "db" | "jobs">,
  workspace: number,
  by: string,
) {
  await jobs.add(db, lifeCycleTask, { workspace, by }, keyed(workspace));
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
    for (const move of plan.moves) {
      if (signal.aborted) return;
      const done = await make(deps, workspace, kind, move, by);
      moved ||= done && kind === "events" && move.step !== "warm";
    }
  }
  if (moved) await deps.onFactsMoved(workspace);
}

/** Makes one move; false when it has to wait for other workspaces. */
async function make(
  deps: LifeCycleDeps,
  workspace: WorkspaceRef,
  kind: StoredKind,
  move: Move,
  by: string,
): Promise<boolean> {
  const { facts } = kindOf(kind);
  const at = deps.clock.now();
  const run = { kind, step: move.step, month: move.month, by, at };
  if (move.step === "delete") {
    const rows = await removeMonth(deps, workspace.id, kind, move);
    await recordRun(deps.db, workspace.id, { ...run, rows, bytesBefore: move.bytes, bytesAfter: 0 });
  } else if (move.step === "warm") {
    if (facts === null || move.month === null || !(await allAgree(deps, facts, kind, move.month)))
      return false;
    const { before, after } = await pressMonth(deps, facts, move.month);
    // The partition is everybody's; this workspace's share went by the same ratio.
    const bytesAfter = before === 0 ? move.bytes : Math.round((move.bytes * after) / before);
    await recordRun(deps.db, workspace.id, { ...run, rows: move.rows, bytesBefore: move.bytes, bytesAfter });
  } else {
    if (facts === null || move.month === null || deps.cold === null) return false;
    const begun = await beginArchive(deps.db, {
      ...{ workspace: workspace.id, kind, month: move.month, cutoff: at, bytesBefore: move.bytes },
    });
    const { rows, bytes } = await finishArchive(deps, deps.cold, facts, begun, deps.seam);
    await recordRun(deps.db, workspace.id, { ...run, rows, bytesBefore: move.bytes, bytesAfter: bytes });
  }
  return true;
}

async function removeMonth(
  deps: LifeCycleDeps,
  workspace: number,
  kind: StoredKind,
  move: Move,
): Promise<number> {
  if (move.tier !== "cold") {
    const end = new Date(`${move.month ?? "1970-01"}-01T00:00:00Z`);
    end.setUTCMonth(end.getUTCMonth() + 1);
    return kindOf(kind).remove(deps, workspace, move.month, end);
  }
  let rows = 0;
  for (const archive of await findArchives(deps.db, workspace)) {
    if (archive.kind !== kind || archive.month !== move.month || archive.state !== "cold") continue;
    await deps.cold?.remove(archive.file);
    await forgetArchive(deps.db, archive.id);
    rows += archive.rows;
  }
  return rows;
}

/** A month of the table is everybody's: it is pressed when every workspace with rows in it has it due. */
async function allAgree(
  deps: LifeCycleDeps,
  facts: FactTable,
  kind: StoredKind,
  month: string,
): Promise<boolean> {
  for (const id of await workspacesIn(deps, facts, month)) {
    const workspace = await findWorkspace(deps.db, String(id));
    if (workspace === null) continue;
    const policy = (await findPolicies(deps.db, id)).get(kind) ?? kindOf(kind).policy;
    const today = DateTime.fromJSDate(deps.clock.now(), { zone: workspace.timeZone }).toISODate() ?? "";
    const one = [{ month, tier: "hot" as const, rows: 1, bytes: 1 }];
    if (planMoves(one, policy, { warm: true, cold: true }, today, []).moves.length === 0) return false;
  }
  return true;
}

async function finishWhatWasBegun(deps: LifeCycleDeps): Promise<void> {
  if (deps.cold === null) return;
  for (const archive of await findUnfinished(deps.db)) {
    const { facts } = kindOf(archive.kind);
    if (facts === null) continue;
    if (archive.state === "returning") await bringBack(deps, deps.cold, facts, archive, deps.seam);
    else await finishArchive(deps, deps.cold, facts, archive, deps.seam);
    deps.log.info(
      { event: "archive-finished", archive: archive.id, state: archive.state },
      "archive finished",
    );
  }
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
