import { sql } from "kysely";
import type { OnCommitted } from "../events/commit.store.ts";
import { takeBackChildren } from "../people/child-undo.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import type { Records } from "../records/records.store.ts";
import { finishUndo, type ImportRow } from "./imports.store.ts";

export interface UndoDeps {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  records: Pick<Records, "undo">;
  onCommitted: readonly OnCommitted[];
  /** What a consent taken back let be used, or kept back, is so no more. */
  settleChildren(workspace: number, nodes: readonly number[]): Promise<void>;
}

/**
 * Takes an import back as a whole: its records, the events told from them, and what it said of children and consents.
 * Identifiers stay as seen: who is one person with whom was learned from what was written, and is undone by itself.
 * Every step may be done again, so that a kill between two of them leaves nothing half.
 */
export async function undoImport(deps: UndoDeps, row: ImportRow): Promise<void> {
  const { db, clickhouse, clock } = deps;
  await deps.records.undo(row.workspace, row.id);
  const by = `import:${row.id}`;
  const taken = await undoneBefore(db, row.workspace);
  const children = await takeBackChildren(
    { db, clickhouse },
    row.workspace,
    { statedBy: by, taken },
    clock.now(),
  );
  const nodes = new Set(children);
  const { rows } = await sql<{ node: number }>`
    delete from consent where workspace_id = ${row.workspace} and said_by = ${by} returning node`.execute(db);
  for (const { node } of rows) nodes.add(node);
  await deps.settleChildren(row.workspace, [...nodes]);
  if (nodes.size > 0) for (const told of deps.onCommitted) await told(row.workspace, [...nodes], [], []);
  await finishUndo(db, row, clock.now());
}

/** Imports whose words count no more. */
async function undoneBefore(db: Db, workspace: number): Promise<string[]> {
  const { rows } = await sql<{ id: number }>`
    select id from import where workspace_id = ${workspace} and status = 'undone'`.execute(db);
  return rows.map(({ id }) => `import:${id}`);
}
