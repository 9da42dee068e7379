import type { Content } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import type { Jobs } from "../platform/jobs.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { compile } from "./content.ts";
import type { Reason } from "./reasons.ts";
import { addSendJob } from "./run.store.ts";

/**
 * A line is a campaign without an audience of its own, made for one message step of a journey. What is handed over to
 * it goes the way of every message: gate, claim, hand-over, log. There is no other.
 */
export interface NewLine {
  readonly workspace: number;
  readonly journey: number;
  readonly name: string;
  readonly channel: number;
  readonly content: Content;
  readonly at: Date;
}

/** A line that sends; its template was read and found good. */
export async function openLine(tx: Tx, line: NewLine): Promise<number> {
  const { workspace, journey, name, channel, content, at } = line;
  const links = JSON.stringify(compile(content).links);
  const { rows } = await sql<{ id: number }>`
    insert into campaign (workspace_id, journey_id, name, channel_id, subject, body, holdout_share, conversion_event,
      conversion_days, status, seed, links, planned, created_at, started_at)
    values (${workspace}, ${journey}, ${name}, ${channel}, ${content.subject}, ${content.body}, 0, '', 1, 'running', '',
      ${links}::jsonb, true, ${at}, ${at})
    returning id`.execute(tx);
  return rows[0]?.id as number;
}

export interface HandedOver {
  readonly line: number;
  readonly run: number;
  readonly person: number;
  readonly chosenAt: Date | null;
}

/** One message for each run, due now; a run that is handed over again changes nothing. */
export async function handToLines(
  tx: Tx,
  jobs: Jobs,
  workspace: number,
  handed: readonly HandedOver[],
  now: Date,
): Promise<void> {
  if (handed.length === 0) return;
  const column = <T>(of: (one: HandedOver) => T): T[] => handed.map(of);
  const { rows } = await sql<{ line: number }>`
    insert into message (workspace_id, campaign_id, run_id, person, chosen_at, arm, state, due_at)
    select ${workspace}, line, run, person, chosen_at, 'treated', 'planned', ${now}
    from unnest(${column(({ line }) => line)}::int[], ${column(({ run }) => run)}::bigint[],
      ${column(({ person }) => person)}::bigint[], ${column(({ chosenAt }) => chosenAt)}::timestamptz[])
      as list (line, run, person, chosen_at)
    on conflict (run_id, campaign_id) where run_id is not null do nothing
    returning campaign_id as line`.execute(tx);
  for (const line of new Set(rows.map((row) => row.line))) await addSendJob(jobs, tx, line, now);
}

/** All lines of a journey stop at once, go on, or end. */
export async function setLines(
  tx: Tx,
  jobs: Jobs,
  journey: number,
  status: "running" | "paused" | "stopped",
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    update campaign set status = ${status}, beat_at = now(), beat_by = null
    where journey_id = ${journey} and status in ('running', 'paused') returning id`.execute(tx);
  const [state, reason] = status === "stopped" ? ["held", "stopped"] : ["planned", null];
  if (status !== "running")
    await sql`
      update message set state = ${state}, reason = ${reason}, owner = null, lease_until = null, day = null
      from campaign
      where campaign.id = message.campaign_id and campaign.journey_id = ${journey}
        and (message.state = 'planned' and ${status === "stopped"}
          or message.state = 'sending' and message.handed_at is null)`.execute(tx);
  else for (const { id } of rows) await addSendJob(jobs, tx, id, now);
}

/** What these runs have handed over and has not left is held. */
export async function holdRuns(tx: Db | Tx, runs: readonly number[], reason: Reason): Promise<void> {
  if (runs.length === 0) return;
  await sql`
    update message set state = 'held', reason = ${reason}, owner = null, lease_until = null, day = null
    where run_id = any(${[...runs]}::bigint[]) and (state = 'planned' or state = 'sending' and handed_at is null)`.execute(
    tx,
  );
}
