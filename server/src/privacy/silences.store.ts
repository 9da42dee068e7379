import type { Silence, Stopped } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

/** A silence as kept, ended or not, with one of the persons it is about. */
export interface KeptSilence extends Silence {
  readonly person: string;
}

const columns =
  sql.raw(`silence.id::text, silence.child::text, silence.since, silence.why, silence.said_by as by,
  silence.sign, silence.ended_at as "endedAt", silence.ended_by as "endedBy",
  (select node.person::text from silence_node join node on node.id = silence_node.node
    where silence_node.silence_id = silence.id order by node.id limit 1) as person`);

type Row = Omit<KeptSilence, "since" | "endedAt"> & { since: Date; endedAt: Date | null };
const kept = ({ since, endedAt, ...row }: Row): KeptSilence => ({
  ...row,
  since: since.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});

/** All silences that this person ever fell under, newest first. */
export async function findSilences(db: Db, workspace: number, person: number): Promise<KeptSilence[]> {
  const { rows } = await sql<Row>`
    select ${columns} from silence
    where silence.workspace_id = ${workspace} and exists (
      select from silence_node join node on node.id = silence_node.node
      where silence_node.silence_id = silence.id and node.person = ${person})
    order by silence.id desc`.execute(db);
  return rows.map(kept);
}

/** The newest of the workspace. */
export async function listSilences(
  db: Db,
  workspace: number,
  { before, limit }: { before: number | null; limit: number },
): Promise<KeptSilence[]> {
  const { rows } = await sql<Row>`
    select ${columns} from silence
    where silence.workspace_id = ${workspace} and (${before}::bigint is null or silence.id < ${before}::bigint)
    order by silence.id desc limit ${limit}`.execute(db);
  return rows.map(kept);
}

export async function findSilence(db: Db | Tx, workspace: number, id: number): Promise<KeptSilence | null> {
  const { rows } = await sql<Row>`
    select ${columns} from silence where workspace_id = ${workspace} and id = ${id}`.execute(db);
  return rows[0] === undefined ? null : kept(rows[0]);
}

/** What it stopped, with what systems tried to say again. */
export async function findStopped(db: Db, silence: number): Promise<Stopped[]> {
  const { rows } = await sql<Omit<Stopped, "firstAt" | "lastAt"> & { firstAt: Date; lastAt: Date }>`
    select kind, ref, name, times, first_at as "firstAt", last_at as "lastAt" from silence_stop
    where silence_id = ${silence}
    union all
    select 'statement', '', '', max(times), min(last_at), max(last_at)
    from child_hushed join silence_node on silence_node.node = child_hushed.node
    where silence_node.silence_id = ${silence} and times > 0 having max(times) > 0
    union all
    -- Of campaigns whose plan came after the word: held at the gate.
    select 'message', campaign.id::text, campaign.name, count(*)::int, min(message.due_at), max(message.due_at)
    from silence_node join silence on silence.id = silence_node.silence_id
    join message on message.workspace_id = silence.workspace_id and message.person = silence_node.node
    join campaign on campaign.id = message.campaign_id
    where silence_node.silence_id = ${silence} and message.state = 'held' and message.reason = 'silence'
      and not exists (select from silence_stop as stop
        where stop.silence_id = silence.id and stop.kind = 'message' and stop.ref = campaign.id::text)
    group by campaign.id, campaign.name
    order by 5, 1`.execute(db);
  return rows.map(({ firstAt, lastAt, ...row }) => ({
    ...row,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }));
}

/** Messages that left after a silence began although they were not about another child: there must be none. */
export async function countLeaked(db: Db, silence: number): Promise<number> {
  const { rows } = await sql<{ leaked: number }>`
    select count(*)::int as leaked from silence join silence_node on silence_node.silence_id = silence.id
    join message on message.workspace_id = silence.workspace_id and message.person = silence_node.node
    join campaign on campaign.id = message.campaign_id
    where silence.id = ${silence} and message.handed_at > silence.since
      and message.handed_at <= coalesce(silence.ended_at, 'infinity')
      and campaign.started_at <= silence.since`.execute(db);
  return rows[0]?.leaked ?? 0;
}

export interface SilenceEnd {
  readonly by: string;
  readonly reason: string | null;
  readonly at: Date;
}

/**
 * What was taken away stays away until she says it anew; dates that signs alone kept back are to be settled by the
 * caller. Answers whose it was.
 */
export async function endSilence(
  tx: Tx,
  workspace: number,
  id: number,
  { by, reason, at }: SilenceEnd,
): Promise<number[]> {
  await sql`
    update silence set ended_at = ${at}, ended_by = ${by}, end_reason = ${reason}
    where id = ${id} and workspace_id = ${workspace} and ended_at is null`.execute(tx);
  const { rows } = await sql<{ person: number }>`
    select distinct node.person from node where node.workspace_id = ${workspace} and (
      id in (select node from silence_node where silence_id = ${id})
      or id in (select child.node from silence_child join child on child.id = silence_child.child
        where silence_id = ${id}))`.execute(tx);
  return rows.map(({ person }) => person);
}
