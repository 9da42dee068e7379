import { Parser } from "htmlparser2";
import { mostColumns, UnreadableFile } from "../format.ts";
import type { FileRow } from "../row.ts";
import { mostRow } from "../split-rows.ts";
import { dateText, numberText } from "./cell-text.ts";
import { columnOf, type MergedCells } from "./merged-cells.ts";

/** What a sheet's cells refer to. */
export interface SheetContext {
  shared(index: number): string;
  /** By cell style: whether its numbers are dates. */
  dates: readonly boolean[];
  from1904: boolean;
  /** Cells over several rows, where anybody looked for them. */
  merged?: MergedCells;
}

/** The name without its namespace's prefix, which some programs write. */
export const bare = (name: string): string => name.slice(name.indexOf(":") + 1);

/** An XML parser for parts of a workbook: none of them has a document type, so one that has means harm. */
export function xmlParser(handler: ConstructorParameters<typeof Parser>[0]): Parser {
  return new Parser(
    {
      ...handler,
      onprocessinginstruction(name) {
        if (/^!/.test(name)) throw new UnreadableFile("bomb");
      },
    },
    { xmlMode: true },
  );
}

/** Rows out of a sheet's XML, given in chunks. Cells left out are empty; rows without any value are left out. */
export class SheetRows {
  readonly #context: SheetContext;
  readonly #fill: ((line: number, cells: string[]) => void) | undefined;
  readonly #parser: Parser;
  #rows: FileRow[] = [];
  #line = 0;
  #cells: string[] = [];
  #filled = 0;
  #column = -1;
  #type = "";
  #style = -1;
  #value = "";
  #reading = false;
  #phonetic = false;

  constructor(context: SheetContext) {
    this.#context = context;
    this.#fill = context.merged?.filler();
    this.#parser = xmlParser({
      onopentag: (name, attributes) => this.#open(bare(name), attributes),
      ontext: (text) => {
        if (!this.#reading) return;
        this.#value += text;
        if (this.#value.length > mostRow) throw new UnreadableFile("bomb");
      },
      onclosetag: (name) => this.#close(bare(name)),
    });
  }

  /** The rows that this piece of the sheet completes. */
  write(xml: string): FileRow[] {
    this.#rows = [];
    this.#parser.write(xml);
    return this.#rows;
  }

  end(): FileRow[] {
    this.#rows = [];
    this.#parser.end();
    return this.#rows;
  }

  #open(name: string, attributes: Record<string, string>): void {
    if (name === "c") {
      const place = attributes["r"];
      this.#column = place === undefined ? this.#column + 1 : columnOf(place);
      if (this.#column >= mostColumns) throw new UnreadableFile("too-wide");
      this.#type = attributes["t"] ?? "n";
      this.#style = attributes["s"] === undefined ? -1 : Number(attributes["s"]);
      this.#value = "";
    } else if (name === "row") {
      this.#line = attributes["r"] === undefined ? this.#line + 1 : Number(attributes["r"]);
      this.#cells = [];
      this.#filled = 0;
      this.#column = -1;
    } else if (name === "rPh") this.#phonetic = true;
    else if (name === "v" || (name === "t" && !this.#phonetic)) this.#reading = true;
  }

  #close(name: string): void {
    if (name === "v" || name === "t") this.#reading = false;
    else if (name === "rPh") this.#phonetic = false;
    else if (name === "c") {
      if (this.#value === "") return;
      const text = this.#text();
      if (text === "") return;
      while (this.#cells.length < this.#column) this.#cells.push("");
      this.#cells[this.#column] = text;
      this.#filled += 1;
    } else if (name === "row" && this.#filled > 0) {
      this.#fill?.(this.#line, this.#cells);
      this.#rows.push({ line: this.#line, cells: this.#cells });
    }
  }

  #text(): string {
    const { shared, dates, from1904 } = this.#context;
    switch (this.#type) {
      case "s":
        return shared(Number(this.#value));
      case "b":
        return this.#value === "1" ? "TRUE" : "FALSE";
      case "e":
        return "";
      case "n":
        return dates[this.#style] === true
          ? dateText(Number(this.#value), from1904)
          : numberText(this.#value);
      default:
        return this.#value;
    }
  }
}
