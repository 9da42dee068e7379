import { kinds } from "../../../records/kinds.ts";
import type { PlainShop } from "../../plain-order.ts";
import { CellMemory } from "../../reading/cell-memory.ts";
import type { CutRow } from "../../reading/cut-row.ts";
import type { Telling } from "../../tell.ts";
import type { Cells } from "../cells.ts";
import type { OrderReport } from "../order-layout.ts";
import { type StatusWords, statusWords } from "../order-status.ts";
import type { Said } from "./said.ts";

/** What thousands of orders have in common: their shop, and how far they are. */
export interface Head {
  readonly shop: PlainShop;
  /** "" where nothing is an account's name. */
  readonly members: string;
  /** It as it is hashed. */
  readonly beforeMember: Uint8Array;
  readonly words: StatusWords;
  readonly telling: Telling | null;
}

const ofHead = ["shop", "status", "stages"];
const mostHeads = 4_096;

/** Reads them; each is read once, and known again by its cells. */
export class PlainHeads {
  readonly #report: OrderReport;
  readonly #said: Said;
  readonly #cells: Cells;
  readonly #known: CellMemory<Head | null>;

  constructor(report: OrderReport, from: Said, cells: Cells) {
    this.#report = report;
    this.#said = from;
    this.#cells = cells;
    this.#known = new CellMemory(from.places(ofHead), mostHeads);
  }

  /** null: something stands out in it. */
  of(row: CutRow): Head | null {
    const known = this.#known.find(row);
    return known === undefined ? this.#known.keep(row, this.#read(row)) : known;
  }

  #read(cut: CutRow): Head | null {
    const report = this.#report;
    const row = this.#said.row(cut, ofHead);
    const read = this.#cells.recorded(() => statusWords(report, this.#cells, row));
    if (read.marks.length > 0) return null;
    const shop = this.#cells.raw(row, "shop");
    const platform = typeof report.platform === "string" ? report.platform : report.platform(row);
    const json = `${said("shop", shop)},"platform":${JSON.stringify(platform)}`;
    const members = typeof report.member === "function" ? report.member(row) : report.member;
    return {
      ...{ words: read.value, telling: read.telling, members: members ?? "" },
      beforeMember: Buffer.from(`\n${members ?? ""}:`),
      shop: {
        keyPrefix: Buffer.from(kinds.order.keyPrefix({ platform, shop })),
        namespace: kinds.order.namespaceOf(platform),
        fields: Buffer.from(`"${json},"status":"`),
        sale: Buffer.from(`"${json},"currency":"CNY","total":`),
        name: said("shop", shop),
      },
    };
  }
}

const said = (name: string, value: string): string =>
  value === "" ? "" : `,"${name}":${JSON.stringify(value)}`;
