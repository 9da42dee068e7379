import type { ReadRecord } from "./gather.ts";
import type { Packed } from "./packed.ts";
import type { RuleCounts } from "./rule-tally.ts";

/** A record as it is handed over: its rows stay behind and are asked for only when it is refused. */
export interface HandedRecord {
  rows: number;
  read: ReadRecord["read"];
  /** Its number among equal ones of the file. */
  occurrence: number;
}

/** A slice as it goes from thread to thread. */
export type SentSlice = Omit<Slice, "records"> & { records: Packed };

export interface Slice {
  number: number;
  records: HandedRecord[];
  /** Rows taken, totals and notes included. */
  rows: number;
  totals: number;
  notes: number;
  /** Bytes of the file read so far. */
  bytes: number;
  rules: RuleCounts;
}
