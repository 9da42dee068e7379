import { type ClickHouse, ch, instant, list, str, u32 } from "../platform/clickhouse.ts";
import type { Examined } from "./examine.ts";
import type { ShownEvent } from "./indicator.ts";
import { indicatorOf } from "./indicators.ts";
import type { StreamModel } from "./model.ts";

const mostLookedAt = 300;
const mostExamples = 5;

export interface ExampleRow {
  message: string;
  node: number;
  at: number;
  received: number;
  type: string;
  name: string;
  properties: string;
}

interface LookedAt extends ExampleRow {
  marks: string[];
  amountFen: number;
  items: number;
}

/** The newest events that show what is wrong, by the hashes of their messages; what shows nothing has no example. */
export async function findShowing(
  clickhouse: ClickHouse,
  workspace: number,
  { indicator, source, name, field, since }: Examined,
  model: StreamModel | null,
  now: Date,
): Promise<string[]> {
  const { shows } = indicatorOf(indicator);
  if (shows === undefined) return [];
  const only = name === "" ? ch`` : ch`and name = ${str(name)}`;
  const rows = await clickhouse.query<LookedAt>(ch`
    select toString(message) as message, node, toUnixTimestamp64Milli(event.at) as at,
      toUnixTimestamp64Milli(event.received) as received, type, name, properties, marks, amount_fen as amountFen,
      length(item.sku) as items
    from event
    where workspace = ${u32(workspace)} and source = ${u32(source)} ${only}
      and event.received >= ${instant(new Date(Math.min(since, now.getTime() - 60_000)))}
    order by event.received desc limit ${u32(mostLookedAt)}`);
  const showing = rows.filter((row) => shows(shownOf(row), field, model));
  return [...new Set(showing.map(({ message }) => message))].slice(0, mostExamples);
}

function shownOf({ properties, marks, at, received, amountFen, items }: LookedAt): ShownEvent {
  const shown = {
    marks,
    at: Number(at),
    received: Number(received),
    amountFen: Number(amountFen),
    items: Number(items),
  };
  return { ...shown, properties: JSON.parse(properties || "{}") as Record<string, unknown> };
}

/** Examples by their messages; `from` is when the first may have been received. */
export async function findExamples(
  clickhouse: ClickHouse,
  workspace: number,
  source: number,
  messages: readonly string[],
  from: Date,
): Promise<ExampleRow[]> {
  if (messages.length === 0) return [];
  return clickhouse.query<ExampleRow>(ch`
    select toString(message) as message, node, toUnixTimestamp64Milli(event.at) as at,
      toUnixTimestamp64Milli(event.received) as received, type, name, properties
    from event
    where workspace = ${u32(workspace)} and source = ${u32(source)} and message in ${list("UInt64", messages)}
      and event.received >= ${instant(new Date(from.getTime() - 7_200_000))}
    order by event.received desc limit 1 by message limit 200`);
}
