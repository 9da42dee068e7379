import type { CampaignStatus } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import type { Jobs } from "../platform/jobs.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { lives } from "./presence.store.ts";

/** One campaign has one waiting job of each kind; a later one takes its place. */
const addPlanJob = (jobs: Jobs, db: Db | Tx, campaign: number, runAt: Date): Promise<void> =>
  jobs.add(db, "campaign.plan", { campaign }, { key: `campaign.plan:${campaign}`, runAt });

export const addSendJob = (jobs: Jobs, db: Db | Tx, campaign: number, runAt: Date): Promise<void> =>
  jobs.add(db, "campaign.send", { campaign }, { key: `campaign.send:${campaign}`, runAt });

/** Each answers false when the campaign's state does not allow it; then nothing has changed. */
export async function startCampaign(
  db: Db,
  jobs: Jobs,
  campaign: number,
  links: readonly string[],
  now: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      update campaign set status = 'running', started_at = ${now}, links = ${JSON.stringify(links)}::jsonb, beat_at = now(), beat_by = null
      where id = ${campaign} and status = 'draft' returning id`.execute(tx);
    if (rows.length === 0) return false;
    await addPlanJob(jobs, tx, campaign, now);
    return true;
  });
}

/** At once: what is claimed but not handed over goes back, and the sender finds that it may not go on. */
export async function pauseCampaign(db: Db, campaign: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (!(await changeStatus(tx, campaign, ["running"], "paused"))) return false;
    await sql`
      update message set state = 'planned', owner = null, lease_until = null, day = null
      where campaign_id = ${campaign} and state = 'sending' and handed_at is null`.execute(tx);
    return true;
  });
}

export async function resumeCampaign(db: Db, jobs: Jobs, campaign: number, now: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (!(await changeStatus(tx, campaign, ["paused"], "running"))) return false;
    await takeUp(tx, jobs, campaign, now);
    return true;
  });
}

/** At once and for good: whoever was not reached yet is held. */
export async function stopCampaign(db: Db, campaign: number, now: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (!(await changeStatus(tx, campaign, ["running", "paused"], "stopped", now))) return false;
    await sql`
      update message set state = 'held', reason = 'stopped', owner = null, lease_until = null, day = null
      where campaign_id = ${campaign} and (state = 'planned' or state = 'sending' and handed_at is null)`.execute(
      tx,
    );
    return true;
  });
}

/**
 * Plans again what was parked, or what may have arrived; answers how many, or null when the campaign is a draft or
 * stopped. A paused one stays paused.
 */
export async function retryMessages(
  db: Db,
  jobs: Jobs,
  campaign: number,
  what: "parked" | "unknown",
  now: Date,
): Promise<number | null> {
  return db.transaction().execute(async (tx) => {
    const paused = await changeStatus(tx, campaign, ["paused"], "paused");
    if (!paused && !(await changeStatus(tx, campaign, ["running", "done"], "running"))) return null;
    const { rows } = await sql`
      update message set state = 'planned', reason = null, receipt = null, attempts = 0, due_at = ${now}, day = null, handed_at = null,
        owner = null, lease_until = null
      where campaign_id = ${campaign} and state = ${what} returning id`.execute(tx);
    await takeUp(tx, jobs, campaign, now);
    return rows.length;
  });
}

/** Done when the whole audience is planned and nobody waits. */
export async function finishCampaign(db: Db, campaign: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update campaign set status = 'done', finished_at = ${now}
    where id = ${campaign} and status = 'running' and planned and journey_id is null and not exists (
      select from message where campaign_id = ${campaign} and state in ('planned', 'sending'))
    returning id`.execute(db);
  return rows.length > 0;
}

/** What came back after a stop (a claim that outlived it, a try that failed) is held like the rest. */
export async function holdStopped(db: Db, campaign: number): Promise<void> {
  await sql`
    update message set state = 'held', reason = 'stopped'
    from campaign where campaign.id = ${campaign} and campaign.status = 'stopped' and message.campaign_id = campaign.id
      and message.state = 'planned'`.execute(db);
}

/** When there will be something to do again: the earliest due message; claims of others are looked at when they may have ended. */
export async function nextWork(
  db: Db,
  campaign: number,
  now: Date,
  leaseSeconds: number,
): Promise<Date | null> {
  const { rows } = await sql<{ due: Date | null; claimed: boolean; planned: boolean }>`
    select (select min(due_at) from message where campaign_id = ${campaign} and state = 'planned') as due,
      exists (select from message where campaign_id = ${campaign} and state = 'sending') as claimed, planned
    from campaign where id = ${campaign} and status = 'running'`.execute(db);
  const row = rows[0];
  if (row === undefined) return null;
  const times = [
    ...(row.due === null ? [] : [row.due.getTime()]),
    ...(row.claimed ? [now.getTime() + leaseSeconds * 1000] : []),
    ...(row.planned ? [] : [now.getTime() + 1000]),
  ];
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** Campaigns with work to do that nobody has worked on lately: their server died, or their job was lost. */
export async function takeUpForgotten(db: Db, jobs: Jobs, now: Date, leaseSeconds: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select id from campaign
    where (beat_at is null or beat_at < now() - make_interval(secs => ${leaseSeconds})
        or beat_by is not null and not ${lives("campaign.beat_by")}) and (
      status = 'running' and (not planned or exists (
        select from message where campaign_id = campaign.id
          and (state = 'planned' and due_at <= ${now} or state = 'sending' and (lease_until < now() or not ${lives("message.owner")}))))
      or status <> 'draft' and exists (
        select from message where campaign_id = campaign.id and state = 'sent' and noted_at is null)
      or status in ('paused', 'stopped') and exists (
        select from message where campaign_id = campaign.id and state = 'sending' and (lease_until < now() or not ${lives("message.owner")})))`.execute(
    db,
  );
  for (const { id } of rows) await takeUp(db, jobs, id, now);
  return rows.length;
}

async function takeUp(db: Db | Tx, jobs: Jobs, campaign: number, now: Date): Promise<void> {
  await addPlanJob(jobs, db, campaign, now);
  await addSendJob(jobs, db, campaign, now);
}

async function changeStatus(
  tx: Tx,
  campaign: number,
  from: readonly CampaignStatus[],
  to: CampaignStatus,
  finishedAt: Date | null = null,
): Promise<boolean> {
  const { rows } = await sql`
    update campaign set status = ${to}, beat_at = now(), beat_by = null, finished_at = ${finishedAt}
    where id = ${campaign} and status = any(${[...from]}::text[]) returning id`.execute(tx);
  return rows.length > 0;
}
