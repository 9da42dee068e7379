import type { FileFormat } from "@stork/contract/imports.ts";
import type { Encoding } from "./encoding.ts";
import type { FileRow } from "./row.ts";

/** A file to read, and what is known of it already. */
export interface FileToRead {
  path: string;
  /** As its owner named it. */
  name: string;
  bytes: number;
  /** Where an earlier look found these; absent: to be found. */
  encoding?: Encoding | "";
  delimiter?: string;
  sheet?: string | null;
}

/** An open file of one format: how it is written, and its rows, from the first to the last. */
export interface OpenFile {
  encoding: Encoding | "";
  delimiter: string;
  sheets: readonly string[];
  sheet: string | null;
  /** Whether the first row is the names of the columns, without a doubt. */
  named: boolean;
  /** Cells over several rows, the value of which is every row's. */
  mergedCells?: number;
  /**
   * Rows in portions, blank lines left out. Tells how much of the file's bytes was read. The next portion is read when
   * it is asked for: nothing runs ahead of who reads.
   */
  rows(onBytes: (read: number) => void): AsyncGenerator<FileRow[]>;
  close(): Promise<void>;
}

/** Why a file is not read at all. */
export type Unreadable =
  | "empty"
  | "not-text"
  | "not-lines"
  | "old-spreadsheet"
  | "other-spreadsheet"
  | "web-page"
  | "locked"
  | "unknown-lock"
  | "damaged"
  | "bomb"
  | "no-sheet"
  | "too-wide"
  | "endless-row"
  | "too-many-files"
  | "garbled";

export class UnreadableFile extends Error {
  readonly why: Unreadable;
  readonly row: number | undefined;
  constructor(why: Unreadable, row?: number) {
    super(why);
    this.name = "UnreadableFile";
    this.why = why;
    this.row = row;
  }
}

/** Of a file that asks for one. */
export class WrongPassword extends Error {
  constructor() {
    super("wrong password");
    this.name = "WrongPassword";
  }
}

/** What a format must answer. */
export interface Format<Id extends FileFormat> {
  id: Id;
  /** Whether a file that begins with these bytes is of this format. Asked in the order of the map; the last says yes. */
  recognises(head: Buffer, name: string): boolean;
  /** Throws UnreadableFile. */
  open(file: FileToRead): Promise<OpenFile>;
}

/** More columns than any export has; a file of more is broken, or means harm. */
export const mostColumns = 2_000;
