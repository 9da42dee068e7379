import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import type { StoredSegment } from "../segments/segments.store.ts";

/** Also those that were removed after a journey began to use them: their conditions hold for it still. */
export async function findAllSegments(db: Db | Tx, workspace: number): Promise<StoredSegment[]> {
  const { rows } = await sql<StoredSegment>`
    select id, name, condition as "where", version, fresh_at as "freshAt", created_at as "createdAt"
    from segment where workspace_id = ${workspace} order by id`.execute(db);
  return rows;
}
