import { sql } from "kysely";
import type { OnCommitted } from "../events/commit.store.ts";
import { takeBackChildren } from "../people/child-undo.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import type { OnUndoStep, Records } from "../records/records.store.ts";
import { finishUndo, type ImportRow, tellUndo } from "./imports.store.ts";

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
 * Every step may be done again, so that a kill between two of them leaves nothing half. How far it is stands in the
 * import's row meanwhile.
 */
export async function undoImport(deps: UndoDeps, row: ImportRow): Promise<void> {
  const { db, clickhouse, clock } = deps;
  const tell = teller(deps, row.id);
  await deps.records.undo(row.workspace, row.id, tell);
  const by = `import:${row.id}`;
  await tell("children", 0, await countChildren(db, row.workspace, by));
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

/** Writes down how far it is, and since when it is at this step. */
function teller({ db, clock }: Pick<UndoDeps, "db" | "clock">, id: number): OnUndoStep {
  let at: { step: string; since: string } = { step: "", since: "" };
  return async (step, done, of) => {
    if (at.step !== step) at = { step, since: clock.now().toISOString() };
    await tellUndo(db, id, { step, since: at.since, done, of });
  };
}

/** The children of whom it has the last word. */
async function countChildren(db: Db, workspace: number, by: string): Promise<number> {
  const { rows } = await sql<{ children: number }>`
    select count(*)::int as children from child
    where workspace_id = ${workspace} and stated_by = ${by} and removed_at is null`.execute(db);
  return rows[0]?.children ?? 0;
}

/** Imports whose words count no more. */
async function undoneBefore(db: Db, workspace: number): Promise<string[]> {
  const { rows } = await sql<{ id: number }>`
    select id from import where workspace_id = ${workspace} and status = 'undone'`.execute(db);
  return rows.map(({ id }) => `import:${id}`);
}
