import type { RefusedRow } from "../refused-rows.ts";

/** A row as it stands in the file; `line` counts from 1, title rows and header included. */
export interface FileRow {
  line: number;
  cells: string[];
  /** The row cannot be read for what it is, whatever it says. */
  bad?: RefusedRow;
}
