import { dateMarks } from "../../people/children.ts";
import { latestToday } from "../../people/statements.store.ts";
import type { Vault } from "../../people/vault.store.ts";
import type { Db } from "../../platform/postgres.ts";
import { plainRecord } from "../../records/packed-record.ts";
import type { StatedRecord } from "../../records/record.ts";
import type { Records } from "../../records/records.store.ts";
import type { RefusedRowLine } from "../imports.store.ts";
import type { RecordKind } from "../preset.ts";
import type { RefusedRow } from "../refused-rows.ts";
import { withKnownCodes } from "./children.store.ts";
import { isRefused } from "./gather.ts";
import { addSlice, count, type Progress } from "./progress.ts";
import type { Reader } from "./reader.client.ts";
import type { HandedRecord, Slice } from "./slice.ts";

export interface SliceDeps {
  db: Db;
  vault: Vault;
  records: Pick<Records, "commit">;
}

/** Where a slice comes from. */
export interface SliceOrigin {
  workspace: number;
  source: number;
  import: number;
}

/**
 * Commits one slice of a file and adds to the progress. A slice cut off by a kill is done again with the same records
 * and the same instant of receipt, which was saved with the slice before it: so it comes to the same counts.
 */
export async function commitSlice(
  deps: SliceDeps,
  origin: SliceOrigin,
  kind: RecordKind,
  { slice, reader }: { slice: Slice; reader: Reader },
  progress: Progress,
): Promise<{ refused: RefusedRowLine[]; nodes: number[] }> {
  const turnedDown = new Map<HandedRecord, RefusedRow>();
  const readable: HandedRecord[] = [];
  const read: StatedRecord[] = [];
  for (const record of slice.records) {
    const { read: said, occurrence } = record;
    if (isRefused(said)) turnedDown.set(record, said.refused);
    else {
      readable.push(record);
      // Where rows have no key of their own, the second that says the very same is another.
      read.push(
        kind.repeats && occurrence > 0 ? { ...plainRecord(said), key: `${said.key} #${occurrence}` } : said,
      );
    }
  }
  const received = progress.receiving ?? 0;
  const stated = slice.ofChildren ? await withKnownCodes(deps, origin, read, progress) : read;
  const done = await deps.records.commit({ ...origin, received, isSlice: true }, stated);
  const nodes: number[] = [];
  for (const [i, { outcome, node, marks, again }] of done.entries()) {
    const record = readable[i] as HandedRecord;
    if (outcome === "nobody") {
      const named = (stated[i] as StatedRecord).identifiers.length > 0;
      turnedDown.set(record, named ? "unusable-identifier" : "no-identifier");
      continue;
    }
    if (node !== null) nodes.push(node);
    progress.records = (progress.records ?? 0) + 1;
    if (outcome === "added") progress.added += record.rows;
    else if (outcome === "changed") progress.changed = (progress.changed ?? 0) + record.rows;
    else progress.repeated += record.rows;
    // What an earlier file of this very import said is in its totals already.
    if (again) continue;
    count(progress.totals, kind.id);
    const isDated = slice.ofChildren && isDateImpossible(stated[i] as StatedRecord, received);
    for (const mark of isDated ? new Set([...marks, "date-impossible"]) : new Set(marks))
      count(progress.marks, mark);
  }
  for (const [{ rows }, code] of turnedDown) {
    count(progress.reasons, code, rows);
    progress.refused += rows;
  }
  addSlice(slice, progress);
  const refused = await refusedRows(slice, reader, turnedDown, progress.file);
  return { refused, nodes: kind.personsAs === null ? [] : nodes };
}

/** A child's date that cannot be is kept, and marked beside the child. */
const isDateImpossible = (record: StatedRecord, now: number): boolean =>
  record.said.some(
    (one) =>
      one.kind === "child" &&
      one.bornOn !== undefined &&
      dateMarks({ bornOn: one.bornOn, dueOn: null }, latestToday(new Date(now))).length > 0,
  );

/** The rows of records that were turned down, as they stand in the file. */
async function refusedRows(
  slice: Slice,
  reader: Reader,
  turnedDown: ReadonlyMap<HandedRecord, RefusedRow>,
  file: number,
): Promise<RefusedRowLine[]> {
  const places = slice.records.flatMap((record, at) => (turnedDown.has(record) ? [at] : []));
  const rows = await reader.rowsOf(slice, places);
  return places.flatMap((at, i) => {
    const code = turnedDown.get(slice.records[at] as HandedRecord) as RefusedRow;
    const of = rows[i] ?? [];
    return of.map(({ line, cells }) => ({ file, line, recordLine: of[0]?.line ?? line, code, cells }));
  });
}
