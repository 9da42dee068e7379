import { type FileRow, UncutRow } from "./row.ts";

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
/** A quote that is not closed within so many characters was never meant as one. */
const mostRecord = 1024 * 1024;
/** A row of so many characters may have too many cells. */
const wide = 2_000;
/** A row longer than this is not kept whole anywhere. */
export const mostRow = 1024 * 1024;

/**
 * Splits text that comes in chunks into rows of cells. A row without a quote, which nearly all are, is cut by the
 * engine's own split; one with quotes is read by hand: they may hold separators and line ends, and a doubled quote is
 * one. Lines may end in \n, \r\n or \r, even within one file. What is not closed or comes after the closing quote is
 * taken as it is written: a file put together by hand loses no row over it.
 */
export class RowSplitter {
  readonly #delimiter: string;
  readonly #code: number;
  #rest = "";
  #line = 0;
  /** The most cells of a row so far, as far as it can matter: of rows that may have more than `wide`. */
  widest = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
    this.#code = delimiter.charCodeAt(0);
  }

  push(chunk: string): FileRow[] {
    return this.#split(this.#rest === "" ? chunk : this.#rest + chunk, false);
  }

  end(): FileRow[] {
    return this.#split(this.#rest, true);
  }

  #split(text: string, atEnd: boolean): FileRow[] {
    const rows: FileRow[] = [];
    let at = 0;
    let quoteAt = text.indexOf('"');
    let returnAt = text.indexOf("\r");
    for (;;) {
      if (at >= text.length) break;
      if (quoteAt !== -1 && quoteAt < at) quoteAt = text.indexOf('"', at);
      if (returnAt !== -1 && returnAt < at) returnAt = text.indexOf("\r", at);
      let end = text.indexOf("\n", at);
      let next = end + 1;
      if (returnAt !== -1 && (end === -1 || returnAt < end)) {
        // The chunk may end between \r and \n.
        if (returnAt === text.length - 1 && !atEnd) break;
        end = returnAt;
        next = text.charCodeAt(returnAt + 1) === lineFeed ? returnAt + 2 : returnAt + 1;
      }
      if (end === -1) {
        if (!atEnd) break;
        end = text.length;
        next = end;
      }
      if (quoteAt === -1 || quoteAt >= end || !this.#opensCell(text, at, quoteAt, end)) {
        this.#line += 1;
        if (end > at) rows.push(this.#plain(text, at, end));
        at = next;
        continue;
      }
      const quoted = this.#quoted(text, at, atEnd);
      if (quoted === null) {
        if (!atEnd && text.length - at <= mostRecord) break;
        this.#line += 1;
        const { line, cells } = this.#plain(text, at, end);
        rows.push({ line, cells, bad: "quote-open" });
        at = next;
      } else {
        rows.push(quoted.row);
        this.#line += quoted.lines;
        at = quoted.next;
      }
    }
    // A line without an end and without a quote would otherwise be kept and searched again with every chunk.
    this.#rest = at === 0 ? text : text.slice(at);
    if (!atEnd && this.#rest.length > mostRecord * 16) throw new EndlessRow(this.#line + 1);
    return rows;
  }

  #plain(text: string, from: number, to: number): FileRow {
    if (to - from > mostRow)
      return { line: this.#line, cells: [text.slice(from, from + 1000)], bad: "too-long" };
    if (to - from >= wide)
      this.widest = Math.max(this.widest, text.slice(from, to).split(this.#delimiter).length);
    return new UncutRow(this.#line, { text, from, to }, this.#delimiter);
  }

  /** A quote means something only where it begins a cell: of ="0123", as spreadsheets write it, both belong to the cell. */
  #opensCell(text: string, from: number, firstQuote: number, end: number): boolean {
    for (let at = firstQuote; at !== -1 && at < end; at = text.indexOf('"', at + 1))
      if (at === from || text.charCodeAt(at - 1) === this.#code) return true;
    return false;
  }

  /** null: the row is not complete. */
  #quoted(text: string, from: number, atEnd: boolean): { row: FileRow; lines: number; next: number } | null {
    const cells: string[] = [];
    let at = from;
    let lines = 1;
    for (;;) {
      let cell = "";
      if (text.charCodeAt(at) === quote) {
        let begin = at + 1;
        for (;;) {
          const close = text.indexOf('"', begin);
          if (close === -1 || close - at > mostRecord) return null;
          if (text.charCodeAt(close + 1) === quote) {
            cell += text.slice(begin, close + 1);
            begin = close + 2;
            continue;
          }
          // What follows may be the other half of a doubled quote.
          if (close + 1 >= text.length && !atEnd) return null;
          cell += text.slice(begin, close);
          at = close + 1;
          break;
        }
        lines += lineEnds(cell);
      }
      const stop = this.#endOfCell(text, at);
      if (stop === text.length && !atEnd) return null;
      cell += text.slice(at, stop);
      cells.push(cell);
      at = stop;
      if (text.charCodeAt(at) !== this.#code || at >= text.length) break;
      at += 1;
    }
    if (text.charCodeAt(at) === carriageReturn && at + 1 >= text.length && !atEnd) return null;
    const next =
      text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
    this.widest = Math.max(this.widest, cells.length);
    const line = this.#line + 1;
    const row: FileRow = at - from > mostRow ? { line, cells: [], bad: "too-long" } : { line, cells };
    return { row, lines, next };
  }

  #endOfCell(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === this.#code || code === lineFeed || code === carriageReturn) return at;
    }
    return text.length;
  }
}

/** A line that does not end: no table. */
export class EndlessRow extends Error {
  readonly line: number;
  constructor(line: number) {
    super("endless row");
    this.name = "EndlessRow";
    this.line = line;
  }
}

function lineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
