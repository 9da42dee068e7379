import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

/** A node of each person by which a question about it is kept: its first. None for persons that are no more. */
export async function findAnchors(
  db: Db,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ person: number; node: number }>`
    select person, min(id) as node from node
    where workspace_id = ${workspace} and person = any(${[...new Set(persons)]}::bigint[]) group by person`.execute(
    db,
  );
  return new Map(rows.map(({ person, node }) => [person, node]));
}
