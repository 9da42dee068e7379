import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { type MirroredChild, mirrorChildren, mirroredColumns } from "./child.store.ts";
import { dateImpossible } from "./children.ts";

const atOnce = 10_000;

/**
 * Takes back what somebody said of children, in slices: whoever else spoke of a child before has the last word of it
 * again; a child of whom nobody else had spoken goes. `taken` are all whose words do not count any more. Answers the
 * nodes of these children. Again, it changes nothing.
 */
export async function takeBackChildren(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
  { statedBy, taken }: { statedBy: string; taken: readonly string[] },
  at: Date,
): Promise<number[]> {
  const nodes: number[] = [];
  for (;;) {
    const { rows } = await sql<MirroredChild>`
      with mine as (
        select id from child where workspace_id = ${workspace} and stated_by = ${statedBy} and removed_at is null
        limit ${atOnce}),
      before as (
        select distinct on (past.child) past.*, true as found from mine join child_past as past on past.child = mine.id
        where past.stated_by <> all (${[...taken, statedBy]}::text[])
        order by past.child, past.version desc)
      update child set version = child.version + 1,
        removed_at = case when found then before.removed_at else ${at} end,
        removed_by = case when found then before.removed_by else child.removed_by end,
        born_on = case when found then before.born_on else child.born_on end,
        due_on = case when found then before.due_on else child.due_on end,
        gestation_days = case when found then before.gestation_days else child.gestation_days end,
        adopted_on = case when found then before.adopted_on else child.adopted_on end,
        gender = case when found then before.gender else child.gender end,
        said_node = case when found then before.said_node else child.said_node end,
        marks = case when found and (before.born_on, before.due_on) is distinct from (child.born_on, child.due_on)
          then array_remove(marks, ${dateImpossible}) else marks end,
        stated_by = case when found then before.stated_by else child.stated_by end,
        stated_at = case when found then before.stated_at else child.stated_at end
      from mine left join before on before.child = mine.id
      where child.id = mine.id
      returning ${mirroredColumns}`.execute(db);
    if (rows.length === 0) return nodes;
    await mirrorChildren(clickhouse, rows);
    for (const { node } of rows) nodes.push(node);
  }
}
