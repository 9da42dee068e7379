import type { FileRecord, RecordKind, Row, RowContext } from "../preset.ts";
import type { RefusedRow } from "../refused-rows.ts";
import type { FileRow } from "./rows.client.ts";

/** A record with the rows it was read from. */
export interface ReadRecord {
  rows: readonly FileRow[];
  read: FileRecord | { refused: RefusedRow };
}

export const isRefused = (read: ReadRecord["read"]): read is { refused: RefusedRow } => "refused" in read;

/** Reads rows into records as they come; the rows of one order wait for the next order's first. */
export class RecordReader {
  readonly #kind: RecordKind;
  readonly #places: readonly [string, number][];
  readonly #context: RowContext;
  #open: { key: string; rows: FileRow[]; cells: Row[] } | null = null;

  constructor(kind: RecordKind, places: readonly [string, number][], context: RowContext) {
    this.#kind = kind;
    this.#places = places;
    this.#context = context;
  }

  /** The record that this row completes: itself, or the one before it; null while one is still open. */
  add(row: FileRow): ReadRecord | null {
    const cells = this.#cells(row);
    const { together } = this.#kind;
    if (together === null) return { rows: [row], read: this.#kind.read([cells], this.#context) };
    const key = together(cells);
    if (this.#open?.key === key && this.#open.rows.length < 500) {
      this.#open.rows.push(row);
      this.#open.cells.push(cells);
      return null;
    }
    const done = this.end();
    this.#open = { key, rows: [row], cells: [cells] };
    return done;
  }

  /** What is still open at the end of the file. */
  end(): ReadRecord | null {
    if (this.#open === null) return null;
    const { rows, cells } = this.#open;
    this.#open = null;
    return { rows, read: this.#kind.read(cells, this.#context) };
  }

  #cells({ cells }: FileRow): Row {
    const row: Record<string, string> = {};
    for (const [target, at] of this.#places) row[target] = clean(cells[at] ?? "");
    return row;
  }
}

/** Spreadsheets write ="0123" to keep leading zeros, and a ' before numbers; NUL has no place in any text. */
function clean(cell: string): string {
  const text = cell.trim().replaceAll("\0", "");
  return /^="(.*)"$/.exec(text)?.[1] ?? (/^'\d+$/.test(text) ? text.slice(1) : text);
}
