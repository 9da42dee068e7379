import { hash64 } from "../../events/message-hash.ts";
import { RecordHash } from "../../records/record-hash.ts";
import { presetOf } from "../presets.ts";
import { tableRows } from "./examine.client.ts";
import { type Gathered, Gatherer, isRefused } from "./gather.ts";
import { Occurrences } from "./occurrences.ts";
import type { SentSlice } from "./packed.ts";
import { pack } from "./packed.ts";
import type { ReadOrder } from "./read-order.ts";
import type { FileRow } from "./row.ts";
import { RuleTally } from "./rule-tally.ts";

export interface SliceWithRows {
  slice: SentSlice;
  /** The rows of records that are or may be refused, by the record's place. */
  rows: ReadonlyMap<number, readonly FileRow[]>;
}

/**
 * Reads a file from its beginning into slices of records, those done with left out. It is always read from the
 * beginning, since equal rows are numbered in order; slices always end at the same rows.
 */
export async function* slicesOf(order: ReadOrder): AsyncGenerator<SliceWithRows> {
  const { file, zone, now } = order;
  const kind = presetOf(order.preset)?.kinds.find(({ id }) => id === file.record);
  if (kind === undefined) throw new Error(`no such record: ${file.record}`);
  const tally = new RuleTally();
  const places = { places: file.places, header: file.header };
  const gatherer = new Gatherer(kind, places, { zone, now, tell: tally.count }, order.sliceRows);
  // Only rows without a key of their own are numbered.
  const occurrences = kind.repeats ? new Occurrences() : null;
  // What rows say twice is given a number of its own over there, and with it another key.
  const hash = kind.repeats || order.salt === undefined ? null : new RecordHash(order.salt);
  let seen = 0;
  let bytes = 0;
  let number = 0;
  const slice = ({ records, rows, totals, notes }: Gathered): SliceWithRows | null => {
    const handed = records.map(({ count, read }) => ({
      ...{ rows: count, read },
      occurrence: occurrences === null || isRefused(read) ? 0 : occurrences.next(hash64(read.key)),
    }));
    const rules = tally.take();
    seen += rows;
    if (seen <= order.rowsDone) return null;
    number += 1;
    const kept = new Map(records.flatMap(({ rows: of }, at) => (of.length > 0 ? [[at, of] as const] : [])));
    // Packed at once: what was read of a slice is let go of, and only its texts wait to be asked for.
    return { slice: { number, records: pack(handed, hash), rows, totals, notes, bytes, rules }, rows: kept };
  };
  const from = { ...toRead(file), headerLine: file.headerLine ?? 1 };
  for await (const rows of tableRows(from, (read) => (bytes = read))) {
    for (const row of rows) {
      const full = gatherer.add(row);
      const next = full === null ? null : slice(full);
      if (next !== null) yield next;
    }
  }
  bytes = file.bytes;
  const last = gatherer.end();
  const next = last.rows === 0 ? null : slice(last);
  if (next !== null) yield next;
}

const toRead = ({ name, path, bytes, encoding, delimiter, sheet }: ReadOrder["file"]) => ({
  ...{ name, path, bytes, delimiter },
  encoding: encoding as "utf-8",
  sheet: sheet ?? null,
});
