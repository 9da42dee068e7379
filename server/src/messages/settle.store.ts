import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import type { Reason } from "./reasons.ts";
import { suppress } from "./suppression.store.ts";

/** How one try ended. */
export interface Settled {
  readonly id: number;
  readonly state: "sent" | "planned" | "parked" | "unknown";
  readonly reason: Reason | null;
  readonly receipt: string | null;
  /** When to try again, for what is planned. */
  readonly dueAt: Date | null;
  /** How many tries to count. */
  readonly attempts: number;
  /** The address exists for nobody. */
  readonly bounced: boolean;
}

/**
 * The point of no return, committed before it is passed. Only what is still ours, not yet handed over and of a running
 * campaign may go; whoever pauses, stops or unsubscribes takes the row away first.
 */
export async function handOver(
  db: Db,
  owner: string,
  ids: readonly number[],
  now: Date,
): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    update message set handed_at = ${now}
    from campaign
    where message.id = any(${[...ids]}::bigint[]) and message.state = 'sending' and message.owner = ${owner}
      and message.handed_at is null and campaign.id = message.campaign_id and campaign.status = 'running'
    returning message.id`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Writes down how tries ended. A late answer also settles what had already been given up as unknown. */
export async function settle(db: Db, owner: string, settled: readonly Settled[], now: Date): Promise<void> {
  const column = <T>(of: (one: Settled) => T): T[] => settled.map(of);
  await sql`
    update message set
      state = list.state, reason = list.reason, receipt = list.receipt, attempts = message.attempts + list.attempts,
      due_at = coalesce(list.due_at, message.due_at),
      sent_at = case when list.state = 'sent' then ${now}::timestamptz end,
      handed_at = case when list.state in ('sent', 'unknown') then message.handed_at end,
      day = case when list.state in ('sent', 'unknown') then message.day end,
      lease_until = null, owner = null
    from unnest(${column(({ id }) => id)}::bigint[], ${column(({ state }) => state)}::text[],
      ${column(({ reason }) => reason)}::text[], ${column(({ receipt }) => receipt)}::text[],
      ${column(({ dueAt }) => dueAt)}::timestamptz[], ${column(({ attempts }) => attempts)}::int[]
    ) as list (id, state, reason, receipt, due_at, attempts)
    where message.id = list.id and (message.state = 'sending' and message.owner = ${owner}
      or message.state = 'unknown' and list.state = 'sent')`.execute(db);
  const bounced = settled.filter((one) => one.bounced).map(({ id }) => id);
  if (bounced.length > 0) await suppressBounced(db, bounced, now);
}

async function suppressBounced(db: Db, messages: readonly number[], now: Date): Promise<void> {
  const { rows } = await sql<{ node: number }>`
    select node from message where id = any(${[...messages]}::bigint[]) and node is not null`.execute(db);
  await suppress(
    db,
    rows.map(({ node }) => node),
    "bounced",
    now,
  );
}

/** Gives back what was claimed but never handed over, e.g. when a pass grew old or the channel is down. */
export async function release(db: Db, owner: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update message set state = 'planned', owner = null, lease_until = null, day = null
    where id = any(${[...ids]}::bigint[]) and state = 'sending' and owner = ${owner} and handed_at is null`.execute(
    db,
  );
}

/** The channel is in trouble: nobody's turn before `retryAt`; null parks what has been tried so often. */
export async function postponeCampaign(
  db: Db,
  campaign: number,
  { reason, receipt }: { reason: Reason; receipt: string },
  now: Date,
  retryAt: (attempts: number) => Date | null,
): Promise<void> {
  const { rows } = await sql<{ attempts: number }>`
    select distinct attempts from message
    where campaign_id = ${campaign} and state = 'planned' and due_at <= ${now}`.execute(db);
  for (const { attempts } of rows) {
    const at = retryAt(attempts + 1);
    await sql`
      update message set attempts = attempts + 1, reason = ${reason}, receipt = ${receipt},
        state = case when ${at === null} then 'parked' else 'planned' end, due_at = coalesce(${at}::timestamptz, due_at)
      where campaign_id = ${campaign} and state = 'planned' and due_at <= ${now} and attempts = ${attempts}`.execute(
      db,
    );
  }
}

/** Quiet hours: everything due waits for their end. */
export async function waitForOpening(db: Db, campaign: number, opening: Date): Promise<void> {
  await sql`
    update message set due_at = ${opening}, reason = 'quiet-hours'
    where campaign_id = ${campaign} and state = 'planned' and due_at < ${opening}`.execute(db);
}
