import type { Delivery, WebhookTopic } from "@stork/contract/webhooks.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

export interface NewDelivery {
  id: string;
  webhook: number;
  topic: WebhookTopic;
  about: string;
  body: object;
  /** The message of an event that is still to be stored. */
  fact?: string;
}

/** Puts deliveries in the queue; those that are there already stay as they are. A paused webhook is told of nothing new. */
export async function addDeliveries(
  db: Db | Tx,
  deliveries: readonly NewDelivery[],
  at: Date,
  dueAt = at,
): Promise<void> {
  const atOnce = 1000;
  for (let from = 0; from < deliveries.length; from += atOnce)
    await sql`
      insert into webhook_delivery (id, webhook_id, topic, about, body, fact, created_at, next_at)
      select id, webhook, topic, about, body, fact, ${at}, ${dueAt}
      from jsonb_to_recordset(${JSON.stringify(deliveries.slice(from, from + atOnce))}::jsonb)
        as fresh (id text, webhook int, topic text, about text, body jsonb, fact text)
      where exists (select from webhook where id = fresh.webhook and paused_at is null and removed_at is null)
      on conflict do nothing`.execute(db);
}

export interface Due {
  id: string;
  webhook: number;
  attempts: number;
  body: object;
  /** The message of an event of which it is not known that it was stored. */
  fact: string | null;
}

/**
 * Takes what is due, a few of each webhook so that a slow receiver does not hold up the others. What is taken is due
 * again after the lease, should this process die with it.
 */
export async function claimDue(
  db: Db,
  now: Date,
  leaseMs: number,
  most: number,
  mostEach: number,
): Promise<Due[]> {
  const lease = new Date(now.getTime() + leaseMs);
  // Each webhook by itself, by the index: the backlog of one that is slow is never read as a whole. What is locked is
  // looked at again as it is then, so that two servers never take the same.
  const { rows } = await sql<Due>`
    update webhook_delivery d set next_at = ${lease}, attempts = attempts + 1
    from (
      select due.webhook_id, due.id
      from webhook cross join lateral (
        select webhook_id, id from webhook_delivery
        where webhook_id = webhook.id and state = 'waiting' and next_at <= ${now}
        order by next_at limit ${mostEach} for update skip locked) due
      where webhook.removed_at is null and webhook.paused_at is null
      limit ${most}
    ) taken
    where d.webhook_id = taken.webhook_id and d.id = taken.id
    returning d.id, d.webhook_id as webhook, d.attempts, d.body, d.fact`.execute(db);
  return rows;
}

export async function endDelivery(
  db: Db,
  { webhook, id }: Pick<Due, "webhook" | "id">,
  end: { state: Delivery["state"]; answer: string; nextAt: Date | null; at: Date },
): Promise<void> {
  await sql`
    update webhook_delivery set state = ${end.state}, last_answer = ${end.answer}, next_at = ${end.nextAt},
      delivered_at = case when ${end.state} = 'delivered' then ${end.at}::timestamptz end
    where webhook_id = ${webhook} and id = ${id}`.execute(db);
}

/** Nobody is told: what waits stays in the log, with why. */
export async function withhold(
  db: Db | Tx,
  deliveries: readonly { webhook: number; id: string; reason: string }[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await sql`
    update webhook_delivery as d set state = 'withheld', last_answer = reason, next_at = null
    from unnest(${deliveries.map(({ webhook }) => webhook)}::int[], ${deliveries.map(({ id }) => id)}::text[],
      ${deliveries.map(({ reason }) => reason)}::text[]) as of (webhook, id, reason)
    where d.webhook_id = of.webhook and d.id = of.id and d.state = 'waiting'`.execute(db);
}

/** Back into the queue, as if it were new. */
export async function retryDelivery(db: Db, webhook: number, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update webhook_delivery set state = 'waiting', attempts = 0, next_at = ${at}
    where webhook_id = ${webhook} and id = ${id} returning id`.execute(db);
  return rows.length > 0;
}

export async function findDeliveries(
  db: Db,
  webhook: number,
  asked: { state: string | null; after: string | null; limit: number },
): Promise<Delivery[]> {
  type Row = Omit<Delivery, "createdAt" | "nextAt" | "deliveredAt"> &
    Record<"createdAt" | "nextAt" | "deliveredAt", Date>;
  const { rows } = await sql<Row>`
    select id, topic, about, state, attempts, last_answer as "lastAnswer", created_at as "createdAt",
      next_at as "nextAt", delivered_at as "deliveredAt", body
    from webhook_delivery
    where webhook_id = ${webhook} and (${asked.state}::text is null or state = ${asked.state})
      and (${asked.after}::text is null or (created_at, id) < (
        select created_at, id from webhook_delivery where webhook_id = ${webhook} and id = ${asked.after}))
    order by created_at desc, id desc limit ${asked.limit}`.execute(db);
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    nextAt: row.state === "waiting" ? text(row.nextAt) : null,
    deliveredAt: text(row.deliveredAt),
  }));
}

export interface Counts {
  webhook: number;
  delivered: number;
  failed: number;
  waiting: number;
  lastDeliveredAt: Date | null;
}

export async function countDeliveries(db: Db, webhooks: readonly number[], since: Date): Promise<Counts[]> {
  // Of what was queued since, and of what waits, by their indexes: the log of thirty days is not read for a list.
  const { rows } = await sql<Counts>`
    select webhook, recent.delivered, recent.failed, queue.waiting, newest.at as "lastDeliveredAt"
    from unnest(${[...webhooks]}::int[]) as of (webhook)
    cross join lateral (
      select count(*) filter (where state = 'delivered') as delivered, count(*) filter (where state = 'failed') as failed
      from webhook_delivery where webhook_id = webhook and created_at > ${since}) as recent
    cross join lateral (
      select count(*) as waiting from webhook_delivery where webhook_id = webhook and state = 'waiting') as queue
    left join lateral (
      select delivered_at as at from webhook_delivery where webhook_id = webhook and state = 'delivered'
      order by created_at desc limit 1) as newest on true`.execute(db);
  return rows.map((row) => ({
    ...row,
    delivered: Number(row.delivered),
    failed: Number(row.failed),
    waiting: Number(row.waiting),
  }));
}

/** The log keeps what is over with for thirty days; what waits for a webhook that is gone waits no longer. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - 30 * 86_400_000);
  await sql`
    delete from webhook_delivery where webhook_id in (select id from webhook where removed_at is not null)`.execute(
    db,
  );
  await sql`delete from webhook_delivery where state <> 'waiting' and created_at < ${before}`.execute(db);
}
