import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { lockChildren, type MirroredChild, mirrorChildren } from "./child.store.ts";
import { numberList } from "./lists.ts";
import { owedRows } from "./owed.ts";
import { settleChildren } from "./same-child.store.ts";
import { type Settle, settleAll } from "./settle.ts";

/** So many of the last joins are looked at again at start. */
const recentMoves = 5_000;
const atOnce = 2_000;

export interface Uniter {
  unite(workspace: number, persons: readonly number[]): Promise<void>;
  /** The same for whoever these nodes are, in slices: after words of theirs were taken back. */
  settle(workspace: number, nodes: readonly number[]): Promise<void>;
  /** Makes good what a stop right after a join left undone; run at start. */
  recover(): Promise<void>;
}

/**
 * When two known persons turn out to be one, a child that was stated to both is kept once: a birth ends the pregnancy
 * that was stated elsewhere, so that nobody is written to as expectant after it. When they part, either has its own back.
 */
export function createUniter(
  { db, clickhouse, clock }: { db: Db; clickhouse: ClickHouse; clock: Clock },
  settling: readonly Settle[],
): Uniter {
  const copies = owedRows<MirroredChild>(
    ({ id }) => id,
    (rows) => mirrorChildren(clickhouse, rows),
  );

  async function unite(workspace: number, persons: readonly number[]): Promise<void> {
    const rows = await db.transaction().execute(async (tx) => {
      await lockChildren(tx, workspace);
      const united = await settleChildren(tx, workspace, persons, clock.now());
      return [...united, ...(await settleAll(settling, tx, workspace, persons, clock.now()))];
    });
    if (rows.length > 0) await copies.write(rows);
  }

  async function settle(workspace: number, nodes: readonly number[]): Promise<void> {
    for (let from = 0; from < nodes.length; from += atOnce) {
      const { rows } = await sql<{ person: number }>`
        select distinct person from node
        where id = any(${numberList(nodes.slice(from, from + atOnce))}::bigint[])`.execute(db);
      await unite(
        workspace,
        rows.map(({ person }) => person),
      );
    }
  }

  async function recover(): Promise<void> {
    const { rows } = await sql<{ workspace: number; persons: number[] }>`
      select node.workspace_id as workspace, array_agg(distinct node.person) as persons
      from (select node from person_move order by seq desc limit ${recentMoves}) as moved
      join node on node.id = moved.node join child on child.node = node.id
      where child.removed_at is null or 'same-child' = any (child.marks)
      group by node.workspace_id`.execute(db);
    for (const { workspace, persons } of rows) await unite(workspace, persons.map(Number));
  }

  return { unite, settle, recover };
}
