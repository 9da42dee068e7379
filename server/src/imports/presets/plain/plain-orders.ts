import type { OrderStatus } from "@stork/contract/records.ts";
import type { Mark } from "../../../cleaning/marks.ts";
import { highQuantity } from "../../../events/order.ts";
import type { PlainMoney, PlainOrder, PlainTimes } from "../../plain-order.ts";
import type { PlainReader, RowContext } from "../../preset.ts";
import { Bytes } from "../../reading/bytes.ts";
import { CutRow } from "../../reading/cut-row.ts";
import type { FileRow } from "../../reading/row.ts";
import { Cells } from "../cells.ts";
import type { OrderReport } from "../order-layout.ts";
import { addNumber, testMarks } from "../order-oddities.ts";
import { statusOf } from "../order-status.ts";
import { type Column, PlainCells } from "./plain-cells.ts";
import { type PlainGoods, PlainGoodsReader } from "./plain-goods.ts";
import { type Head, PlainHeads } from "./plain-heads.ts";
import { besideOf, PlainIdentifiers } from "./plain-identifiers.ts";
import { isPlainText, Span } from "./quick-cells.ts";
import { Said } from "./said.ts";

/** What nearly all orders say nothing under; one that does is read the long way. */
const remarks = ["cancelledAt", "refund", "refundFen", "openid"];
/** Only an order of less may be one that somebody tried something out by. */
const suspectFen = 1_000;
/** An order of more lines is read the long way. */
const mostLines = 8;
const plainly: ReadonlySet<OrderStatus> = new Set(["paid", "shipped", "completed", "refunded"]);
const none: readonly Mark[] = [];

/** Whether orders of a report can be plain at all: it states whole orders with their goods. */
const hasPlainOnes = ({ part, targets }: OrderReport): boolean => {
  const has = (target: string): boolean => targets.some(({ id }) => id === target);
  return part === undefined && has("quantity") && (has("sku") || has("product") || has("title"));
};

/**
 * Reads orders that nothing stands out in, which nearly all are, straight from where they stand in the file: the shop, the
 * articles and the places are known again by their cells, numbers and times are read where they are, and no object is made
 * of a row. What it reads is to the letter what `readOrder` (order-report.ts) reads, which whatever is odd is left to:
 * plain-orders.test.ts holds both against each other.
 */
export class PlainOrders implements PlainReader {
  readonly #report: OrderReport;
  readonly #context: RowContext;
  readonly #cells: PlainCells;
  readonly #goods: PlainGoodsReader;
  readonly #heads: PlainHeads;
  readonly #first: CutRow;
  readonly #other: CutRow;
  readonly #span = new Span();
  readonly #order = new Bytes();
  readonly #name = new Bytes();
  readonly #identifiers: PlainIdentifiers;
  readonly #at: { readonly order: number | undefined; readonly line: number | undefined };
  readonly #note: number | undefined;
  readonly #remarks: readonly number[];
  readonly #money: { readonly amount: Column; readonly freight: Column; readonly discount: Column };
  readonly #times: Readonly<Record<keyof PlainTimes, Column>>;

  /** null: a report of another kind. */
  static of(
    report: OrderReport,
    places: readonly (readonly [string, number])[],
    context: RowContext,
  ): PlainOrders | null {
    const isCounted = context.tell === undefined || context.countsOnly === true;
    return hasPlainOnes(report) && isCounted ? new PlainOrders(report, places, context) : null;
  }

