import { seconds as secondsOf } from "../people/tab-text.ts";
import type { Event, Item } from "./event.ts";
import { LineWriter } from "./line-writer.ts";

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

/** What most rows need; the writer makes more room when some are longer. */
const bytesEach = 512;

/**
 * Events as tab-separated values of `eventColumns`; written by hand since this runs for every event that arrives. A
 * third of the bytes of JSON lines, whose quotes within `properties` would all be escaped and read back again.
 */
export function eventLines(rows: readonly Row[]): Buffer {
  const out = new LineWriter(rows.length * bytesEach);
  for (const row of rows) writeLine(out, row);
  return out.bytes();
}

function writeLine(out: LineWriter, { event, node, origin }: Row): void {
  out.whole(origin.workspace);
  out.tab();
  out.whole(node);
  out.tab();
  out.plain(event.message);
  out.tab();
  out.plain(seconds(event.at));
  out.tab();
  out.plain(seconds(origin.received));
  out.tab();
  out.plain(event.type);
  out.tab();
  out.text(event.name);
  out.tab();
  out.whole(origin.source);
  out.tab();
  out.whole(origin.import);
  out.tab();
  out.text(event.orderId);
  out.tab();
  out.whole(event.amountFen);
  out.tab();
  out.whole(event.quantity);
  out.tab();
  writeItems(out, event.items);
  out.tab();
  if (event.marks.length === 0) out.plain("[]");
  else out.texts([...new Set(event.marks)]);
  out.plain(event.excluded ? "\t1\t" : "\t0\t");
  out.json(event.properties);
  out.line();
}

function writeItems(out: LineWriter, items: readonly Item[]): void {
  if (items.length === 0) {
    out.plain("[]\t[]\t[]\t[]");
    return;
  }
  out.texts(items.map(({ sku }) => sku));
  out.tab();
  out.texts(items.map(({ category }) => category));
  out.plain(`\t[${items.map(({ quantity }) => quantity).join(",")}]\t[`);
  out.plain(`${items.map(({ amountFen }) => amountFen).join(",")}]`);
}

let lastMs = Number.NaN;
let lastText = "";
/** Events that arrive together share their instant. */
function seconds(ms: number): string {
  if (ms === lastMs) return lastText;
  lastMs = ms;
  lastText = secondsOf(ms);
  return lastText;
}
