import { wholes } from "./number-column.ts";
import { type FileRow, UncutRow } from "./row.ts";

/** No row after this one. */
const last = 0;

/**
 * The rows of the records that are still open, by record. Thousands wait until their slice is full: as objects the
 * collector would copy each of them, twice; here they are four numbers, and are made again when their record is read.
 */
export class OpenRows {
  /** Of each record its first row and its last, and how many there are. Rows count from 1. */
  readonly #first = wholes();
  readonly #end = wholes();
  readonly #count = wholes();
  readonly #texts: string[] = [];
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
    for (let at = this.#first.at(record); at !== last; at = this.#next.at(at - 1)) rows.push(this.#row(at));
    return rows;
  }

  clear(): void {
    for (const column of [this.#first, this.#end, this.#count, this.#text, this.#from, this.#to])
      column.clear();
    this.#line.clear();
    this.#next.clear();
    this.#texts.length = 0;
    this.#cut.clear();
  }

  #put(row: FileRow): number {
    const isUncut = row instanceof UncutRow;
    if (isUncut) {
      this.#delimiter = row.delimiter;
      if (this.#texts.at(-1) !== row.text) this.#texts.push(row.text);
    } else this.#cut.set(this.#line.count + 1, row);
    this.#text.push(this.#texts.length);
    this.#from.push(isUncut ? row.from : 0);
    this.#to.push(isUncut ? row.to : 0);
    this.#line.push(row.line);
    this.#next.push(last);
    return this.#line.count;
  }

  #row(at: number): FileRow {
    const i = at - 1;
    const from = this.#from.at(i);
    const to = this.#to.at(i);
    // An uncut row is never empty.
    if (to === 0) return this.#cut.get(at) as FileRow;
    const text = this.#texts[this.#text.at(i) - 1] as string;
    return new UncutRow(this.#line.at(i), { text, from, to }, this.#delimiter);
  }
}
