import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { type MirroredChild, mirrorChildren, mirroredColumns } from "./child.store.ts";

const atOnce = 10_000;

/** Removes the children that somebody stated, in slices; answers the nodes that had stated them. Again, it changes nothing. */
export async function takeBackChildren(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
  statedBy: string,
  at: Date,
): Promise<number[]> {
  const nodes: number[] = [];
  for (;;) {
    const { rows } = await sql<MirroredChild>`
      update child set removed_at = ${at}, version = version + 1
      where id in (
        select id from child where workspace_id = ${workspace} and stated_by = ${statedBy} and removed_at is null
        limit ${atOnce})
      returning ${mirroredColumns}`.execute(db);
    if (rows.length === 0) return nodes;
    await mirrorChildren(clickhouse, rows);
    for (const { node } of rows) nodes.push(node);
  }
}
