import type { ImportStatus, UndoProgress } from "@stork/contract/imports.ts";
import { sql } from "kysely";
import { quarantine } from "../events/quarantine.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { type Again, type Ahead, type ImportFile, noProgress, type Progress } from "./reading/progress.ts";

/** A question about an import as it is stored; its words are made when it is shown. */
export interface StoredDecision {
  id: string;
  /** What the question is about, e.g. the gender codes met. */
  facts: Record<string, number>;
  rows: number;
  answer: string | null;
}

export interface ImportRow {
  id: number;
  workspace: number;
  source: number;
  preset: string;
  status: ImportStatus;
  files: ImportFile[];
  /** `undo`: how far it is taken back. */
  progress: Progress & { undo?: UndoProgress };
  decisions: StoredDecision[];
  error: { code: string; params: Record<string, string | number> } | null;
  startedAt: Date;
  finishedAt: Date | null;
  /** A name, when a person did. */
  startedBy: string | null;
  /** Refused rows that wait. */
  inQuarantine: number;
}

/** Another import of the workspace that is under way, or being taken back. */
export interface ImportBefore {
  id: number;
  name: string;
  status: "running" | "undoing";
}

export const importTask = "events.import";
export const undoTask = "imports.undo";

const fieldList = sql`id, workspace_id as workspace, source_id as source, preset, status, files, progress, decisions,
  error, started_at as "startedAt", finished_at as "finishedAt",
  (select name from "user" where 'user:' || "user".id = started_by) as "startedBy",
  (select coalesce(sum(items), 0)::int from quarantine_waiting where import_id = import.id) as "inQuarantine"`;

export async function insertImport(
  db: Db,
  jobs: Jobs,
  row: Pick<ImportRow, "workspace" | "source" | "preset" | "files" | "startedAt"> & { by?: string },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: number }>`
      insert into import (workspace_id, source_id, preset, status, files, progress, started_at, started_by)
      values (${row.workspace}, ${row.source}, ${row.preset}, 'waiting', ${JSON.stringify(row.files)}::jsonb,
        ${JSON.stringify(noProgress(row.files.length))}::jsonb, ${row.startedAt}, ${row.by ?? null}) returning id`.execute(
      tx,
    );
    const id = (rows[0] as { id: number }).id;
    await jobs.add(tx, importTask, { import: id }, { key: `${importTask}:${id}`, runAt: row.startedAt });
    return id;
  });
}

