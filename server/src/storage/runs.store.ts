import type { LifeCycleRun } from "@stork/contract/storage.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

export type NewRun = Omit<LifeCycleRun, "id" | "at"> & { at: Date };

/** What was done to which month, kept for good: it is how one knows later why a year is not there. */
export async function recordRun(db: Db, workspace: number, run: NewRun): Promise<void> {
  await sql`
    insert into storage_run (workspace_id, kind, step, month, rows, bytes_before, bytes_after, at, by)
    values (${workspace}, ${run.kind}, ${run.step}, ${run.month}, ${run.rows}, ${run.bytesBefore},
      ${run.bytesAfter}, ${run.at}, ${run.by})`.execute(db);
}

export async function findRuns(db: Db, workspace: number, limit = 200): Promise<LifeCycleRun[]> {
  const { rows } = await sql<Omit<LifeCycleRun, "id" | "at"> & { id: number; at: Date }>`
    select id, kind, step, month, rows, bytes_before as "bytesBefore", bytes_after as "bytesAfter", at, by
    from storage_run where workspace_id = ${workspace} order by id desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, id: String(row.id), at: row.at.toISOString() }));
}
