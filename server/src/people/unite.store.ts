import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import {
  findChildren,
  lockChildren,
  type MirroredChild,
  mirrorChildren,
  type StoredChild,
} from "./child.store.ts";
import { bringBack, setAside } from "./child-change.store.ts";
import { uniteChildren } from "./children.ts";
import { owedRows } from "./owed.ts";

/** What a row says that was taken for the same child as another one when two persons became one; undone with the join. */
const sameChild = "same-child";

/** So many of the last joins are looked at again at start. */
const recentMoves = 5_000;

export interface Uniter {
  unite(workspace: number, persons: readonly number[]): Promise<void>;
  /** Makes good what a stop right after a join left undone; run at start. */
  recover(): Promise<void>;
}

/**
 * When two known persons turn out to be one, a child that was stated to both is kept once: a birth ends the pregnancy
 * that was stated elsewhere, so that nobody is written to as expectant after it. When they part, either has its own back.
 */
export function createUniter(db: Db, clickhouse: ClickHouse, clock: Clock): Uniter {
  const copies = owedRows<MirroredChild>(
    ({ id }) => id,
    (rows) => mirrorChildren(clickhouse, rows),
  );

  async function unite(workspace: number, persons: readonly number[]): Promise<void> {
    const rows = await db.transaction().execute(async (tx) => {
      await lockChildren(tx, workspace);
      const back = await bringBack(tx, workspace, persons, sameChild);
      const repeated = repeatedIn(await findChildren(tx, workspace, persons));
      const aside = repeated.length === 0 ? [] : await setAside(tx, repeated, sameChild, clock.now());
      // Of a row that came back and went again the last version counts.
      return [...new Map([...back, ...aside].map((row) => [row.id, row])).values()];
    });
    if (rows.length > 0) await copies.write(rows);
  }

  async function recover(): Promise<void> {
    const { rows } = await sql<{ workspace: number; persons: number[] }>`
      select node.workspace_id as workspace, array_agg(distinct node.person) as persons
      from (select node from person_move order by seq desc limit ${recentMoves}) as moved
      join node on node.id = moved.node join child on child.node = node.id
      where child.removed_at is null or ${sameChild} = any (child.marks)
      group by node.workspace_id`.execute(db);
    for (const { workspace, persons } of rows) await unite(workspace, persons.map(Number));
  }

  return { unite, recover };
}

/** The children that another row of the same person already stands for. */
function repeatedIn(children: readonly StoredChild[]): number[] {
  const byPerson = Map.groupBy(children, ({ person }) => person);
  return [...byPerson.values()].flatMap((own) => {
    const kept = new Set(uniteChildren(own));
    return own.filter((child) => !kept.has(child)).map(({ id }) => id);
  });
}
