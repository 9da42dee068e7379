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
 * they would be twenty small objects each, for the collector to copy again and again.
 */
export class UncutRow implements FileRow {
  readonly line: number;
  readonly #text: string;
  readonly #delimiter: string;

  constructor(line: number, text: string, delimiter: string) {
    this.line = line;
    this.#text = text;
    this.#delimiter = delimiter;
  }

  get cells(): readonly string[] {
    return this.#text.split(this.#delimiter);
  }

  /** The beginning of the row, to the end of a cell and what parts it from the next; null: there is no next. */
  upTo(place: number): string | null {
    let from = 0;
    for (let i = 0; i <= place; i += 1) {
      const next = this.#text.indexOf(this.#delimiter, from);
      if (next === -1) return null;
      from = next + this.#delimiter.length;
    }
    return this.#text.slice(0, from);
  }

  startsWith(text: string): boolean {
    return this.#text.startsWith(text);
  }

  /** One cell, without cutting the others; "" where the row has no such. */
  cell(place: number): string {
    const text = this.#text;
    let from = 0;
    for (let i = 0; i < place; i += 1) {
      const next = text.indexOf(this.#delimiter, from);
      if (next === -1) return "";
      from = next + this.#delimiter.length;
    }
    const to = text.indexOf(this.#delimiter, from);
    return to === -1 ? text.slice(from) : text.slice(from, to);
  }
}

export const cellAt = (row: FileRow, place: number): string =>
  row instanceof UncutRow ? row.cell(place) : (row.cells[place] ?? "");
