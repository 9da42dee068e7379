import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

/**
 * Those of these persons whose deletion was asked for, proven and is under way, or waits for a legal hold: of them
 * nothing is done any more but keeping (PIPL 47). Nothing of them leaves the house for any purpose.
 */
export async function findRestricted(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Set<number>> {
  if (persons.length === 0) return new Set();
  const { rows } = await sql<{ person: number }>`
    select distinct node.person from rights_request as request join node on node.id = request.person
    where request.kind = 'delete' and request.child is null and request.state in ('working', 'held')
      and node.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[])`.execute(db);
  return new Set(rows.map(({ person }) => person));
}
