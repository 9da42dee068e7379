import type { StoredKind } from "@stork/contract/storage.ts";
import { DateTime } from "luxon";
import type { Clock } from "../platform/clock.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import {
  type ArchiveRow,
  type AtSeam,
  beginArchive,
  bringBack,
  findArchives,
  findUnfinished,
  forgetArchive,
  takeOut,
  writeArchive,
} from "./archive.store.ts";
import type { ColdFiles } from "./cold.client.ts";
import { type Move, planMoves } from "./plan.ts";
import { pressMonth, workspacesIn } from "./press.store.ts";
import { findRuns, recordRun } from "./runs.store.ts";
import { findPolicies } from "./settings.store.ts";
import type { FactTable, Stores } from "./stored-kind.ts";
import { kindOf } from "./stored-kinds.store.ts";

export interface MoveDeps extends Stores {
  clock: Clock;
  /** null when the engine is elsewhere and reads no files of ours. */
  cold: ColdFiles | null;
  /** For tests that stop a move between its steps. */
  seam?: AtSeam;
}

/** What is being carried out, for whom. */
export interface Order {
  workspace: number;
  kind: StoredKind;
  facts: FactTable | null;
  by: string;
  at: Date;
}

const runOf = ({ kind, by, at }: Order, { step, month, bytes }: Move) => ({
  ...{ kind, by, at, step, month, bytesBefore: bytes },
});

/** Deletes what is due, from the table in one go and from among the files. Answers how many months. */
export async function deleteMonths(deps: MoveDeps, order: Order, moves: readonly Move[]): Promise<number> {
  const { workspace, kind } = order;
  const inTable = moves.flatMap(({ tier, month }) => (tier === "cold" || month === null ? [] : [month]));
  if (inTable.length > 0) await kindOf(kind).remove(deps, workspace, inTable);
  const gone = new Set(moves.filter(({ tier }) => tier === "cold").map(({ month }) => month));
  for (const archive of gone.size === 0 ? [] : await findArchives(deps.db, workspace)) {
    if (archive.kind !== kind || archive.state !== "cold" || !gone.has(archive.month)) continue;
    await deps.cold?.remove(archive.file);
    await forgetArchive(deps.db, archive.id);
  }
  for (const move of moves)
    await recordRun(deps.db, workspace, { ...runOf(order, move), rows: move.rows, bytesAfter: 0 });
  return moves.length;
}

/** What a live source sent is in its table this long after it was received, or was never acknowledged. */
const settledMs = 60_000;

/** Moves what is due into files. Answers how many months. */
export async function coolMonths(deps: MoveDeps, order: Order, moves: readonly Move[]): Promise<number> {
  const { cold } = deps;
  const { workspace, kind, facts, by, at } = order;
  if (facts === null || cold === null) return 0;
  const written: ArchiveRow[] = [];
  for (const { month, bytes } of moves) {
    if (month === null || (await wasBroughtBack(deps, workspace, kind, month))) continue;
    const cutoff = new Date(at.getTime() - settledMs);
    const begun = await beginArchive(deps.db, { workspace, kind, month, cutoff, bytesBefore: bytes });
    written.push(await writeArchive(deps, cold, facts, begun));
  }
  const out = await takeOut(deps, cold, facts, written, deps.seam);
  for (const { month, rows, bytes, bytesBefore } of out)
    await recordRun(deps.db, workspace, {
      ...{ kind, by, at, step: "cold", month, rows, bytesBefore, bytesAfter: bytes },
    });
  return out.length;
}

/** Presses a month once every workspace with rows in it has it due: the table is everybody's. */
export async function warmMonth(deps: MoveDeps, order: Order, move: Move): Promise<void> {
  const { workspace, kind, facts } = order;
  if (facts === null || move.month === null || !(await allAgree(deps, facts, kind, move.month))) return;
  const { before, after } = await pressMonth(deps, facts, move.month);
  // This workspace's share of the bytes went by the same ratio.
  const bytesAfter = before === 0 ? move.bytes : Math.round((move.bytes * after) / before);
  await recordRun(deps.db, workspace, { ...runOf(order, move), rows: move.rows, bytesAfter });
}

/** Takes what a kill left half-way to its end. */
export async function finishWhatWasBegun(deps: MoveDeps): Promise<void> {
  const { cold } = deps;
  if (cold === null) return;
  for (const archive of await findUnfinished(deps.db)) {
    const { facts } = kindOf(archive.kind);
    if (facts === null) continue;
    if (archive.state === "returning") await bringBack(deps, cold, facts, archive, deps.seam);
    else await takeOut(deps, cold, facts, [await writeArchive(deps, cold, facts, archive)], deps.seam);
  }
}

/** Whoever brings a month back wants to work with it: the policy leaves it alone for a month. */
const leftAloneDays = 30;

async function wasBroughtBack(
  { db, clock }: MoveDeps,
  workspace: number,
  kind: StoredKind,
  month: string,
): Promise<boolean> {
  const since = clock.now().getTime() - leftAloneDays * 86_400_000;
  const runs = await findRuns(db, workspace, 1000);
  return runs.some(
    (run) =>
      run.step === "bring-back" && run.kind === kind && run.month === month && Date.parse(run.at) > since,
  );
}

async function allAgree(deps: MoveDeps, facts: FactTable, kind: StoredKind, month: string): Promise<boolean> {
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
