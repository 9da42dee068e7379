import type { Event } from "./event.ts";
import { type Origin, rowBytes, writeEvent } from "./event-row.ts";
import { LineWriter } from "./line-writer.ts";
import { PackedEvent, type PackedEvents } from "./packed-events.ts";

interface Row {
  readonly event: Event;
  readonly node: number;
  readonly origin: Origin;
}

/** Rows that stand after each other: among a delivery's bytes, or among those written here. */
interface Run {
  readonly of: PackedEvents | null;
  readonly from: number;
  to: number;
}

/**
 * Events as tab-separated values of `eventColumns`: pieces to be read after each other. Of those that are packed the
 * bytes are taken where they are, as many rows at once as stand after each other, as those of a whole delivery do.
 */
export function eventLines(rows: readonly Row[]): Buffer[] {
  const runs: Run[] = [];
  let run: Run | undefined;
  let out: LineWriter | undefined;
  for (const { event, node, origin } of rows) {
    const isPacked = event instanceof PackedEvent;
    const of = isPacked ? event.rows : null;
    if (isPacked) event.rows.setNode(event.from, node);
    else out ??= new LineWriter(rows.length * rowBytes);
    const from = isPacked ? event.from : (out?.length ?? 0);
    if (run === undefined || run.of !== of || run.to !== from) {
      run = { of, from, to: from };
      runs.push(run);
    }
    if (out !== undefined && !isPacked) writeRow(out, event, node, origin);
    run.to = isPacked ? event.to : (out?.length ?? 0);
  }
  const written = out?.bytes();
  return runs.map(({ of, from, to }) => (of?.bytes ?? (written as Buffer)).subarray(from, to));
}

function writeRow(out: LineWriter, event: Event, node: number, origin: Origin): void {
  out.whole(origin.workspace);
  out.tab();
  out.whole(node);
  out.plain("\t[");
  writeEvent(out, event, origin);
}
