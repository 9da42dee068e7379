import type { Export, ExportPurpose, NewExport } from "@stork/contract/exports.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

export interface StoredExport {
  readonly id: number;
  readonly workspace: number;
  readonly segment: number;
  readonly segmentName: string;
  readonly columns: string[];
  readonly whole: boolean;
  readonly purpose: ExportPurpose;
  readonly why: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly approved: boolean | null;
  readonly note: string | null;
  readonly expiresAt: Date;
  readonly taken: { by: string; at: string; rows: number; left: Record<string, number>; complete: boolean }[];
}

/** Masked values may be taken for a week; whole ones wait a week for the second person, and may be taken for a day. */
const daysOpen = 7;
const hoursOnceApproved = 24;

const columns = sql`
  export.id, export.workspace_id as workspace, segment_id as segment, segment.name as "segmentName", columns, whole,
  purpose, why, asked_by as "askedBy", asked_at as "askedAt", decided_by as "decidedBy", decided_at as "decidedAt",
  approved, note, expires_at as "expiresAt",
  coalesce((select json_agg(json_build_object('by', who, 'at', at, 'rows', rows, 'left', left_out,
    'complete', complete) order by export_taken.id desc) from export_taken where export_id = export.id), '[]') as taken`;

export function stateOf(
  { whole, approved, expiresAt }: Pick<StoredExport, "whole" | "approved" | "expiresAt">,
  now: Date,
): Export["state"] {
  if (approved === false) return "refused";
  if (expiresAt <= now) return "expired";
  return whole && approved === null ? "waiting" : "ready";
}

export async function findExports(
  db: Db,
  workspace: number,
  { before, limit }: { before: number | null; limit: number },
): Promise<StoredExport[]> {
  const { rows } = await sql<StoredExport>`
    select ${columns} from export join segment on segment.id = segment_id
    where export.workspace_id = ${workspace} and (${before}::int is null or export.id < ${before}::int)
    order by export.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findExport(db: Db, workspace: number, id: string): Promise<StoredExport | null> {
  if (!/^\d{1,9}$/.test(id)) return null;
  const { rows } = await sql<StoredExport>`
    select ${columns} from export join segment on segment.id = segment_id
    where export.workspace_id = ${workspace} and export.id = ${Number(id)}`.execute(db);
  return rows[0] ?? null;
}

export async function countWaiting(db: Db, workspace: number, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from export
    where workspace_id = ${workspace} and whole and approved is null and expires_at > ${now}`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function insertExport(
  db: Db,
  workspace: number,
  asked: NewExport & { segmentId: number; by: string; at: Date },
): Promise<string> {
  const { segmentId, values, purpose, why, by, at } = asked;
  const { rows } = await sql<{ id: number }>`
    insert into export (workspace_id, segment_id, columns, whole, purpose, why, asked_by, asked_at, expires_at)
    values (${workspace}, ${segmentId}, ${asked.columns}, ${values === "whole"}, ${purpose}, ${why}, ${by}, ${at},
      ${at}::timestamptz + make_interval(days => ${daysOpen}))
    returning id`.execute(db);
  return String(rows[0]?.id);
}

/** Answers false when it does not wait any more: two people decided at once, or its time has passed. */
export async function decideExport(
  db: Db,
  id: number,
  { approved, by, at, note }: { approved: boolean; by: string; at: Date; note: string | null },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update export set approved = ${approved}, decided_by = ${by}, decided_at = ${at}, note = ${note},
      expires_at = ${at}::timestamptz + make_interval(hours => ${hoursOnceApproved})
    where id = ${id} and whole and approved is null and expires_at > ${at}`.execute(db);
  return numAffectedRows === 1n;
}

/** A taking is written down before its first row leaves. */
export async function beginTaking(db: Db, id: number, who: string, at: Date): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into export_taken (export_id, who, at) values (${id}, ${who}, ${at}) returning id`.execute(db);
  return rows[0]?.id as number;
}

export async function noteTaking(
  db: Db,
  taking: number,
  { rows, left, complete }: { rows: number; left: Record<string, number>; complete: boolean },
): Promise<void> {
  await sql`
    update export_taken set rows = ${rows}, left_out = ${JSON.stringify(left)}::jsonb, complete = ${complete}
    where id = ${taking}`.execute(db);
}
