import type { Mark } from "../../../cleaning/marks.ts";
import { splitTraits } from "../../../people/traits.ts";
import { personSaid } from "../../../records/said.ts";
import type { PlainTraits } from "../../plain-order.ts";
import type { RowContext } from "../../preset.ts";
import type { Bytes } from "../../reading/bytes.ts";
import { CellMemory } from "../../reading/cell-memory.ts";
import type { CutRow } from "../../reading/cut-row.ts";
import { ownBytes } from "../../reading/own-bytes.ts";
import type { Telling } from "../../tell.ts";
import type { Cells, Recorded } from "../cells.ts";
import { isPlainText, isQuickPhone, quickFen, quickInstant, Span } from "./quick-cells.ts";
import type { Said } from "./said.ts";

/** Of a value that needs its rule: undefined where nothing can be read; null where it is marked. */
type Read<Value> = Value | undefined | null;

/** What a buyer's place of living comes to. */
export interface PlainPlace {
  /** Its traits as JSON has them within an object's braces; nothing for none. */
  readonly json: Uint8Array;
  readonly traits: PlainTraits;
  readonly marks: readonly Mark[];
  readonly telling: Telling | null;
}

/** A column that single cells are read from. */
export interface Column {
  readonly target: string;
  /** Where it stands; undefined: the file has no such. */
  readonly at: number | undefined;
  /** Where the same stands in fen. */
  readonly inFen: number | undefined;
  /** What is told of a value that needs nothing: the same for all of it; undefined: not known yet. */
  kept: Telling | null | undefined;
}

const levels = ["province", "city", "district"];
const mostPlaces = 8_192;

/**
 * Reads single cells of a plain order: by hand where they are written as nearly all are, by their rules where not. What is
 * to be told of them is gathered, and told only when the whole order was plain.
 */
export class PlainCells {
  readonly told: Telling[] = [];
  readonly #said: Said;
  readonly #cells: Cells;
  readonly #context: RowContext;
  readonly #places: CellMemory<PlainPlace>;
  readonly #span = new Span();
  readonly #name: Column;
  readonly #door: Column;

  constructor(said: Said, cells: Cells, context: RowContext) {
    this.#said = said;
    this.#cells = cells;
    this.#context = context;
    this.#places = new CellMemory(said.places(levels), mostPlaces);
    this.#name = this.column("name");
    this.#door = this.column("address");
  }

  /** Found once: looked up for each cell by its target, columns took a thirtieth of the time of reading. */
  column(target: string): Column {
    const said = this.#said;
    return { target, at: said.place(target), inFen: said.place(`${target}Fen`), kept: undefined };
  }

  begin(): void {
    this.told.length = 0;
    this.#cells.begin();
  }

  tell(telling: Telling | null): void {
    if (telling !== null) this.told.push(telling);
  }

  fen(cut: CutRow, column: Column): Read<number> {
    const { target, at, inFen } = column;
    if (inFen !== undefined && !cut.isEmpty(inFen))
      return this.#byRule(cut, [target, `${target}Fen`], "fen", target);
    if (at === undefined || cut.isEmpty(at)) return undefined;
    const quick = quickFen(cut, at);
    if (Number.isNaN(quick)) return this.#byRule(cut, [target], "fen", target);
    this.#tellKept(cut, column, "fen");
    return quick;
  }

  instant(cut: CutRow, column: Column): Read<number> {
    const { target, at } = column;
    if (at === undefined || cut.isEmpty(at)) return undefined;
    const quick = quickInstant(cut, at, this.#context.zone, this.#context.now);
    if (Number.isNaN(quick)) return this.#byRule(cut, [target], "instant", target);
    this.#tellKept(cut, column, "instant");
    return quick;
  }

  /** Writes a phone, or nothing. What it is marked with is the identifier's, not the record's. */
  phone(cut: CutRow, column: Column, to: Bytes): void {
    to.clear();
    const { target, at } = column;
    if (at === undefined || cut.isEmpty(at)) return;
    if (isQuickPhone(cut, at)) {
      this.#tellKept(cut, column, "phone");
      to.bytes(mainland);
      to.chars(cut.text, cut.from[at] as number, cut.to[at] as number);
      return;
    }
    const read = this.#recorded(cut, [target], "phone", target);
    this.tell(read.telling);
    const phone = (read.value as string | undefined) ?? "";
    if (!phone.includes("*")) to.text(phone);
  }

  /** Writes a name as JSON, or nothing; answers the marks of its cell. */
  name(cut: CutRow, to: Bytes): readonly Mark[] {
    to.clear();
    const { at } = this.#name;
    if (at === undefined || cut.isEmpty(at)) return none;
    const span = this.#span;
    if (span.of(cut, at) && isPlainText(cut.text, span.from, span.to)) {
      if (this.#cells.isName(cut.text.slice(span.from, span.to))) {
        this.#tellKept(cut, this.#name, "name");
        to.bytes(quote);
        to.chars(cut.text, span.from, span.to);
        to.bytes(quote);
        return none;
      }
    }
    const row = this.#said.row(cut, ["name"]);
    const { value = "", marks, telling } = this.#cells.recorded(() => this.#cells.name(row, "name"));
    this.tell(telling);
    if (value !== "" && !value.includes("*")) to.text(JSON.stringify(value));
    return marks;
  }

  /** A door of one's own is told by nobody else, and is read each time. */
  place(cut: CutRow): PlainPlace {
    const door = this.#door.at;
    const isOwn = door !== undefined && !cut.isEmpty(door);
    const found = isOwn
      ? this.#readPlace(cut, (text) => Buffer.from(text))
      : (this.#places.find(cut) ?? this.#places.keep(cut, this.#readPlace(cut, ownBytes)));
    this.tell(found.telling);
    return found;
  }

  #readPlace(cut: CutRow, bytesOf: (text: string) => Buffer): PlainPlace {
    const row = this.#said.row(cut, [...levels, "address"]);
    const { value, marks, telling } = this.#cells.recorded(() => this.#cells.place(row));
    const [said] = personSaid(value);
    const traits = said?.kind === "traits" ? said.traits : {};
    const { sealed, plain } = splitTraits(traits);
    return {
      json: bytesOf(JSON.stringify(traits).slice(1, -1)),
      traits: {
        sealed: sealed.map(({ key, json }) => ({ key, json: bytesOf(json) })),
        plain: plain.map(({ key, text }) => ({ key, text: bytesOf(text) })),
      },
      marks,
      telling,
    };
  }

  /** The first of a column is read by its rule, which says what is told of the rest. */
  #tellKept(cut: CutRow, column: Column, how: How): void {
    if (column.kept === undefined)
      column.kept = this.#recorded(cut, [column.target], how, column.target).telling;
    this.tell(column.kept);
  }

  #byRule(cut: CutRow, targets: readonly string[], how: How, target: string): Read<number> {
    const { value, marks, telling } = this.#recorded(cut, targets, how, target);
    this.tell(telling);
    return marks.length > 0 ? null : (value as number | undefined);
  }

  #recorded(cut: CutRow, targets: readonly string[], how: How, target: string): Recorded<unknown> {
    const row = this.#said.row(cut, targets);
    return this.#cells.recorded(() => this.#cells[how](row, target));
  }
}

type How = "fen" | "instant" | "phone" | "name";

const none: readonly Mark[] = [];
const quote = Buffer.from('"');
const mainland = Buffer.from("+86");
