import { escaped, linesOf, seconds as secondsOf } from "../people/tab-text.ts";
import type { Event, Item } from "./event.ts";

/** Where a row came from. */
export interface Origin {
  workspace: number;
  source: number;
  /** The import that brought it; 0 for what came over HTTP. */
  import: number;
  received: number;
}

interface Row {
  readonly event: Event;
  readonly node: number;
  readonly origin: Origin;
}

/** The columns of the table `event` in the order of eventLines' values. */
export const eventColumns = [
  ..."workspace node message at received type name source import order_id amount_fen quantity".split(" "),
  ..."item.sku item.category item.quantity item.amount_fen marks excluded properties".split(" "),
];

/**
 * Events as tab-separated values of `eventColumns`; written by hand since this runs for every event that arrives. A
 * third of the bytes of JSON lines, whose quotes within `properties` would all be escaped and read back again.
 */
export const eventLines = (rows: readonly Row[]): Buffer => linesOf(rows, eventLine, 512);

function eventLine({ event, node, origin }: Row): string {
  return (
    `${origin.workspace}\t${node}\t${event.message}\t${seconds(event.at)}\t${seconds(origin.received)}\t` +
    `${event.type}\t${escaped(event.name)}\t${origin.source}\t${origin.import}\t${escaped(event.orderId)}\t` +
    `${event.amountFen}\t${event.quantity}\t${items(event.items)}\t` +
    `${event.marks.length === 0 ? "[]" : texts([...new Set(event.marks)])}\t${event.excluded ? 1 : 0}\t` +
    `${escapedJson(event.properties)}\n`
  );
}

function items(items: readonly Item[]): string {
  if (items.length === 0) return "[]\t[]\t[]\t[]";
  return (
    `${texts(items.map((item) => item.sku))}\t${texts(items.map((item) => item.category))}\t` +
    `[${items.map((item) => item.quantity).join(",")}]\t[${items.map((item) => item.amountFen).join(",")}]`
  );
}

/** JSON has no bare control characters: only its own backslashes are to be doubled. */
const escapedJson = (json: string): string => (json.includes("\\") ? json.replaceAll("\\", "\\\\") : json);

const texts = (values: readonly string[]): string =>
  `[${values.map((value) => `'${escaped(value).replaceAll("'", "\\'")}'`).join(",")}]`;

let lastMs = Number.NaN;
let lastText = "";
/** Events that arrive together share their instant. */
function seconds(ms: number): string {
  if (ms === lastMs) return lastText;
  lastMs = ms;
  lastText = secondsOf(ms);
  return lastText;
}
