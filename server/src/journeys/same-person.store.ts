import { sql } from "kysely";
import { holdRuns } from "../messages/lines.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";

/**
 * Persons became one, or one became two. Of two runs of one person in a journey the one that came first goes on, since
 * it has said more; the other stands still where it is, and goes on from there when the two are parted again. What it
 * had said by then is not said again: its steps are behind it.
 */
export async function settleSamePerson(
  db: Db,
  workspace: number,
  persons: readonly number[],
  at: Date,
): Promise<void> {
  if (persons.length === 0) return;
  await db.transaction().execute(async (tx) => {
    await goOnApart(tx, workspace, persons, at);
    await holdRuns(tx, await giveWay(tx, workspace, persons, at), "same-person");
  });
}

async function giveWay(tx: Tx, workspace: number, persons: readonly number[], at: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with theirs as (
      select run.id, first_value(run.id) over (
        partition by run.journey_id, node.person order by run.entered_at, run.id) as first
      from node join journey_run as run on run.node = node.id
      where node.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[])
        and run.state = 'waiting'
    )
    update journey_run as run set state = 'exited', reason = 'same-person', gave_way_to = theirs.first, ended_at = ${at}
    from theirs where run.id = theirs.id and theirs.id <> theirs.first and run.state = 'waiting'
    returning run.id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** `due_at` was kept: a wait that is over by now is over. */
async function goOnApart(tx: Tx, workspace: number, persons: readonly number[], at: Date): Promise<void> {
  await sql`
    update journey_run as run
    set state = 'waiting', reason = null, gave_way_to = null, ended_at = null, due_at = coalesce(run.due_at, ${at})
    from node, journey_run as other, node as others
    where node.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[]) and run.node = node.id
      and run.state = 'exited' and run.reason = 'same-person' and other.id = run.gave_way_to
      and others.id = other.node and others.person <> node.person
      and exists (select from journey where id = run.journey_id and status in ('live', 'paused'))`.execute(
    tx,
  );
}
