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

/** Rows made into bytes at once: larger texts outgrow the processor's cache, smaller ones cost a call each. */
const atOnce = 16;

/**
 * Events as tab-separated values of `eventColumns`; written by hand since this runs for every event that arrives. A
 * third of the bytes of JSON lines, whose quotes within `properties` would all be escaped and read back again.
 */
export function eventLines(rows: readonly Row[]): Buffer {
  let bytes = Buffer.allocUnsafe(rows.length * 512);
  let length = 0;
  for (let from = 0; from < rows.length; from += atOnce) {
    const to = Math.min(from + atOnce, rows.length);
    let text = "";
    for (let i = from; i < to; i += 1) text += eventLine(rows[i] as Row);
    // A character of a string is at most three bytes.
    if (length + text.length * 3 > bytes.length) bytes = grown(bytes, length, text.length * 3);
    length += bytes.write(text, length);
  }
  return bytes.subarray(0, length);
}

function grown(bytes: Buffer<ArrayBuffer>, length: number, by: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + by));
  bytes.copy(larger, 0, 0, length);
  return larger;
}

function eventLine({ event, node, origin }: Row): string {
  return (
    `${origin.workspace}\t${node}\t${event.message}\t${seconds(event.at)}\t${seconds(origin.received)}\t` +
    `${event.type}\t${escaped(event.name)}\t${origin.source}\t${origin.import}\t${escaped(event.orderId)}\t` +
    `${event.amountFen}\t${event.quantity}\t${items(event.items)}\t` +
    `${event.marks.length === 0 ? "[]" : texts([...new Set(event.marks)])}\t${event.excluded ? 1 : 0}\t` +
    `${escaped(event.properties)}\n`
  );
}

function items(items: readonly Item[]): string {
  if (items.length === 0) return "[]\t[]\t[]\t[]";
  return (
    `${texts(items.map((item) => item.sku))}\t${texts(items.map((item) => item.category))}\t` +
    `[${items.map((item) => item.quantity).join(",")}]\t[${items.map((item) => item.amountFen).join(",")}]`
  );
}

const texts = (values: readonly string[]): string =>
  `[${values.map((value) => `'${escaped(value).replaceAll("'", "\\'")}'`).join(",")}]`;

const special = /[\\\t\n\r\0]/;
const specials = /[\\\t\n\r\0]/g;
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\0": "\\0",
};

const escaped = (text: string): string =>
  special.test(text) ? text.replace(specials, (character) => escapes[character] ?? "") : text;

let lastMs = Number.NaN;
let lastText = "";
/** An instant as ClickHouse reads it fastest: seconds with a fraction. Events that arrive together share theirs. */
function seconds(ms: number): string {
  if (ms === lastMs) return lastText;
  const whole = Math.floor(ms / 1000);
  const rest = ms - whole * 1000;
  lastMs = ms;
  lastText = `${whole}.${rest < 10 ? "00" : rest < 100 ? "0" : ""}${rest}`;
  return lastText;
}