  private constructor(
    report: OrderReport,
    places: readonly (readonly [string, number])[],
    context: RowContext,
  ) {
    const said = new Said(places);
    // What is told waits until the order is found to be plain.
    const ofRows = new Cells(report.targets, { ...context, tell: () => undefined });
    this.#report = report;
    this.#context = context;
    this.#cells = new PlainCells(said, ofRows, context);
    this.#identifiers = new PlainIdentifiers(said, this.#cells);
    this.#goods = new PlainGoodsReader(said, ofRows, context);
    this.#heads = new PlainHeads(report, said, ofRows);
    this.#first = new CutRow(said.columns);
    this.#other = new CutRow(said.columns);
    this.#at = { order: said.place("order"), line: said.place("line") };
    this.#note = said.place("note");
    this.#remarks = said.places(remarks);
    const column = (target: string): Column => this.#cells.column(target);
    this.#money = { amount: column("amount"), freight: column("freight"), discount: column("discount") };
    this.#times = {
      ...{ placedAt: column("placedAt"), paidAt: column("paidAt") },
      ...{ shippedAt: column("shippedAt"), completedAt: column("completedAt") },
    };
  }

  read(rows: readonly FileRow[]): PlainOrder | null {
    if (rows.length > mostLines) return null;
    const first = this.#first;
    first.cut(rows[0] as FileRow);
    this.#cells.begin();
    this.#goods.begin();
    const head = this.#readOrder(first) ? this.#heads.of(first) : null;
    if (head === null || !this.#isUnremarked(first)) return null;
    this.#cells.tell(head.telling);
    const goods = this.#goodsOf(rows);
    if (goods === null) return null;
    const money = this.#moneyOf(rows);
    const times = this.#timesOf(first);
    if (money === null || times === null) return null;
    const found = this.#put({ head, money, times, lines: goods.lines, numbers: goods.numbers });
    const { tell } = this.#context;
    if (found !== null && tell !== undefined) for (const one of this.#cells.told) tell(one);
    return found;
  }

  #put({ head, money, times, lines, numbers }: Parts): PlainOrder | null {
    const cells = this.#cells;
    const first = this.#first;
    const order = this.#order;
    const { amountFen, freightFen, discountFen } = money;
    const at = times.paidAt ?? times.placedAt;
    const all = { amountFen, freightFen, discountFen, refundFen: 0, isRefunded: false };
    const status = statusOf(head.words, times, all);
    if (!plainly.has(status) || at === undefined) return null;
    if (this.#report.needsPayment === true && times.paidAt === undefined) return null;
    if (
      amountFen !== undefined &&
      amountFen < suspectFen &&
      testMarks(String(order), [], amountFen).length > 0
    )
      return null;
    let quantity = 0;
    let ofLines = 0;
    let items = 0;
    for (const line of lines) {
      quantity += line.item.quantity;
      ofLines += line.amountFen;
      items = addNumber(items, line.basket);
    }
    if (quantity >= highQuantity) return null;
    const identifiers = this.#identifiers.read(first, head);
    if (identifiers === null) return null;
    const ofName = cells.name(first, this.#name);
    const place = cells.place(first);
    const marks = ofName.length + place.marks.length === 0 ? none : [...new Set([...ofName, ...place.marks])];
    // Every field by its name: spread, each would be defined one by one.
    return {
      at,
      order,
      status,
      shop: head.shop,
      times,
      money,
      identifiers,
      marks,
      name: this.#name,
      place,
      lines,
      numbers,
      quantity,
      amountFen: amountFen ?? ofLines,
      beside: besideOf(identifiers, at, items, amountFen ?? 0),
    };
  }

  /** Whether its number is there, and plain. */
  #readOrder(row: CutRow): boolean {
    const at = this.#at.order;
    const span = this.#span;
    if (at === undefined || !span.of(row, at) || !isPlainText(row.text, span.from, span.to)) return false;
    let digits = 0;
    for (let i = span.from; i < span.to; i += 1) {
      const code = row.text.charCodeAt(i);
      if (code >= 48 && code <= 57) digits += 1;
      else if (code === 63 || code === 0xfffd) return false;
    }
    this.#order.clear();
    this.#order.chars(row.text, span.from, span.to);
    return digits > 0;
  }

  /** What a cell says, without anything that JSON writes otherwise; null: it is to be read the long way. */
  #plainText(row: CutRow, at: number | undefined): string | null {
    if (at === undefined) return "";
    const span = this.#span;
    if (!span.of(row, at) || !isPlainText(row.text, span.from, span.to)) return null;
    return row.text.slice(span.from, span.to);
  }

  /** What a note says of an order, and what was given back of it, is read the long way; nearly all say nothing. */
  #isUnremarked(row: CutRow): boolean {
    for (const at of this.#remarks) if (!row.isEmpty(at)) return false;
    const note = this.#note;
    return note === undefined || row.isEmpty(note) || testMarks("", [row.cell(note).trim()], 0).length === 0;
  }

  #goodsOf(rows: readonly FileRow[]): Pick<Parts, "lines" | "numbers"> | null {
    const goods: PlainGoods[] = [];
    const numbers: string[] = [];
    for (let i = 0; i < rows.length; i += 1) {
      const row = this.#cut(rows, i);
      const one = this.#goods.of(row);
      const number = this.#plainText(row, this.#at.line);
      if (one === null || number === null) return null;
      // A row that stands there twice.
      for (let k = 0; k < i; k += 1) {
        const isNumbered = number !== "" || numbers[k] !== "";
        if (isNumbered ? number === numbers[k] : goods[k]?.article === one.article) return null;
      }
      this.#cells.tell(one.telling);
      goods.push(one);
      numbers.push(number);
    }
    const numbered = numbers.filter((number) => number !== "").length;
    if (numbered > 0 && numbered < rows.length) return null;
    return { lines: goods, numbers: numbered === 0 ? null : numbers };
  }

  #cut(rows: readonly FileRow[], i: number): CutRow {
    if (i === 0) return this.#first;
    this.#other.cut(rows[i] as FileRow);
    return this.#other;
  }

  #moneyOf(rows: readonly FileRow[]): PlainMoney | null {
    const { amount, freight, discount } = this.#money;
    const amountFen = this.#sum(rows, amount);
    const freightFen = this.#sum(rows, freight);
    const discountFen = this.#sum(rows, discount);
    if (amountFen === null || freightFen === null || discountFen === null) return null;
    return (amountFen ?? 0) < 0 ? null : { amountFen, freightFen, discountFen };
  }

  #sum(rows: readonly FileRow[], column: Column): number | undefined | null {
    if (this.#report.amounts === "order" || rows.length === 1) return this.#cells.fen(this.#first, column);
    let sum: number | undefined;
    for (let i = 0; i < rows.length; i += 1) {
      const fen = this.#cells.fen(this.#cut(rows, i), column);
      if (fen === null) return null;
      if (fen !== undefined) sum = (sum ?? 0) + fen;
    }
    return sum;
  }

  #timesOf(row: CutRow): PlainTimes | null {
    const times = this.#times;
    const placedAt = this.#cells.instant(row, times.placedAt);
    const paidAt = this.#cells.instant(row, times.paidAt);
    const shippedAt = this.#cells.instant(row, times.shippedAt);
    const completedAt = this.#cells.instant(row, times.completedAt);
    if (placedAt === null || paidAt === null || shippedAt === null || completedAt === null) return null;
    return { placedAt, paidAt, shippedAt, completedAt };
  }
}

interface Parts {
  readonly head: Head;
  readonly money: PlainMoney;
  readonly times: PlainTimes;
  readonly lines: readonly PlainGoods[];
  readonly numbers: readonly string[] | null;
}
