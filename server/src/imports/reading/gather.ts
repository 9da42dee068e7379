import type { Mark } from "../../cleaning/marks.ts";
import { kinds } from "../../records/kinds.ts";
import { Besides } from "../besides.ts";
import { numberOf } from "../number-of.ts";
import type { PlainOrder } from "../plain-order.ts";
import type { PlainReader, RecordKind, Row, RowContext } from "../preset.ts";
import type { RefusedRow } from "../refused-rows.ts";
import { cleanCell } from "./clean-cell.ts";
import { OpenRows } from "./open-rows.ts";
import { cellAt, type FileRow, UncutRow } from "./row.ts";
import { type Aside, asideOf, isOfTable } from "./table.ts";

/** A record, and the rows it was read from as far as anybody may ask for them: when it is refused. */
export interface ReadRecord {
  rows: readonly FileRow[];
  count: number;
  read: Read;
}
export type Read = ReturnType<RecordKind["read"]>;

export const isRefused = (read: ReadRecord["read"]): read is { refused: RefusedRow } => "refused" in read;

/** Where records go as they are read: a look keeps them, an import packs each at once. */
export interface Keeper<Kept> {
  add(record: ReadRecord): void;
  /** An order that was read the quicker way, where this keeper takes such. */
  addPlain?(order: PlainOrder, rows: number): void;
  /** The key of a record added since the last time, by its place. */
  key(place: number): string;
  /** What was added since the last time, with the marks of what is seen only beside each other, by a record's place. */
  take(more: ReadonlyMap<number, readonly Mark[]>): Kept;
}

/** What was read of a file in one go, to be committed together. */
export interface Gathered<Kept> {
  kept: Kept;
  /** Rows taken, those that are none of the table's included. */
  rows: number;
  totals: number;
  notes: number;
}

/** A file's header, and where the columns of each target stand. */
export interface Places {
  places: readonly (readonly [string, number])[];
  header: readonly string[];
}

/** No record. */
const none = -1;
/** More rows than this are no order, whatever stands in its column. */
const mostTogether = 500;

/**
 * Gathers rows into slices of records. The rows of one order are one record when they are in one slice, next to each
 * other or not; a slice never ends between two rows of one order that follow each other. The same rows from the same
 * beginning always make the same slices: what is done again after a kill is the same.
 */
export class Gatherer<Kept> {
  readonly #keeper: Keeper<Kept>;
  readonly #kind: RecordKind;
  readonly #places: Places;
  readonly #context: RowContext;
  readonly #size: number;
  /** Of these what is read of rows after a record's first. */
  readonly #ofEach: Places;
  /** Where what rows have in common stands; null: every row is a record. */
  readonly #together: readonly (number | undefined)[] | null;
  readonly #plain: PlainReader | null;
  readonly #open = new OpenRows();
  /** Which open record it is, by a number made of what its rows have in common; of two with one number the second has the next. */
  readonly #byNumber = new Map<number, number>();
  readonly #beside: Besides;
  #records = 0;
  #last: string | null = null;
  /** The beginning of the row before, as far as it says which record it is of. */
  #beginning: string | null = null;
  /** The last column that says so. */
  readonly #furthest: number;
  /** The record whose row was gathered last. */
  #lastOne = 0;
  /** A row that says nothing: to be copied, since setting names one by one makes and drops a list of them each time. */
  readonly #blank: Row;
  #rows = 0;
  #totals = 0;
  #notes = 0;

  constructor(
    { kind, places, context, size }: { kind: RecordKind; places: Places; context: RowContext; size: number },
    keeper: Keeper<Kept>,
  ) {
    this.#keeper = keeper;
    this.#beside = new Besides((place) => keeper.key(place));
    this.#kind = kind;
    this.#places = places;
    this.#context = context;
    this.#size = size;
    const at = new Map(places.places);
    const each = kind.ofEach === undefined ? null : new Set(kind.ofEach);
    this.#ofEach = { ...places, places: places.places.filter(([target]) => each?.has(target) ?? true) };
    const isQuicker = keeper.addPlain !== undefined && kind.plain !== undefined;
    this.#plain = isQuicker ? (kind.plain?.(places.places, context) ?? null) : null;
    this.#blank = Object.fromEntries(places.places.map(([target]) => [target, ""]));
    this.#together = kind.together?.map((target) => at.get(target)) ?? null;
    this.#furthest = Math.max(0, ...(this.#together ?? []).map((place) => place ?? 0));
  }

