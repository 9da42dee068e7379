import { sql } from "kysely";
import type { Db } from "../../platform/postgres.ts";

/** A child as stored, by the node that stated it. */
export interface StoredChild {
  node: number;
  bornOn: string | null;
  gender: string | null;
  genderCode: string | null;
  statedBy: string;
}

/** The children stated by these nodes themselves. */
export async function findStatedChildren(db: Db, nodes: readonly number[]): Promise<StoredChild[]> {
  if (nodes.length === 0) return [];
  const { rows } = await sql<StoredChild>`
    select node, born_on as "bornOn", gender, gender_code as "genderCode", stated_by as "statedBy"
    from child where node = any(${nodes}::bigint[]) and removed_at is null`.execute(db);
  return rows;
}
