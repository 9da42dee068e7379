import { type FileRow, UncutRow } from "./row.ts";

/**
 * Where the cells of a row stand, found in one pass and without making any of them; one of these serves for row after
 * row. A place that the row does not have is an empty cell.
 */
export class CutRow {
  text = "";
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly #columns: number;

  /** `columns`: how many of the row's first cells anybody may ask for. */
  constructor(columns: number) {
    this.#columns = columns;
    this.from = new Int32Array(columns);
    this.to = new Int32Array(columns);
  }

  cut(row: FileRow): void {
    if (row instanceof UncutRow) this.#scan(row);
    else this.#join(row.cells);
  }

  isEmpty(place: number): boolean {
    return this.from[place] === this.to[place];
  }

  cell(place: number): string {
    return this.text.slice(this.from[place], this.to[place]);
  }

  #scan({ text, from: begin, to: end, delimiter }: UncutRow): void {
    const { from, to } = this;
    const last = this.#columns - 1;
    const code = delimiter.charCodeAt(0);
    this.text = text;
    let place = 0;
    from[0] = begin;
    for (let at = begin; at < end; at += 1) {
      if (text.charCodeAt(at) !== code) continue;
      to[place] = at;
      if (place === last) return;
      place += 1;
      from[place] = at + 1;
    }
    to[place] = end;
    for (place += 1; place <= last; place += 1) {
      from[place] = end;
      to[place] = end;
    }
  }

  /** Of a row with quotes the cells are at hand. */
  #join(cells: readonly string[]): void {
    this.text = cells.join("");
    let at = 0;
    for (let place = 0; place < this.#columns; place += 1) {
      this.from[place] = at;
      at += cells[place]?.length ?? 0;
      this.to[place] = at;
    }
  }
}
