import { sql } from "kysely";
import { type ClickHouse, ch, list, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import type { Due, NewDelivery } from "./deliveries.store.ts";

/** The events of these are stored: they are due now. Answers those that are not in the queue as being in doubt. */
export async function confirmDeliveries(
  db: Db,
  deliveries: readonly NewDelivery[],
  at: Date,
): Promise<NewDelivery[]> {
  if (deliveries.length === 0) return [];
  const { rows } = await sql<{ webhook: number; id: string }>`
    update webhook_delivery as d set fact = null, next_at = ${at}
    from unnest(${deliveries.map(({ webhook }) => webhook)}::int[], ${deliveries.map(({ id }) => id)}::text[])
      as of (webhook, id)
    where d.webhook_id = of.webhook and d.id = of.id and d.fact is not null
    returning d.webhook_id as webhook, d.id`.execute(db);
  const confirmed = new Set(rows.map(({ webhook, id }) => `${webhook} ${id}`));
  return deliveries.filter(({ webhook, id }) => !confirmed.has(`${webhook} ${id}`));
}

/**
 * Of what is due, that which may be sent. Of an event in doubt (the process that queued it has not said since that it is
 * stored) the facts are asked: who finds it there sends; what is not there was never acknowledged, and is told of when
 * it is sent again.
 */
export async function settleForetold<One extends Due & { to: { workspace: number } }>(
  db: Db,
  clickhouse: Pick<ClickHouse, "query">,
  due: readonly One[],
): Promise<One[]> {
  const doubtful = due.filter(({ fact }) => fact !== null);
  if (doubtful.length === 0) return [...due];
  const stored = new Set<string>();
  for (const [workspace, some] of Map.groupBy(doubtful, ({ to }) => to.workspace)) {
    const nodes = some.map(({ body }) => Number((body as { data: { node: string } }).data.node));
    const messages = some.map(({ fact }) => fact as string);
    const found = await clickhouse.query<{ message: string }>(ch`
      select distinct toString(message) as message from event
      where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)}
        and message in ${list("UInt64", messages)}`);
    for (const { message } of found) stored.add(`${workspace} ${message}`);
  }
  const isLost = ({ fact, to }: One) => fact !== null && !stored.has(`${to.workspace} ${fact}`);
  const lost = due.filter(isLost);
  if (lost.length > 0)
    await sql`
      delete from webhook_delivery as d
      using unnest(${lost.map(({ webhook }) => webhook)}::int[], ${lost.map(({ id }) => id)}::text[]) as of (webhook, id)
      where d.webhook_id = of.webhook and d.id = of.id and d.fact is not null`.execute(db);
  const sure = doubtful.filter((one) => !isLost(one));
  if (sure.length > 0)
    await sql`
      update webhook_delivery as d set fact = null
      from unnest(${sure.map(({ webhook }) => webhook)}::int[], ${sure.map(({ id }) => id)}::text[]) as of (webhook, id)
      where d.webhook_id = of.webhook and d.id = of.id`.execute(db);
  return due.filter((one) => !isLost(one));
}
