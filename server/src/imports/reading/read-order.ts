import type { Unreadable } from "./format.ts";
import type { Looked, LookOrder } from "./look.client.ts";
import type { ImportFile } from "./progress.ts";
import type { FileRow } from "./row.ts";
import type { SentSlice } from "./slice.ts";
import type { Unlocked, UnlockOrder } from "./unlock.client.ts";

/** A file to be read to its end, for an import. */
export interface ReadOrder {
  preset: string;
  file: ImportFile;
  zone: string;
  now: number;
  /** Rows that are done with: read again, and left out. */
  rowsDone: number;
  sliceRows: number;
  /** What the workspace's hashes of records are made with; without it the reader makes none. */
  salt?: string;
  /** Two numbers, shared with who waits for the first slice: how many of the file's bytes are read, and of its rows. */
  told?: SharedArrayBuffer;
}

/** What is asked of the reading thread; each is answered in turn. */
export type Ask =
  | { ask: "look"; order: LookOrder }
  | { ask: "unlock"; order: UnlockOrder }
  | { ask: "read"; order: ReadOrder }
  | { ask: "slice" }
  | { ask: "rest" }
  | { ask: "rows"; slice: number; records: readonly number[] };

export type Answer =
  | { looked: Looked[] }
  | { unlocked: Unlocked[] }
  | { begun: true }
  | { slice: SentSlice | null }
  | { rows: FileRow[][] }
  | { unreadable: Unreadable; row?: number | undefined }
  | { failed: string; code?: string | undefined };
