import { ownText } from "../../events/own-text.ts";
import type { RefusedRow } from "../refused-rows.ts";

/** A row as it stands in the file; `line` counts from 1, title rows and header included. */
export interface FileRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** The row cannot be read for what it is, whatever it says. */
  readonly bad?: RefusedRow;
}

/**
 * A row that is cut into its cells when somebody looks. Thousands of rows are held until their slice is full: as cells
 * they would be twenty small objects each, for the collector to copy again and again; a text of its own would be one.
 */
export class UncutRow implements FileRow {
  readonly line: number;
  /** It stands somewhere in this, without its line's end. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** One character. */
  readonly delimiter: string;

  constructor(line: number, place: { text: string; from: number; to: number }, delimiter: string) {
    this.line = line;
    this.text = place.text;
    this.from = place.from;
    this.to = place.to;
    this.delimiter = delimiter;
  }

  get cells(): readonly string[] {
    return this.text.slice(this.from, this.to).split(this.delimiter);
  }

  /** The beginning of the row, to the end of a cell and what parts it from the next; null: there is no next. */
  upTo(place: number): string | null {
    let from = this.from;
    for (let i = 0; i <= place; i += 1) {
      from = this.#endOf(from) + 1;
      if (from > this.to) return null;
    }
    return this.text.slice(this.from, from);
  }

  /** Of a text without line ends. */
  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.from);
  }

  /** One cell, without cutting the others; "" where the row has no such. */
  cell(place: number): string {
    let from = this.from;
    for (let i = 0; i < place; i += 1) {
      from = this.#endOf(from) + 1;
      if (from > this.to) return "";
    }
    return this.text.slice(from, this.#endOf(from));
  }

  /** By hand, since a search would not stop at the row's end. */
  #endOf(from: number): number {
    const code = this.delimiter.charCodeAt(0);
    for (let at = from; at < this.to; at += 1) if (this.text.charCodeAt(at) === code) return at;
    return this.to;
  }
}

/** For a row that is kept: as it is, it would keep the piece of the file's text that it stands in. */
export function ownRow(row: FileRow): FileRow {
  if (!(row instanceof UncutRow)) return { ...row, cells: ownCells(row.cells) };
  const text = ownText(row.text.slice(row.from, row.to));
  return new UncutRow(row.line, { text, from: 0, to: text.length }, row.delimiter);
}

/** Copied in one go, since in some exports all rows have quotes: pieces of one text that is the row's own. */
function ownCells(cells: readonly string[]): string[] {
  const text = ownText(cells.join(""));
  let at = 0;
  return cells.map((cell) => {
    const from = at;
    at += cell.length;
    return text.slice(from, at);
  });
}

export const cellAt = (row: FileRow, place: number): string =>
  row instanceof UncutRow ? row.cell(place) : (row.cells[place] ?? "");
