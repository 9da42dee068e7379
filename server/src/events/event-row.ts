import { seconds as secondsOf } from "../people/tab-text.ts";
import type { Event, Item } from "./event.ts";
import type { LineWriter } from "./line-writer.ts";

/** Where a row came from. */
export interface Origin {
  workspace: number;
  source: number;
  /** The import that brought it; 0 for what came over HTTP. */
  import: number;
  received: number;
}

/** The columns of the table `event` in the order of a row's values. */
export const eventColumns = [
  ..."workspace node marks message at received type name source import order_id amount_fen quantity".split(
    " ",
  ),
  ..."item.sku item.category item.quantity item.amount_fen excluded properties".split(" "),
];

/**
 * A row from its first mark on, with the line's end; the workspace, the node and the bracket that opens the list of marks
 * stand before it, where a packed row has room for a node of any length. Tab-separated, a third of
 * the bytes of JSON lines, whose quotes within `properties` would all be escaped and read back again. Written by hand
 * since this runs for every event that arrives.
 */
export function writeEvent(out: LineWriter, event: Event, origin: Origin): void {
  if (event.marks.length > 0) out.members([...new Set(event.marks)]);
  out.plain("]\t");
  out.plain(event.message);
  out.tab();
  out.plain(happened.of(event.at));
  out.tab();
  out.plain(received.of(origin.received));
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
  out.plain(event.excluded ? "1\t" : "0\t");
  if (event.propertiesUtf8 === undefined) out.json(event.properties);
  else out.jsonBytes(event.propertiesUtf8);
  out.line();
}

function writeItems(out: LineWriter, items: readonly Item[]): void {
  if (items.length === 0) {
    out.plain("[]\t[]\t[]\t[]");
    return;
  }
  out.plain("[");
  for (let i = 0; i < items.length; i += 1) out.member(i, (items[i] as Item).sku);
  out.plain("]\t[");
  for (let i = 0; i < items.length; i += 1) out.member(i, (items[i] as Item).category);
  out.plain("]\t[");
  for (let i = 0; i < items.length; i += 1) out.wholeMember(i, (items[i] as Item).quantity);
  out.plain("]\t[");
  for (let i = 0; i < items.length; i += 1) out.wholeMember(i, (items[i] as Item).amountFen);
  out.plain("]");
}

/** Bytes that most rows need; whoever writes more makes room. */
export const rowBytes = 512;

/** Events that arrive together share their instant, and that of their arrival. */
class LastSeconds {
  #ms = Number.NaN;
  #text = "";

  of(ms: number): string {
    if (ms === this.#ms) return this.#text;
    this.#ms = ms;
    this.#text = secondsOf(ms);
    return this.#text;
  }
}
const happened = new LastSeconds();
const received = new LastSeconds();
