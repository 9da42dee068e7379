import type { ReadRecord } from "./gather.ts";
import type { Packed } from "./packed.ts";
import type { RuleCounts } from "./rule-tally.ts";

/** A record as it is handed over, unpacked: its rows stay behind and are asked for only when it is refused. */
export interface HandedRecord {
  rows: number;
  read: ReadRecord["read"];
  /** Its number among equal ones of the file. */
  occurrence: number;
}

export interface Slice {
  number: number;
  records: Packed;
  /** Rows taken, totals and notes included. */
  rows: number;
  totals: number;
  notes: number;
  /** Bytes of the file read so far. */
  bytes: number;
  rules: RuleCounts;
  /** Gives its memory back at once; nothing of its records may be read any more. */
  letGo(): void;
}

/** A slice as it goes from thread to thread. */
export type SentSlice = Omit<Slice, "letGo">;