export async function findImport(db: Db | Tx, id: number, workspace?: number): Promise<ImportRow | null> {
  const { rows } = await sql<ImportRow>`
    select ${fieldList} from import
    where id = ${id} and (${workspace ?? null}::int is null or workspace_id = ${workspace ?? null}::int)`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function listImports(db: Db, workspace: number): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select ${fieldList} from import where workspace_id = ${workspace} order by id desc limit 200`.execute(db);
  return rows;
}

/** The import that another waits for; null when nothing is in its way, or only what is over in a moment. */
export async function findBefore(db: Db, row: ImportRow): Promise<ImportBefore | null> {
  const { rows } = await sql<ImportBefore>`
    select id, files -> 0 ->> 'name' as name, status from import
    where workspace_id = ${row.workspace} and id <> ${row.id}
      and (status = 'running' or (status = 'undoing' and ${row.status} = 'waiting'))
    order by id limit 1`.execute(db);
  return row.status === "waiting" || row.status === "undoing" ? (rows[0] ?? null) : null;
}

/** The files that imports of any workspace still need. */
export async function openImportPaths(db: Db): Promise<string[]> {
  const { rows } = await sql<{ path: string }>`
    select file ->> 'path' as path from import, jsonb_array_elements(files) file
    where status in ('waiting', 'running')`.execute(db);
  return rows.map(({ path }) => path);
}

/** Imports that a stopped server left in the middle get a job again; the job itself sees whether another has them. */
export async function requeueImports(db: Db, jobs: Jobs): Promise<void> {
  const { rows } = await sql<{ id: number; status: ImportStatus }>`
    select id, status from import where status in ('waiting', 'running', 'undoing')`.execute(db);
  for (const { id, status } of rows) {
    const task = status === "undoing" ? undoTask : importTask;
    await jobs.add(db, task, { import: id }, { key: `${task}:${id}` });
  }
}

/** A row that was refused, as it was read. */
export interface RefusedRowLine {
  file: number;
  line: number;
  /** The line of its record's first row. */
  recordLine: number;
  code: string;
  cells: readonly string[];
}

/** Refused rows of one import beyond these are counted and not kept. */
const mostRefusedKept = 50_000;

/**
 * A slice's end: its progress and refused rows, together. False when the import was cancelled meanwhile: the slice is in
 * then, and counts as what stays, or as what is taken back.
 */
export async function saveProgress(
  { db, vault }: { db: Db; vault: Vault },
  { id, workspace, source }: Pick<ImportRow, "id" | "workspace" | "source">,
  progress: Progress,
  refused: readonly RefusedRowLine[],
  at: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const kept = refused.slice(0, Math.max(0, mostRefusedKept - (progress.refused - refused.length)));
    await quarantine(
      { db: tx, vault },
      kept.map(({ file, line, recordLine, code, cells }) => ({
        ...{ workspace, source, import: id, kind: "row" as const, code, at },
        item: cells,
        place: { file, line, recordLine },
      })),
    );
    const { rows } = await sql<{ status: ImportStatus }>`
      update import set status = case status when 'waiting' then 'running' else status end,
        progress = ${JSON.stringify(progress)}::jsonb
      where id = ${id} and status in ('waiting', 'running', 'cancelled', 'undoing') returning status`.execute(
      tx,
    );
    return rows[0]?.status === "running";
  });
}

/** How far reading is, before anything of it is in. */
export async function tellAhead(db: Db, id: number, ahead: Ahead): Promise<void> {
  await sql`
    update import set progress = progress || ${JSON.stringify({ ahead })}::jsonb
    where id = ${id} and status = 'running' and progress ->> 'rows' = '0'`.execute(db);
}

/** How far an import taken up again has read what it had read before. */
export async function tellAgain(db: Db, id: number, rows: number, again: Again): Promise<void> {
  await sql`
    update import set progress = progress || ${JSON.stringify({ again })}::jsonb
    where id = ${id} and status = 'running' and progress ->> 'rows' = ${String(rows)}`.execute(db);
}

export async function finishImport(
  db: Db,
  id: number,
  end: { status: ImportStatus; decisions?: readonly StoredDecision[]; error?: ImportRow["error"]; at: Date },
): Promise<void> {
  await sql`
    update import set status = ${end.status}, finished_at = ${end.at},
      decisions = ${JSON.stringify(end.decisions ?? [])}::jsonb,
      error = ${end.error ? JSON.stringify(end.error) : null}::jsonb
    where id = ${id} and status in ('waiting', 'running')`.execute(db);
}

/** Says that an ended import is being taken back; false when it is not one that can be. */
export async function beginUndo(db: Db, jobs: Jobs, id: number, at: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      update import set status = 'undoing', progress = progress - 'undo'
      where id = ${id} and status in ('done', 'needs-decision', 'failed', 'cancelled') returning id`.execute(
      tx,
    );
    if (rows.length === 0) return false;
    await jobs.add(tx, undoTask, { import: id }, { key: `${undoTask}:${id}`, runAt: at });
    return true;
  });
}

/** How far taking it back is. */
export async function tellUndo(db: Db, id: number, undo: UndoProgress): Promise<void> {
  await sql`
    update import set progress = progress || ${JSON.stringify({ undo })}::jsonb
    where id = ${id} and status = 'undoing'`.execute(db);
}

/** Nothing of it waits any more: neither questions nor refused rows. */
export async function finishUndo(db: Db, row: ImportRow, at: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`
      update quarantine set state = 'dropped', by = 'stork', ended_at = ${at}, note = 'undone', sealed_item = null
      where import_id = ${row.id} and state = 'open'`.execute(tx);
    await sql`update import set status = 'undone', finished_at = coalesce(finished_at, ${at}), decisions = '[]'::jsonb,
        progress = progress - 'undo'
      where id = ${row.id} and status = 'undoing'`.execute(tx);
  });
}

/** Answers whether there was anything to stop. */
export async function cancelImport(db: Db, id: number, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update import set status = 'cancelled', finished_at = ${at}
    where id = ${id} and status in ('waiting', 'running') returning id`.execute(db);
  return rows.length > 0;
}

export async function answerDecision(
  db: Db | Tx,
  row: ImportRow,
  decisions: readonly StoredDecision[],
): Promise<void> {
  const isOpen = decisions.some(({ answer }) => answer === null);
  await sql`
    update import set decisions = ${JSON.stringify(decisions)}::jsonb, status = ${isOpen ? "needs-decision" : "done"}
    where id = ${row.id}`.execute(db);
}

/** The refused rows that still wait, after one of them, in order. */
export async function findRefused(
  db: Db,
  id: number,
  after: { file: number; line: number },
  limit = 2000,
): Promise<{ file: number; line: number; code: string; sealed: Buffer }[]> {
  const { rows } = await sql<{ file: number; line: number; code: string; sealed: Buffer }>`
    select file, line, code, sealed_item as sealed from quarantine
    where import_id = ${id} and state = 'open' and line is not null
      and (file, line) > (${after.file}::int, ${after.line}::int)
    order by file, line limit ${limit}`.execute(db);
  return rows;
}
