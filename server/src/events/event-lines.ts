import type { Event } from "./event.ts";
import { type Origin, rowBytes, writeEvent } from "./event-row.ts";
import { LineWriter } from "./line-writer.ts";
import { PackedEvent, type PackedEvents } from "./packed-events.ts";

interface Row {
  readonly event: Event;
  readonly node: number;
  readonly origin: Origin;
}

/** Events as tab-separated values of `eventColumns`. Of those that are packed the bytes are taken as they are. */
export function eventLines(rows: readonly Row[]): Buffer {
  const out = new LineWriter(rows.length * rowBytes);
  let packed: PackedEvents | null = null;
  let [from, to] = [0, 0];
  for (const { event, node, origin } of rows) {
    if (event instanceof PackedEvent) {
      event.rows.setNode(event.from, node);
      if (event.rows === packed && event.from === to) {
        to = event.to;
        continue;
      }
    }
    // Rows that stand after each other, as those of a whole delivery do, are copied at once.
    if (packed !== null) out.copy(packed.bytes, from, to);
    packed = null;
    if (event instanceof PackedEvent) {
      packed = event.rows;
      from = event.from;
      to = event.to;
      continue;
    }
    out.whole(origin.workspace);
    out.tab();
    out.whole(node);
    out.plain("\t[");
    writeEvent(out, event, origin);
  }
  if (packed !== null) out.copy(packed.bytes, from, to);
  return out.bytes();
}
