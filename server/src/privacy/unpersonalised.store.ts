import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

/**
 * Those of these persons who asked not to be chosen for by what they did or are (PIPL 24). They are left out of whatever
 * reaches out to a segment; messages of service go on.
 */
export async function findUnpersonalised(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Set<number>> {
  if (persons.length === 0) return new Set();
  const { rows } = await sql<{ person: number }>`
    select distinct node.person from unpersonalised join node on node.id = unpersonalised.node
    where node.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[])`.execute(db);
  return new Set(rows.map(({ person }) => person));
}

/** Kept at each of her nodes: whoever of them is parted from her keeps her word. */
export async function setUnpersonalised(
  db: Db | Tx,
  workspace: number,
  person: number,
  { on, by, at }: { on: boolean; by: string; at: Date },
): Promise<void> {
  if (on)
    await sql`
      insert into unpersonalised (workspace_id, node, since, by)
      select workspace_id, id, ${at}, ${by} from node where workspace_id = ${workspace} and person = ${person}
      on conflict (node) do nothing`.execute(db);
  else
    await sql`
      delete from unpersonalised using node
      where node.id = unpersonalised.node and node.workspace_id = ${workspace} and node.person = ${person}`.execute(
      db,
    );
}
