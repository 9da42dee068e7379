import type { FileFormat } from "@stork/contract/imports.ts";
import type { RuleCounts } from "./rule-tally.ts";
import type { Slice } from "./slice.ts";

/** A file of an import, as it was found. */
export interface ImportFile {
  name: string;
  path: string;
  bytes: number;
  /** Absent in imports made before there were others than CSV. */
  format?: FileFormat;
  encoding: string;
  delimiter: string;
  sheet?: string | null;
  header: string[];
  /** The line on which the header stands, and how many rows are above it. */
  headerLine?: number;
  above?: number;
  /** Whose format it is, and under which source it counts; the import's own when absent. */
  preset?: string;
  source?: number;
  /** The record kind's id. */
  record: string;
  /** Where each target stands. */
  places: [string, number][];
}

/** How far an import is, and what it has found. Stored after every slice in the slice's own transaction. */
export interface Progress {
  /** The file being read, and how many of its rows are done with. */
  file: number;
  rowsDone: number;
  bytesBefore: number;
  bytesRead: number;
  /** Rows by file. */
  rowsByFile: number[];
  rows: number;
  added: number;
  /** Rows of records that have a newer version now. */
  changed?: number;
  repeated: number;
  refused: number;
  /** Records read; rows that sum up others, and notes. */
  records?: number;
  totalRows?: number;
  noteRows?: number;
  /** What each cleaning rule did to the values it read. */
  rules?: RuleCounts;
  /** Records of each kind, and different persons under the kind's own name. */
  totals: Record<string, number>;
  marks: Record<string, number>;
  reasons: Record<string, number>;
  /** How far the file of node ids, from which different persons are counted, is valid. */
  nodeBytes: number;
  /** Gender codes known before, against those read now: "0|男" → rows. */
  genders: Record<string, number>;
  /** What this import wrote up to this instant (ms) is saved progress; what it wrote later is a slice that was cut off. */
  writtenTo?: number;
  /** The instant that the slice under way is received at: done again after a kill, it says the same. */
  receiving?: number;
  /** Rows that are committed together. */
  sliceRows?: number;
  /** Rows a second, of late. */
  rate?: number;
  /** Until the first rows are in: how much is read, and how long all will take by that. */
  ahead?: Ahead;
  /** Taken up again, until the first new rows are in: how far what was read before is read again. */
  again?: Again;
}

export interface Ahead {
  bytes: number;
  secondsLeft: number | null;
}

export interface Again {
  /** Rows of the file under way that are read again, and how many there are to be. */
  rows: number;
  of: number;
  secondsLeft: number | null;
}

export const noProgress = (files: number): Progress => ({
  file: 0,
  rowsDone: 0,
  bytesBefore: 0,
  bytesRead: 0,
  rowsByFile: new Array<number>(files).fill(0),
  rows: 0,
  added: 0,
  repeated: 0,
  refused: 0,
  totals: {},
  marks: {},
  reasons: {},
  nodeBytes: 0,
  genders: {},
});

export function count(counts: Record<string, number>, name: string, more = 1): void {
  counts[name] = (counts[name] ?? 0) + more;
}

/** What a slice holds besides its records. */
export function addSlice(
  slice: Pick<Slice, "rows" | "totals" | "notes" | "rules">,
  progress: Progress,
): void {
  progress.rows += slice.rows;
  progress.rowsDone += slice.rows;
  progress.rowsByFile[progress.file] = (progress.rowsByFile[progress.file] ?? 0) + slice.rows;
  progress.totalRows = (progress.totalRows ?? 0) + slice.totals;
  progress.noteRows = (progress.noteRows ?? 0) + slice.notes;
  const rules = progress.rules ?? {};
  for (const [rule, counts] of Object.entries(slice.rules)) {
    const [kept, changed, marked, unreadable] = rules[rule] ?? [0, 0, 0, 0];
    rules[rule] = [kept + counts[0], changed + counts[1], marked + counts[2], unreadable + counts[3]];
  }
  progress.rules = rules;
}
