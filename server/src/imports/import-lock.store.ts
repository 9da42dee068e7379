import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import type { ImportRow } from "./imports.store.ts";

const lockKey = 7183;

/** Takes an import for this process alone while `work` runs; false when another has it. One import of a workspace at a time. */
export async function withImportLock(db: Db, workspace: number, work: () => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      got: boolean;
    }>`select pg_try_advisory_lock(${lockKey}::int, ${workspace}::int) as got`.execute(connection);
    if (rows[0]?.got !== true) return false;
    try {
      await work();
      return true;
    } finally {
      await sql`select pg_advisory_unlock(${lockKey}::int, ${workspace}::int)`.execute(connection);
    }
  });
}

/**
 * Whether an import that was stopped still has somebody writing the rows that were under way: they are counted when they
 * are in. Whoever else is at work on this workspace's imports holds the lock for that.
 */
export async function isSettling(
  db: Db,
  { id, workspace, status }: Pick<ImportRow, "id" | "workspace" | "status">,
): Promise<boolean> {
  if (status !== "cancelled") return false;
  const { rows } = await sql<{ held: boolean }>`
    select exists (
      select from pg_locks
      where locktype = 'advisory' and granted and classid = ${lockKey}::int::oid and objid = ${workspace}::int::oid
        and objsubid = 2 and database = (select oid from pg_database where datname = current_database())
    ) and not exists (
      select from import where workspace_id = ${workspace} and id <> ${id} and status in ('running', 'undoing')
    ) as held`.execute(db);
  return rows[0]?.held === true;
}
