import { ch, f64, instant, joined, type Statement, str, u32 } from "../../platform/clickhouse.ts";
import { type EventFact, type Meaning, type Moment, type Of, type Place, plain } from "../condition.ts";
import { everybody } from "../everybody.ts";
import { onceWithinMonths } from "../once.ts";
import { propertyOf, summable } from "../properties.ts";
import { compare } from "../values.ts";
import { symbol } from "../values-sql.ts";
import { amountOf, eventLabel, filterWords, joinWords, nameOf } from "../words.ts";

type Did = Of<"did">;
const dayMs = 86_400_000;

/**
 * Did an event. Rows are grouped by who the node is today. Without `count`, at least once; a count (and total) that 0
 * satisfies includes those who never did. Rows set aside by cleaning count as done, but not in totals.
 */
export const did: Meaning<"did"> = {
  ...plain,
  label: { zh: "做过", en: "Did" },
  form: [
    { name: "event", label: { zh: "事件", en: "Event" }, input: "event", required: true },
    { name: "where", label: { zh: "其中", en: "Where" }, input: "filters", required: false },
    { name: "count", label: { zh: "次数", en: "Times" }, input: "comparison", required: false },
    { name: "sum", label: { zh: "合计", en: "Total" }, input: "total", required: false },
    { name: "withinDays", label: { zh: "最近几天", en: "Within days" }, input: "days", required: false },
  ],
  query: (condition, place) => {
    const enough = having(condition);
    if (!holdsForNone(condition)) return doers(condition, place, enough);
    return ch`select person from (${everybody(place)})
      where person not in (${doers(condition, place, ch`not (${enough})`)})`;
  },
  holds: (condition, { events }, moment) => {
    const rows = events.filter((event) => counts(condition, event, moment));
    if (rows.length === 0) return holdsForNone(condition);
    const { count, sum } = condition;
    if (count !== undefined && !compare(rows.length, count.op, count.value)) return false;
    if (sum === undefined) return true;
    const { scale, number } = propertyOf(sum.property);
    const total = rows.filter((row) => !row.excluded).reduce((all, row) => all + number(row), 0);
    return compare(total, sum.op, scale(sum.value));
  },
  sentence,
  problems: ({ where = [], sum }) => [
    ...where.flatMap(({ property, op, value }, i) =>
      propertyOf(property).problems(op, value, ["where", i, "value"]),
    ),
    ...(sum === undefined || summable(sum.property)
      ? []
      : [
          {
            path: ["sum", "property"],
            message: { zh: "这个属性不能求和", en: "this property cannot be summed" },
          },
        ]),
  ],
  mentions: ({ event, where = [], sum }) => [
    { event },
    ...[...where, ...(sum === undefined ? [] : [sum])].map(({ property }) => ({ event, property })),
  ],
  timeSense: ({ withinDays }) => (withinDays === undefined ? "never" : "always"),
  looksBackDays: ({ withinDays = Number.POSITIVE_INFINITY }) => withinDays,
};

/**
 * The name and the time are asked before a message's repeats are put together (prewhere: they are the same in all of
 * them), so that the properties are read for rows of the event alone; that makes it many times faster.
 */
function doers(condition: Did, place: Place, enough: Statement): Statement {
  const { event, where = [], withinDays } = condition;
  const filters = where.map(({ property, op, value }) => propertyOf(property).fitsSql(op, value));
  const window =
    withinDays === undefined
      ? ch``
      : ch` and at > ${instant(startOf(withinDays, place))} and at <= ${instant(place.now)}`;
  // Repeats do not matter to whether something was done; a filter must see the newest of them.
  const once = onlyWhether(condition) && where.length === 0;
  return ch`select ${place.person} as person from event ${once ? ch`` : ch`final`}
    prewhere workspace = ${u32(place.workspace)} and name = ${str(event)}${place.restriction}${window}
    where ${joined([ch`1`, ...filters], " and ")}
    group by person having ${enough} ${onceWithinMonths}`;
}

/** Whether all that is asked is never or at least once. */
function onlyWhether({ count, sum }: Did): boolean {
  if (sum !== undefined) return false;
  return count === undefined || count.value < 1 || (count.value === 1 && [">=", "<"].includes(count.op));
}

function having({ count, sum }: Did): Statement {
  const parts = [ch`count() > 0`];
  if (count !== undefined) parts.push(ch`count() ${symbol(count.op)} ${f64(count.value)}`);
  if (sum !== undefined) {
    const { numberSql, scale } = propertyOf(sum.property);
    parts.push(ch`sumIf(${numberSql}, excluded = 0) ${symbol(sum.op)} ${f64(scale(sum.value))}`);
  }
  return joined(parts, " and ");
}

function holdsForNone({ count, sum }: Did): boolean {
  if (count === undefined || !compare(0, count.op, count.value)) return false;
  return sum === undefined || compare(0, sum.op, sum.value);
}

function counts({ event, where = [], withinDays }: Did, row: EventFact, moment: Moment): boolean {
  if (row.name !== event) return false;
  if (withinDays !== undefined && (row.at <= startOf(withinDays, moment) || row.at > moment.now))
    return false;
  return where.every(({ property, op, value }) => propertyOf(property).fits(row, op, value));
}

const startOf = (withinDays: number, { now }: Moment): Date => new Date(now.getTime() - withinDays * dayMs);

function sentence({ event, where = [], count, sum, withinDays }: Did) {
  const name = eventLabel(event) ?? { zh: event, en: event };
  const filters = where.map(({ property, op, value }) => filterWords(property, op, value));
  const which = joinWords(filters, "、", " and ");
  const never = count !== undefined && count.op === "=" && count.value === 0;
  const times = count === undefined || never ? null : { how: amountOf(count.op), value: count.value };
  const zh = [
    withinDays === undefined ? "" : `最近 ${withinDays} 天`,
    never ? "没有" : "有过",
    `「${name.zh}」`,
    filters.length === 0 ? "" : `（${which.zh}）`,
    times === null ? "" : `${times.how.zh} ${times.value} 次`,
    sum === undefined ? "" : `，${nameOf(sum.property).zh}合计${amountOf(sum.op).zh} ${sum.value}`,
  ];
  const en = [
    never ? "never did" : "did",
    ` “${name.en}”`,
    times === null ? "" : ` ${times.how.en} ${times.value} ${times.value === 1 ? "time" : "times"}`,
    withinDays === undefined ? "" : ` in the last ${withinDays} ${withinDays === 1 ? "day" : "days"}`,
    filters.length === 0 ? "" : ` where ${which.en}`,
    sum === undefined ? "" : `, with a total ${nameOf(sum.property).en} ${totalOf(sum.op)} ${sum.value}`,
  ];
  return { zh: zh.join(""), en: en.join("") };
}

/** Money is not counted in pieces: "less than", not "fewer than". */
const totalOf = (op: string): string => (op === "<" ? "of less than" : `of ${amountOf(op).en}`);
