import { type Stage, stages } from "@stork/contract/catalog.ts";
import type { DateRange } from "@stork/contract/common.ts";
import type { Figures, Overview } from "@stork/contract/outcomes.ts";
import { addDays } from "../catalog/calendar.ts";
import { childColumns, stageSql } from "../catalog/stage-sql.ts";
import { personOf } from "../people/person-map.ts";
import {
  type ClickHouse,
  ch,
  date,
  instant,
  joined,
  list,
  type Statement,
  str,
  u32,
} from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import { onceWithinMonths } from "../segments/once.ts";
import { todayIn } from "../segments/today.ts";
import { type Span, spanOf } from "./range.ts";

/** What each figure means is said in metrics.ts and docs/metrics.md; the queries here follow that. */

interface Workspace {
  id: number;
  timeZone: string;
}
type Day = Overview["daily"][number];

export async function findOverview(
  { clickhouse, clock }: { clickhouse: ClickHouse; clock: Clock },
  workspace: Workspace,
  range: DateRange,
  compare: DateRange | null,
): Promise<Overview> {
  const now = clock.now();
  const spans = [range, ...(compare === null ? [] : [compare])].map((each) =>
    spanOf(each, workspace.timeZone),
  );
  const [span] = spans as [Span];
  // A few at a time: each question already uses every core, and all at once only stand in each other's way.
  const days = await findDays(clickhouse, workspace, spans);
  const buying = await findBuying(clickhouse, workspace.id, spans);
  const [categories, stagesNow, newestEventAt] = await Promise.all([
    findCategories(clickhouse, workspace.id, span),
    findStages(clickhouse, workspace.id, todayIn(workspace.timeZone, now)),
    findNewest(clickhouse, workspace.id, now),
  ]);
  const daily = spans.map((each) => each.days.map((on) => days.get(on) ?? { on, ...nothing }));
  const figures = daily.map((each, i) => figuresOf(each, buying[i] ?? nobody));
  return {
    range,
    compare,
    now: figures[0] as Figures,
    before: figures[1] ?? null,
    daily: daily[0] ?? [],
    dailyBefore: daily[1] ?? [],
    stages: stagesNow,
    categories,
    newestEventAt,
  };
}

const nothing = { gmvFen: 0, orders: 0, buyers: 0, newFamilies: 0, messages: 0, optOuts: 0 };
const nobody = { orders: 0, buyers: 0, repeaters: 0 };
type Buying = typeof nobody;

/** Sums where days add up; orders and buyers are counted anew, since one may appear on several days. */
function figuresOf(daily: readonly Day[], { orders, buyers, repeaters }: Buying): Figures {
  const total = (figure: "gmvFen" | "newFamilies" | "messages" | "optOuts") =>
    daily.reduce((sum, day) => sum + day[figure], 0);
  return {
    gmvFen: total("gmvFen"),
    orders,
    buyers,
    repeatRate: buyers === 0 ? null : repeaters / buyers,
    newFamilies: total("newFamilies"),
    messages: total("messages"),
    optOuts: total("optOuts"),
  };
}

/** The figures of each day in any of the spans: each table is read once for all of them. */
async function findDays(
  clickhouse: ClickHouse,
  workspace: Workspace,
  spans: readonly Span[],
): Promise<Map<string, Day>> {
  const rows = await Promise.all([
    clickhouse.query<Pick<Day, "on" | "gmvFen" | "orders" | "buyers">>(dailyOrders(workspace, spans)),
    clickhouse.query<Pick<Day, "on" | "newFamilies">>(dailyNew(workspace, spans)),
    clickhouse.query<Pick<Day, "on" | "messages" | "optOuts">>(dailyMessages(workspace, spans)),
  ]);
  const days = new Map<string, Day>();
  for (const row of rows.flat()) days.set(row.on, { ...nothing, ...days.get(row.on), ...row });
  return days;
}

async function findNewest(clickhouse: ClickHouse, workspace: number, now: Date): Promise<string | null> {
  const [row] = await clickhouse.query<{ newest: number }>(ch`
    select toUnixTimestamp64Milli(max(at)) as newest from event
    where workspace = ${u32(workspace)} and at <= ${instant(now)}`);
  return row === undefined || row.newest === 0 ? null : new Date(row.newest).toISOString();
}

/** Rows of one order (one per item, or the order sent twice) are one order; without an order id, each is its own. */
const orderKey = ch`if(order_id = '', message, sipHash64(source, order_id))`;
const person = personOf(ch`node`);
/** Asked before repeats of a message are put together; see segments/conditions/did.ts. */
const within = (...spans: readonly Span[]) => duringAny(ch`at`, spans);
const duringAny = (time: Statement, spans: readonly Span[]) =>
  ch`(${joined(
    spans.map(({ from, until }) => ch`${time} >= ${instant(from)} and ${time} < ${instant(until)}`),
    " or ",
  )})`;
const dayIn = (timeZone: string) => ch`toString(toDate(at, ${str(timeZone)}))`;

