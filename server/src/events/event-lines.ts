import type { Event } from "./event.ts";

/** Where a row came from. */
export interface Origin {
  workspace: number;
  source: number;
  /** The import that brought it; 0 for what came over HTTP. */
  import: number;
  received: number;
}

/** Events as JSON lines for the table `event`; written by hand since this runs for every event that arrives. */
export function eventLines(rows: readonly { event: Event; node: number; origin: Origin }[]): Buffer {
  let text = "";
  for (const { event, node, origin } of rows) text += eventLine(event, node, origin);
  return Buffer.from(text);
}

function eventLine(event: Event, node: number, origin: Origin): string {
  let line =
    `{"workspace":${origin.workspace},"node":${node},"message":"${event.message}","at":${seconds(event.at)},` +
    `"received":${seconds(origin.received)},"type":"${event.type}","name":${JSON.stringify(event.name)},` +
    `"source":${origin.source},"import":${origin.import},"properties":${JSON.stringify(event.properties)}`;
  // Absent columns take their defaults; most events have none of these.
  if (event.orderId !== "") line += `,"order_id":${JSON.stringify(event.orderId)}`;
  if (event.amountFen !== 0) line += `,"amount_fen":${event.amountFen}`;
  if (event.quantity !== 0) line += `,"quantity":${event.quantity}`;
  if (event.items.length > 0) line += items(event);
  if (event.marks.length > 0) line += `,"marks":${JSON.stringify([...new Set(event.marks)])}`;
  if (event.excluded) line += `,"excluded":1`;
  return `${line}}\n`;
}

function items({ items }: Event): string {
  return (
    `,"item.sku":${JSON.stringify(items.map((item) => item.sku))}` +
    `,"item.category":${JSON.stringify(items.map((item) => item.category))}` +
    `,"item.quantity":[${items.map((item) => item.quantity).join(",")}]` +
    `,"item.amount_fen":[${items.map((item) => item.amountFen).join(",")}]`
  );
}

/** An instant as ClickHouse reads it fastest: seconds with a fraction, in quotes. */
function seconds(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const rest = ms - whole * 1000;
  return `"${whole}.${rest < 10 ? "00" : rest < 100 ? "0" : ""}${rest}"`;
}
