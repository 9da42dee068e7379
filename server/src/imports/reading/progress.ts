import type { ColumnMapping } from "@stork/contract/imports.ts";

/** A file of an import, as it was found. */
export interface ImportFile {
  name: string;
  path: string;
  bytes: number;
  encoding: string;
  delimiter: string;
  header: string[];
  /** The record kind's id. */
  record: string;
  /** Where each target stands. */
  places: [string, number][];
  mapping?: ColumnMapping[];
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
  repeated: number;
  refused: number;
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