/**
 * Orders, buyers and repeaters of each span in one reading. Everything here is counted by different keys, in which
 * repeats of a message fall together by themselves.
 */
async function findBuying(
  clickhouse: ClickHouse,
  workspace: number,
  spans: readonly Span[],
): Promise<Buying[]> {
  const until = new Date(Math.max(...spans.map((span) => span.until.getTime())));
  const bought = ch`from event prewhere workspace = ${u32(workspace)} and name = 'Order Completed'`;
  const columns = spans.map(
    (span) => ch`(countIf(${within(span)}) > 0, uniqExactIf(${orderKey}, at < ${instant(span.until)}) >= 2)`,
  );
  const sums = spans.map(
    (_, i) => ch`(countIf(spans.${place(i)}.1), countIf(spans.${place(i)}.1 and spans.${place(i)}.2))`,
  );
  const orders = spans.map((span) => ch`(select uniqExact(${orderKey}) ${bought} and ${within(span)})`);
  const [row] = await clickhouse.query<{ people: [number, number][]; orders: number[] }>(ch`
    select [${joined(sums, ", ")}] as people, [${joined(orders, ", ")}] as orders
    from (
      select ${person} as person, (${joined([...columns, ch`0`], ", ")}) as spans
      ${bought} and at < ${instant(until)}
      group by person
    )`);
  return spans.map((_, i) => {
    const [buyers = 0, repeaters = 0] = row?.people[i] ?? [];
    return { orders: row?.orders[i] ?? 0, buyers, repeaters };
  });
}

const place = (i: number): Statement => ({ text: String(i + 1), params: {} });

const dailyOrders = ({ id, timeZone }: Workspace, spans: readonly Span[]) => ch`
  select ${dayIn(timeZone)} as on, sumIf(amount_fen, excluded = 0) as gmvFen, uniqExact(${orderKey}) as orders,
    uniqExact(${person}) as buyers
  from event final prewhere workspace = ${u32(id)} and name = 'Order Completed' and ${within(...spans)}
  group by on ${onceWithinMonths}`;

/** By the earlier of a person's first event and first record, so that imported history counts where it belongs. */
const dailyNew = ({ id, timeZone }: Workspace, spans: readonly Span[]) => ch`
  select toString(toDate(first, ${str(timeZone)})) as on, count() as newFamilies
  from (
    select person, min(seen) as first
    from (
      select ${person} as person, min(at) as seen from event where workspace = ${u32(id)} group by person
      union all
      select ${person} as person, min(created) as seen from node where workspace = ${u32(id)} group by person
    )
    group by person
  )
  where ${duringAny(ch`first`, spans)}
  group by on`;

const dailyMessages = ({ id, timeZone }: Workspace, spans: readonly Span[]) => ch`
  select ${dayIn(timeZone)} as on, countIf(name = 'Message Sent') as messages,
    countIf(name = 'Message Unsubscribed') as optOuts
  from event final
  prewhere workspace = ${u32(id)} and name in ('Message Sent', 'Message Unsubscribed') and ${within(...spans)}
  group by on ${onceWithinMonths}`;

/** An order's amount is shared among its items by their prices, so that the categories add up to the whole. */
function findCategories(
  clickhouse: ClickHouse,
  workspace: number,
  span: Span,
): Promise<Overview["categories"]> {
  return clickhouse.query(ch`
    with arrayMap(each -> if(each = '', 'other', each), if(empty(item.category), [''], item.category)) as names,
      arraySum(item.amount_fen) as priced,
      if(priced > 0, arrayMap(each -> each / priced, item.amount_fen), arrayMap(each -> 1 / length(names), names)) as shares
    select part.1 as category, toInt64(round(sumIf(amount_fen * part.2, excluded = 0))) as gmvFen,
      uniqExact(${orderKey}) as orders
    from event final array join arrayZip(names, shares) as part
    prewhere workspace = ${u32(workspace)} and name = 'Order Completed' and ${within(span)}
    group by category order by gmvFen desc, orders desc limit 50 ${onceWithinMonths}`);
}

/** Families with a child in each stage, counted once per stage. */
async function findStages(
  clickhouse: ClickHouse,
  workspace: number,
  today: string,
): Promise<Overview["stages"]> {
  const stageOn = (day: string) => stageSql(ch`born_on`, ch`due_on`, date(day), childColumns);
  const rows = await clickhouse.query<{ stage: Stage; today: number; in90Days: number }>(ch`
    select part.1 as stage, uniqExactIf(person, part.2 = 0) as today, uniqExactIf(person, part.2 = 1) as in90Days
    from (
      select ${person} as person, [(${stageOn(today)}, 0), (${stageOn(addDays(today, 90))}, 1)] as parts
      from child final where workspace = ${u32(workspace)} and removed = 0 and usable = 1
    ) array join parts as part
    where stage in ${list("String", stages)}
    group by stage`);
  const known = new Map(rows.map((row) => [row.stage, row]));
  return stages.map((stage) => known.get(stage) ?? { stage, today: 0, in90Days: 0 });
}
