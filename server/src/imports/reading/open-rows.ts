import { wholes } from "./number-column.ts";
import { type FileRow, ownRow, UncutRow } from "./row.ts";

/** No row after this one. */
const last = 0;

/** What a row's end takes between it and the next. */
const widestEnd = 2;

/**
 * The rows of the records that are still open, by record. Thousands wait until their slice is full: as objects the
 * collector would copy each of them, twice; here they are four numbers, and are made again when their record is read.
 * The text they stand in waits outside of the collector's heap, too: a slice's megabytes outlived the young generation
 * each time, and were most of what the reading thread's heap was collected for.
 */
export class OpenRows {
  /** Of each record its first row and its last, and how many there are. Rows count from 1. */
  readonly #first = wholes();
  readonly #end = wholes();
  readonly #count = wholes();
  readonly #texts = new Texts();
  readonly #text = wholes();
  readonly #from = wholes();
  readonly #to = wholes();
  readonly #line = wholes();
  readonly #next = wholes();
  /** Rows that are cut already, as those with quotes are. */
  readonly #cut = new Map<number, FileRow>();
  #delimiter = ",";

  get records(): number {
    return this.#first.count;
  }

  count(record: number): number {
    return this.#count.at(record);
  }

  /** Answers which record it is. */
  open(row: FileRow): number {
    const record = this.#first.count;
    const at = this.#put(row);
    this.#first.push(at);
    this.#end.push(at);
    this.#count.push(1);
    return record;
  }

  add(record: number, row: FileRow): void {
    const at = this.#put(row);
    this.#next.set(this.#end.at(record) - 1, at);
    this.#end.set(record, at);
    this.#count.set(record, this.#count.at(record) + 1);
  }

  first(record: number): FileRow {
    return this.#row(this.#first.at(record));
  }

  rows(record: number): FileRow[] {
    const rows: FileRow[] = [];
    for (let at = this.#first.at(record); at !== last; ) at = this.#readOn(at, rows);
    return rows;
  }

  clear(): void {
    for (const column of [this.#first, this.#end, this.#count, this.#text, this.#from, this.#to])
      column.clear();
    this.#line.clear();
    this.#next.clear();
    this.#texts.clear();
    this.#cut.clear();
  }

  #put(row: FileRow): number {
    const isUncut = row instanceof UncutRow;
    if (isUncut) {
      this.#delimiter = row.delimiter;
      this.#texts.keep(row.text);
    } else this.#cut.set(this.#line.count + 1, ownRow(row));
    this.#text.push(this.#texts.count);
    this.#from.push(isUncut ? row.from : 0);
    this.#to.push(isUncut ? row.to : 0);
    this.#line.push(row.line);
    this.#next.push(last);
    return this.#line.count;
  }

  #row(at: number): FileRow {
    const rows: FileRow[] = [];
    this.#readOn(at, rows, false);
    return rows[0] as FileRow;
  }

  /** Reads a row, and those of its record that follow right behind it with it; answers the row after them. */
  #readOn(at: number, rows: FileRow[], further = true): number {
    const begin = this.#from.at(at - 1);
    let end = this.#to.at(at - 1);
    let next = this.#next.at(at - 1);
    // An uncut row is never empty.
    if (end === 0) {
      rows.push(this.#cut.get(at) as FileRow);
      return next;
    }
    const of = this.#text.at(at - 1);
    while (further && next !== last && this.#follows(next, of, end)) {
      end = this.#to.at(next - 1);
      next = this.#next.at(next - 1);
    }
    const text = this.#texts.read(of - 1, begin, end);
    for (let one = at; one !== next; one = this.#next.at(one - 1)) {
      const place = { text, from: this.#from.at(one - 1) - begin, to: this.#to.at(one - 1) - begin };
      rows.push(new UncutRow(this.#line.at(one - 1), place, this.#delimiter));
    }
    return next;
  }

  #follows(next: number, of: number, end: number): boolean {
    const from = this.#from.at(next - 1);
    return (
      this.#text.at(next - 1) === of && this.#to.at(next - 1) > 0 && from >= end && from <= end + widestEnd
    );
  }
}

/** A buffer of more is not kept for the texts to come. */
const largest = 4 * 1024 * 1024;

/** Pieces of a file's text as UTF-16, in buffers that are used again. */
class Texts {
  readonly #buffers: Buffer[] = [];
  /** The piece that was kept last. */
  #last = "";
  count = 0;

  /** Does nothing where it is the piece that was kept last. */
  keep(text: string): void {
    if (this.count > 0 && text === this.#last) return;
    const bytes = 2 * text.length;
    let buffer = this.#buffers[this.count];
    if (buffer === undefined || buffer.length < bytes) {
      buffer = Buffer.allocUnsafeSlow(bytes);
      this.#buffers[this.count] = buffer;
    }
    buffer.write(text, "utf16le");
    this.#last = text;
    this.count += 1;
  }

  read(piece: number, from: number, to: number): string {
    return (this.#buffers[piece] as Buffer).toString("utf16le", 2 * from, 2 * to);
  }

  clear(): void {
    this.count = 0;
    this.#last = "";
    for (let i = this.#buffers.length - 1; i >= 0; i -= 1)
      if ((this.#buffers[i] as Buffer).length > largest) this.#buffers.splice(i, 1);
  }
}
