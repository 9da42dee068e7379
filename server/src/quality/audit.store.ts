import { type ClickHouse, ch, instant, u32 } from "../platform/clickhouse.ts";
import type { Cell } from "./sampler.ts";
import { minuteMs } from "./sampler.ts";

const dayMs = 86_400_000;
/** An order and its refund, or its copy in another shop, lie no further apart. */
const lookBackDays = 92;

interface AuditRow {
  source: number;
  orders: number;
  shared: number;
  repeated: number;
  refunds: number;
  orphans: number;
}

/**
 * Holds the orders received between two moments against all others: the same number in another shop, the same number
 * again, a refund of what was never bought. Counted like everything else, as cells of the source.
 */
export async function auditOrders(
  clickhouse: ClickHouse,
  workspace: number,
  from: number,
  to: number,
): Promise<Cell[]> {
  const since = ch`workspace = ${u32(workspace)} and at >= ${instant(new Date(to - lookBackDays * dayMs))}`;
  // By the span of what each part holds of `received` this reads the newest parts only (0021).
  const orders = ch`from event
      where ${since} and received >= ${instant(new Date(from))} and received < ${instant(new Date(to))} and import = 0
        and order_id != '' and name in ('Order Completed', 'Order Refunded')`;
  const [any] = await clickhouse.query(ch`select 1 ${orders} limit 1`);
  if (any === undefined) return [];
  const rows = await clickhouse.query<AuditRow>(ch`
    with fresh as (select source, name, order_id, message ${orders} limit 1 by source, message),
    known as (
      select order_id, groupUniqArrayIf(source, name = 'Order Completed') as sources,
        uniqExactIf((source, message), name = 'Order Completed') as messages
      from event where ${since} and order_id in (select order_id from fresh) group by order_id)
    select source, countIf(name = 'Order Completed') as orders,
      countIf(name = 'Order Completed' and length(sources) > 1) as shared,
      countIf(name = 'Order Completed' and messages > length(sources)) as repeated,
      countIf(name = 'Order Refunded') as refunds,
      countIf(name = 'Order Refunded' and empty(sources)) as orphans
    from fresh inner join known using (order_id) group by source`);
  const minute = Math.floor((to - 1) / minuteMs) * minuteMs;
  return rows.map((row) => ({
    ...{ workspace, source: Number(row.source), name: "", minute, last: 0 },
    counts: new Map([
      ["audit-orders", Number(row.orders)],
      ["audit-shared-orders", Number(row.shared)],
      ["audit-repeated-orders", Number(row.repeated)],
      ["audit-refunds", Number(row.refunds)],
      ["audit-orphan-refunds", Number(row.orphans)],
    ]),
  }));
}

/** Stock that was counted between two moments, and how much of it is below nothing. */
export async function auditStock(
  clickhouse: ClickHouse,
  workspace: number,
  from: number,
  to: number,
): Promise<Cell[]> {
  const rows = await clickhouse.query<{ source: number; counted: number; negative: number }>(ch`
    select source, count() as counted, countIf(JSONExtractFloat(fields, 'onHand') < 0) as negative
    from record_version
    where workspace = ${u32(workspace)} and kind = 'stock' and received >= ${instant(new Date(from))}
      and received < ${instant(new Date(to))}
    group by source`);
  const minute = Math.floor((to - 1) / minuteMs) * minuteMs;
  return rows.map(({ source, counted, negative }) => ({
    ...{ workspace, source: Number(source), name: "", minute, last: 0 },
    counts: new Map([
      ["audit-stock", Number(counted)],
      ["audit-negative-stock", Number(negative)],
    ]),
  }));
}