  /** Takes a row; answers the slice before it when it was full. */
  add(row: FileRow): Gathered<Kept> | null {
    if (this.#goesOn(row)) {
      this.#rows += 1;
      this.#open.add(this.#lastOne, row);
      return null;
    }
    this.#beginning = null;
    const aside = row.bad === undefined ? this.#asideOf(row) : null;
    if (aside === "blank") return null;
    if (aside !== null || row.bad !== undefined) {
      const full = this.#full(null);
      this.#rows += 1;
      if (aside === "total") this.#totals += 1;
      else if (aside === "note") this.#notes += 1;
      else this.#keep({ rows: [row], count: 1, read: { refused: row.bad as RefusedRow } });
      return full;
    }
    if (this.#together === null) {
      const full = this.#full(null);
      this.#rows += 1;
      this.#read([row], [row.cells]);
      return full;
    }
    this.#beginning = row instanceof UncutRow ? row.upTo(this.#furthest) : null;
    const key = this.#keyOf(row);
    const full = this.#full(key);
    this.#rows += 1;
    if (key !== this.#last) this.#lastOne = this.#find(key);
    this.#last = key;
    if (this.#lastOne === none || this.#open.count(this.#lastOne) >= mostTogether) this.#begin(key, row);
    else this.#open.add(this.#lastOne, row);
    return full;
  }

  #keyOf(row: FileRow): string {
    let key = "";
    for (const at of this.#together ?? []) key += `${at === undefined ? "" : cleanCell(cellAt(row, at))} `;
    return key;
  }

  /** The open record of a key. */
  #find(key: string): number {
    for (let number = numberOf(key); ; number += 1) {
      const record = this.#byNumber.get(number);
      if (record === undefined) return none;
      if (this.#keyOf(this.#open.first(record)) === key) return record;
    }
  }

  /** Begins a record; one of the same key that has all the rows it may have stays as it is. */
  #begin(key: string, row: FileRow): void {
    this.#lastOne = this.#open.open(row);
    let number = numberOf(key);
    for (let before = this.#byNumber.get(number); before !== undefined; before = this.#byNumber.get(number)) {
      if (this.#keyOf(this.#open.first(before)) === key) break;
      number += 1;
    }
    this.#byNumber.set(number, this.#lastOne);
  }

  /** Whether a row is of the same record as the one before it, by the letter; nearly all rows of an order are. */
  #goesOn(row: FileRow): boolean {
    const beginning = this.#beginning;
    if (beginning === null || !(row instanceof UncutRow)) return false;
    return this.#open.count(this.#lastOne) < mostTogether && row.startsWith(beginning);
  }

  /** Files pasted together say their header again in the middle. */
  #asideOf(row: FileRow): Aside | null {
    const { header } = this.#places;
    const first = cellAt(row, 0);
    if (isOfTable(first) && first.trim() !== header[0]) return null;
    const { cells } = row;
    if (
      cells[0]?.trim() === header[0] &&
      cells.filter((cell, at) => cell.trim() === header[at]).length > header.length / 2
    )
      return "note";
    return asideOf(cells, header.length);
  }

  /** What is left at the end of the file. */
  end(): Gathered<Kept> {
    for (let record = 0; record < this.#open.records; record += 1) this.#close(this.#open.rows(record));
    const more = this.#kind.among?.(this.#beside, this.#context) ?? unmarked;
    const done = {
      kept: this.#keeper.take(more),
      rows: this.#rows,
      totals: this.#totals,
      notes: this.#notes,
    };
    this.#open.clear();
    this.#byNumber.clear();
    this.#beside.clear();
    this.#records = 0;
    this.#last = null;
    this.#beginning = null;
    this.#rows = 0;
    this.#totals = 0;
    this.#notes = 0;
    return done;
  }

  #keep(record: ReadRecord): void {
    const { read } = record;
    if (!isRefused(read) && read.beside !== undefined) this.#beside.add(this.#records, read.beside);
    this.#records += 1;
    this.#keeper.add(record);
  }

  #full(key: string | null): Gathered<Kept> | null {
    return this.#rows >= this.#size && (key === null || key !== this.#last) ? this.end() : null;
  }

  /** Read by target only now: thousands of rows are held open, and half as many objects are. */
  #close(rows: readonly FileRow[]): void {
    const plain = this.#plain?.read(rows) ?? null;
    if (plain !== null) {
      if (plain.beside !== null) this.#beside.add(this.#records, plain.beside);
      this.#records += 1;
      this.#keeper.addPlain?.(plain, rows.length);
      return;
    }
    this.#read(
      rows,
      rows.map(({ cells }) => cells),
    );
  }

  #read(rows: readonly FileRow[], cells: readonly (readonly string[])[]): void {
    const said = cells.map((some, i) => rowOf(i === 0 ? this.#places : this.#ofEach, some, this.#blank));
    const read = this.#kind.read(said, this.#context);
    const kept = isRefused(read) || kinds[this.#kind.record].needsSomebody ? rows : [];
    this.#keep({ rows: kept, count: rows.length, read });
  }
}

const unmarked: ReadonlyMap<number, readonly Mark[]> = new Map();

/** A row by target, its cells cleaned of what programs put around them. */
export function rowOf({ places }: Places, cells: readonly string[], blank: Row = {}): Row {
  const row: Record<string, string> = { ...blank };
  for (const [target, at] of places) row[target] = cleanCell(cells[at] ?? "");
  return row;
}
