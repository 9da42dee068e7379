import { numberOf } from "../../number-of.ts";
import type { PlainLine } from "../../plain-order.ts";
import type { RowContext } from "../../preset.ts";
import { CellMemory } from "../../reading/cell-memory.ts";
import type { CutRow } from "../../reading/cut-row.ts";
import { ownBytes } from "../../reading/own-bytes.ts";
import type { Telling } from "../../tell.ts";
import type { Cells } from "../cells.ts";
import { goodsIn } from "../order-goods.ts";
import { refundDone } from "../order-status.ts";
import type { Said } from "./said.ts";

/** A line, and what it is compared by. */
export interface PlainGoods extends PlainLine {
  /** What a basket is compared by. */
  readonly basket: number;
  /** Equal for rows that name the same article: in one order they are copies of each other. */
  readonly article: number;
  readonly telling: Telling | null;
}

/** What a line is read from, and what it says of a refund; its number is read apart. */
const said = [
  ..."sku product title variant category quantity price priceFen linePaid linePaidFen".split(" "),
  ..."refundStatus lineRefund lineRefundFen".split(" "),
];
const article = ["sku", "product", "variant", "title"];
const mostGoods = 32_768;
const mostArticles = 50_000;

/** The articles of a file's orders: of each its cells are read once, and after that only known again. */
export class PlainGoodsReader {
  readonly #said: Said;
  readonly #cells: Cells;
  readonly #context: RowContext;
  readonly #columns: readonly number[];
  #known: CellMemory<PlainGoods | null>;
  readonly #articles = new Map<string, number>();

  constructor(from: Said, cells: Cells, context: RowContext) {
    this.#said = from;
    this.#cells = cells;
    this.#context = context;
    this.#columns = from.places(said);
    this.#known = new CellMemory(this.#columns, mostGoods);
  }

  /** Before the lines of an order, which are compared by their articles' numbers: those are given anew only here. */
  begin(): void {
    if (this.#articles.size < mostArticles) return;
    this.#articles.clear();
    this.#known = new CellMemory(this.#columns, mostGoods);
  }

  /** null: something stands out in it. */
  of(row: CutRow): PlainGoods | null {
    const known = this.#known.find(row);
    if (known !== undefined) return known;
    return this.#known.keep(row, this.#read(row));
  }

  #read(cut: CutRow): PlainGoods | null {
    const row = this.#said.row(cut, said);
    if ((row["refundStatus"] ?? "") !== "" && refundDone.test(row["refundStatus"] as string)) return null;
    if ((row["lineRefund"] ?? "") !== "" || (row["lineRefundFen"] ?? "") !== "") return null;
    const { value, marks, telling } = this.#cells.recorded(() => goodsIn(this.#cells, row, this.#context));
    if (value === null || value.isTest || marks.length > 0 || value.marks.length > 0) return null;
    const { line, item, text, product } = value.line;
    if (line.quantity <= 0) return null;
    return {
      text: ownBytes(text),
      product: ownBytes(product),
      sku: ownBytes(item.sku),
      item: { category: item.category, quantity: item.quantity, amountFen: item.amountFen },
      amountFen: line.amountFen,
      basket: numberOf(value.basket),
      article: this.#articleOf(article.map((id) => row[id] ?? "")),
      telling,
    };
  }

  #articleOf(cells: readonly string[]): number {
    const key = JSON.stringify(cells);
    let number = this.#articles.get(key);
    if (number !== undefined) return number;
    number = this.#articles.size;
    this.#articles.set(key, number);
    return number;
  }
}
