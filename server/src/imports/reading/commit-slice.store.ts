import type { Mark } from "../../cleaning/marks.ts";
import { dateMarks } from "../../people/children.ts";
import { latestToday } from "../../people/statements.store.ts";
import type { Vault } from "../../people/vault.store.ts";
import type { Db } from "../../platform/postgres.ts";
import { plainRecord } from "../../records/packed-record.ts";
import type { Committed, StatedRecord } from "../../records/record.ts";
import type { Records } from "../../records/records.store.ts";
import type { RefusedRowLine } from "../imports.store.ts";
import type { RecordKind } from "../preset.ts";
import type { RefusedRow } from "../refused-rows.ts";
import { withKnownCodes } from "./children.store.ts";
import { isRefused } from "./gather.ts";
import type { Packed } from "./packed.ts";
import { addSlice, count, type Progress } from "./progress.ts";
import type { Reader } from "./reader.client.ts";
import type { Slice } from "./slice.ts";
import { unpack } from "./unpacked.ts";

export interface SliceDeps {
  db: Db;
  vault: Vault;
  records: Pick<Records, "commit" | "commitPacked">;
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
  const commit = canGoAsColumns(slice.records) ? commitColumns : commitObjects;
  const { turnedDown, nodes } = await commit(deps, origin, kind, slice, progress);
  for (const [place, code] of turnedDown) {
    const rows = slice.records.rows[place] as number;
    count(progress.reasons, code, rows);
    progress.refused += rows;
  }
  addSlice(slice, progress);
  const refused = await refusedRows(slice, reader, turnedDown, progress.file);
  return { refused, nodes: kind.personsAs === null ? [] : nodes };
}

interface Done {
  /** Why what stands at a place was not taken. */
  readonly turnedDown: ReadonlyMap<number, RefusedRow>;
  readonly nodes: number[];
}

/** Children have their own questions; what has no hashes has a key that depends on what stood before it in the file. */
const canGoAsColumns = ({ ids, events, ofChildren }: Packed): boolean =>
  ids.length > 0 && events.are && !ofChildren;

async function commitColumns(
  deps: SliceDeps,
  origin: SliceOrigin,
  kind: RecordKind,
  { records }: Slice,
  progress: Progress,
): Promise<Done> {
  const turnedDown = new Map<number, RefusedRow>();
  const { words, refused, rows, firstIdentifier, firstMark, marks } = records;
  for (let place = 0; place < refused.length; place += 1) {
    const why = words[refused[place] as number] as RefusedRow | "";
    if (why !== "") turnedDown.set(place, why);
  }
  const received = progress.receiving ?? 0;
  const batch = { packed: records, isLeftOut: (place: number) => turnedDown.has(place) };
  const done = await deps.records.commitPacked({ ...origin, received, isSlice: true }, batch);
  const nodes: number[] = [];
  let added = 0;
  for (let place = 0; place < rows.length; place += 1) {
    if (turnedDown.has(place)) continue;
    const other = done.others.get(place);
    if (other !== undefined) {
      if (!counted(other, kind, rows[place] as number, progress)) {
        const named = (firstIdentifier[place + 1] as number) > (firstIdentifier[place] as number);
        turnedDown.set(place, named ? "unusable-identifier" : "no-identifier");
      } else if (other.node !== null) nodes.push(other.node);
      continue;
    }
    const node = done.nodes[place] as number;
    if (node !== 0) nodes.push(node);
    added += 1;
    progress.added += rows[place] as number;
    // Of a record that is plainly added each mark is there once.
    for (let i = firstMark[place] as number; i < (firstMark[place + 1] as number); i += 1)
      count(progress.marks, words[marks[i] as number] as string);
  }
  progress.records = (progress.records ?? 0) + added;
  if (added > 0) count(progress.totals, kind.id, added);
  return { turnedDown, nodes };
}

async function commitObjects(
  deps: SliceDeps,
  origin: SliceOrigin,
  kind: RecordKind,
  slice: Slice,
  progress: Progress,
): Promise<Done> {
  const turnedDown = new Map<number, RefusedRow>();
  const places: number[] = [];
  const read: StatedRecord[] = [];
  for (const [place, { read: said, occurrence }] of unpack(slice.records).entries()) {
    if (isRefused(said)) turnedDown.set(place, said.refused);
    else {
      places.push(place);
      // Where rows have no key of their own, the second that says the very same is another.
      read.push(
        kind.repeats && occurrence > 0 ? { ...plainRecord(said), key: `${said.key} #${occurrence}` } : said,
      );
    }
  }
  const received = progress.receiving ?? 0;
  const { ofChildren, rows } = slice.records;
  const stated = ofChildren ? await withKnownCodes(deps, origin, read, progress) : read;
  const done = await deps.records.commit({ ...origin, received, isSlice: true }, stated);
  const nodes: number[] = [];
  for (const [i, one] of done.entries()) {
    const place = places[i] as number;
    const record = stated[i] as StatedRecord;
    const isDated = ofChildren && isDateImpossible(record, received);
    const more: readonly Mark[] = isDated ? ["date-impossible"] : [];
    if (!counted(one, kind, rows[place] as number, progress, more)) {
      turnedDown.set(place, record.identifiers.length > 0 ? "unusable-identifier" : "no-identifier");
    } else if (one.node !== null) nodes.push(one.node);
  }
  return { turnedDown, nodes };
}

/** Adds to the progress what became of a record; false when it was turned down. */
function counted(
  { outcome, marks, again }: Committed,
  kind: RecordKind,
  rows: number,
  progress: Progress,
  more: readonly Mark[] = [],
): boolean {
  if (outcome === "nobody") return false;
  progress.records = (progress.records ?? 0) + 1;
  if (outcome === "added") progress.added += rows;
  else if (outcome === "changed") progress.changed = (progress.changed ?? 0) + rows;
  else progress.repeated += rows;
  // What an earlier file of this very import said is in its totals already.
  if (again) return true;
  count(progress.totals, kind.id);
  for (const mark of new Set([...marks, ...more])) count(progress.marks, mark);
  return true;
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
  turnedDown: ReadonlyMap<number, RefusedRow>,
  file: number,
): Promise<RefusedRowLine[]> {
  const places = [...turnedDown.keys()].sort((a, b) => a - b);
  const rows = await reader.rowsOf(slice, places);
  return places.flatMap((place, i) => {
    const code = turnedDown.get(place) as RefusedRow;
    const of = rows[i] ?? [];
    return of.map(({ line, cells }) => ({ file, line, recordLine: of[0]?.line ?? line, code, cells }));
  });
}
