import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

/** The person a node or a former person's id belongs to today; null when this workspace has none. */
export async function findPerson(db: Db | Tx, workspace: number, id: string): Promise<number | null> {
  if (!/^\d{1,15}$/.test(id)) return null;
  const { rows } = await sql<{ person: number }>`
    select person from node where id = ${id}::bigint and workspace_id = ${workspace}`.execute(db);
  return rows[0]?.person ?? null;
}
