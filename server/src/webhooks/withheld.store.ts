import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { type BarredReason, findBarred, type Leaving } from "../privacy/leave.store.ts";
import type { StoppedItem, StopReason, Whom } from "../privacy/stoppers.ts";
import { noteHeldBack } from "../privacy/stops.store.ts";
import { findSegments, savedSegments } from "../segments/segments.store.ts";
import { speaksOfChild } from "../segments/sentence.ts";
import type { NewDelivery } from "./deliveries.store.ts";
import type { WebhookRow } from "./webhooks.store.ts";

/** What a delivery says of whom, read from its body. */
interface Telling {
  readonly webhook: Pick<WebhookRow, "id" | "name" | "purpose" | "workspace">;
  readonly topic: string;
  readonly person: number;
  readonly segment: string | null;
  readonly at: Date;
}

type Told = Pick<NewDelivery, "body">;

function tellingOf(webhook: Telling["webhook"], { body }: Told): Telling {
  const { type, timestamp, data } = body as {
    type: string;
    timestamp: string;
    data: { person: string; segment?: { id: string } };
  };
  const { person, segment } = data;
  return {
    webhook,
    topic: type,
    person: Number(person),
    segment: segment?.id ?? null,
    at: new Date(timestamp),
  };
}

/**
 * Which of these deliveries nobody may be told of, and why, by their place in the list. Asked when they are queued and
 * again right before each is sent, so that a no said in between is obeyed.
 */
export async function findWithheld(
  db: Db | Tx,
  deliveries: readonly (Told & { readonly to: Telling["webhook"] })[],
): Promise<Map<number, BarredReason>> {
  const tellings = deliveries.map((one, place) => ({ ...tellingOf(one.to, one), place }));
  const today = await personsToday(db, [...new Set(tellings.map(({ person }) => person))]);
  const withheld = new Map<number, BarredReason>();
  const alike = Map.groupBy(tellings, ({ webhook, segment }) =>
    [webhook.workspace, webhook.purpose, segment !== null].join(),
  );
  for (const some of alike.values()) {
    const [first] = some;
    if (first === undefined) continue;
    const ask = (persons: readonly number[], leaving: Leaving) => findUnder(db, first, persons, leaving);
    const who = (one: Telling) => today.get(one.person) ?? one.person;
    const barred = await ask([...new Set(some.map(who))], {});
    for (const one of some) {
      const reason = barred.get(who(one));
      if (reason === undefined) continue;
      // Who comes into a segment for another child than the silenced one may be told of.
      const byChild = reason === "silence" && (await entersByChild(db, one));
      const still = byChild ? (await ask([who(one)], { byChildrenAt: one.at })).get(who(one)) : reason;
      if (still !== undefined) withheld.set(one.place, still);
    }
  }
  return withheld;
}

/** A webhook of service hears of orders whatever was said; who is in which segment is never part of that. */
async function findUnder(
  db: Db | Tx,
  { webhook: { workspace, purpose }, segment }: Telling,
  persons: readonly number[],
  leaving: Leaving,
): Promise<Map<number, BarredReason>> {
  if (purpose === "sharing") return findBarred(db, workspace, persons, "sharing", leaving);
  if (purpose === "service" && segment === null) return findBarred(db, workspace, persons, "orders");
  return findBarred(db, workspace, persons, "marketing", { ...leaving, onlyRefused: true });
}

async function entersByChild(db: Db | Tx, { webhook, topic, segment }: Telling): Promise<boolean> {
  if (topic !== "segment.entered" || segment === null) return false;
  const saved = savedSegments(await findSegments(db as Db, webhook.workspace));
  const where = saved.get(segment)?.where;
  return where !== undefined && speaksOfChild(where, saved);
}

async function personsToday(db: Db | Tx, ids: readonly number[]): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where id = any(${[...ids]}::bigint[])`.execute(db);
  return new Map(rows.map(({ id, person }) => [id, person]));
}

/** Those of new deliveries that may be queued; what a silence held back is kept for its proof. */
export async function mayBeQueued(
  db: Db,
  webhook: WebhookRow,
  deliveries: readonly NewDelivery[],
  at: Date,
): Promise<NewDelivery[]> {
  const withheld = await findWithheld(
    db,
    deliveries.map(({ body }) => ({ body, to: webhook })),
  );
  if (withheld.size === 0) return [...deliveries];
  const silent = [...withheld].flatMap(([place, reason]) => {
    const one = deliveries[place];
    if (reason !== "silence" || one === undefined) return [];
    const item = { kind: "webhook", ref: String(webhook.id), name: webhook.name, times: 1 } as const;
    return [{ person: tellingOf(webhook, one).person, item }];
  });
  await noteHeldBack(db, webhook.workspace, silent, at);
  return deliveries.filter((_, place) => !withheld.has(place));
}

/** What waits for somebody who has just said no. What is about orders alone goes on. */
export async function withholdQueued(
  tx: Tx,
  { workspace, nodes }: Whom,
  reason: StopReason,
): Promise<StoppedItem[]> {
  const { rows } = await sql<{ webhook: number; name: string; times: number }>`
    with withheld as (
      update webhook_delivery as d set state = 'withheld', last_answer = ${reason}, next_at = null
      from webhook
      where webhook.id = d.webhook_id and webhook.workspace_id = ${workspace} and d.state = 'waiting'
        and d.body -> 'data' ->> 'person' = any(${nodes.map(String)}::text[])
        and (webhook.purpose <> 'service' or d.topic <> 'event')
      returning webhook.id, webhook.name
    )
    select id as webhook, name, count(*) as times from withheld group by 1, 2`.execute(tx);
  return rows.map(({ webhook, name, times }) => ({
    kind: "webhook",
    ref: String(webhook),
    name,
    times: Number(times),
  }));
}
