import type { Mark } from "../../cleaning/marks.ts";
import { hash64 } from "../../events/message-hash.ts";
import type { StatedRecord } from "../../records/record.ts";
import { RecordHash } from "../../records/record-hash.ts";
import type { PlainOrder } from "../plain-order.ts";
import { presetOf } from "../presets.ts";
import { tableRows } from "./examine.client.ts";
import { type Gathered, Gatherer, isRefused, type Keeper, type ReadRecord } from "./gather.ts";
import { Occurrences } from "./occurrences.ts";
import type { Packed } from "./packed.ts";
import { Packer } from "./packer.ts";
import type { ReadOrder } from "./read-order.ts";
import { type FileRow, ownRow } from "./row.ts";
import { RuleTally } from "./rule-tally.ts";
import type { SentSlice } from "./slice.ts";

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
  // Only rows without a key of their own are numbered; what is done with is numbered too.
  const occurrences = kind.repeats ? new Occurrences() : null;
  const numberOf = (read: StatedRecord) => occurrences?.next(hash64(read.key)) ?? 0;
  // What rows say twice is given a number of its own over there, and with it another key.
  const hash = kind.repeats || order.salt === undefined ? null : new RecordHash(order.salt);
  const keeper = new PackedWithRows(new Packer(hash, numberOf));
  const gatherer = new Gatherer(
    { kind, places, context: { zone, now, tell: tally.count, countsOnly: true }, size: order.sliceRows },
    keeper,
  );
  let seen = 0;
  let bytes = 0;
  let number = 0;
  const told = order.told === undefined ? null : new Float64Array(order.told);
  const onBytes = (read: number) => {
    bytes = read;
    if (told !== null) told[0] = read;
  };
  const slice = ({ kept, rows, totals, notes }: Gathered<Kept>): SliceWithRows | null => {
    const rules = tally.take();
    seen += rows;
    if (told !== null) told[1] = seen;
    if (seen <= order.rowsDone) return null;
    number += 1;
    return { slice: { number, records: kept.records, rows, totals, notes, bytes, rules }, rows: kept.rows };
  };
  const from = { ...toRead(file), headerLine: file.headerLine ?? 1 };
  for await (const rows of tableRows(from, onBytes)) {
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

interface Kept {
  records: Packed;
  rows: ReadonlyMap<number, readonly FileRow[]>;
}

/** Packs at once, and keeps the rows that may be asked for. */
class PackedWithRows implements Keeper<Kept> {
  readonly #packer: Packer;
  #rows = new Map<number, readonly FileRow[]>();
  #count = 0;

  constructor(packer: Packer) {
    this.#packer = packer;
  }

  add(record: ReadRecord): void {
    const { rows, read } = record;
    // Those that are refused are few among many; where all rows are kept, what they stand in may stay.
    if (rows.length > 0) this.#rows.set(this.#count, isRefused(read) ? rows.map(ownRow) : rows);
    this.#count += 1;
    this.#packer.add(record);
  }

  addPlain(order: PlainOrder, rows: number): void {
    this.#count += 1;
    this.#packer.addPlain(order, rows);
  }

  key(place: number): string {
    return this.#packer.key(place);
  }

  take(more: ReadonlyMap<number, readonly Mark[]>): Kept {
    const rows = this.#rows;
    this.#rows = new Map();
    this.#count = 0;
    return { records: this.#packer.take(more), rows };
  }
}

const toRead = ({ name, path, bytes, encoding, delimiter, sheet }: ReadOrder["file"]) => ({
  ...{ name, path, bytes, delimiter },
  encoding: encoding as "utf-8",
  sheet: sheet ?? null,
});
