import { lockChildren, type MirroredChild, mirrorChildren } from "../people/child.store.ts";
import { owedRows } from "../people/owed.ts";
import type { Tx } from "../platform/postgres.ts";
import { settleWithheld } from "../privacy/withheld.store.ts";
import type { FamiliesParts } from "./parts.ts";

/** What a change of children or families touched: rows for the mirror, and whose they are. */
export interface Touched<Answer> {
  readonly answer: Answer;
  readonly rows: readonly MirroredChild[];
  readonly persons: readonly number[];
}

export type Change = <Answer>(
  workspace: number,
  work: (tx: Tx) => Promise<Touched<Answer>>,
) => Promise<Answer>;

/**
 * Changes of a workspace's children and families take turns; each is committed in PostgreSQL, copied to ClickHouse and
 * told to the later rooms before it is answered.
 */
export function createChange({ db, clickhouse, vault, clock, onChanged }: FamiliesParts): Change {
  const copies = owedRows<MirroredChild>(
    ({ id }) => id,
    (rows) => mirrorChildren(clickhouse, rows),
  );
  return async (workspace, work) => {
    const { answer, rows, persons } = await db.transaction().execute(async (tx) => {
      await lockChildren(tx, workspace);
      const done = await work(tx);
      // Who cares for a child has a word on it.
      const settled = await settleWithheld(tx, vault, workspace, done.persons, clock.now());
      return { ...done, rows: [...done.rows, ...settled] };
    });
    await copies.write(rows);
    if (persons.length > 0) await onChanged(workspace, persons);
    return answer;
  };
}
