import type { OrderStatus } from "@stork/contract/records.ts";
import { isRefusedRecord } from "../../records/kind.ts";
import { kinds } from "../../records/kinds.ts";
import type { StatedRecord } from "../../records/record.ts";
import type { RecordKind, Row, RowContext } from "../preset.ts";
import type { RefusedRow } from "../refused-rows.ts";
import { type Cells, cellsFor } from "./cells.ts";
import { goodsOf } from "./order-goods.ts";
import type { OrderReport } from "./order-layout.ts";
import { nearDuplicates, seen, testMarks } from "./order-oddities.ts";
import { type OrderMoney, refundDone, statusOf, statusWords } from "./order-status.ts";
import { PlainOrders } from "./plain/plain-orders.ts";
import { refusalOf } from "./refusal-of.ts";

/** What is read of every line of an order; of a line said twice the later copy's amounts count. */
const ofEach = [
  ...["line", "sku", "product", "variant", "title", "category", "quantity", "refundStatus"],
  ...["price", "linePaid", "lineRefund", "amount", "freight", "discount", "refund"].flatMap((id) => [
    id,
    `${id}Fen`,
  ]),
];

export function orderReport(report: OrderReport): RecordKind {
  const cells = cellsFor(report.targets);
  return {
    id: report.id,
    label: report.label,
    record: "order",
    among: nearDuplicates,
    targets: report.targets,
    together: ["shop", "order"],
    ofEach,
    read: (rows, context) => readOrder(report, cells(context), rows, context),
    plain: (places, context) => PlainOrders.of(report, places, context),
    repeats: false,
    personsAs: report.part === undefined ? "buyers" : null,
  };
}

function readOrder(
  report: OrderReport,
  cells: Cells,
  rows: readonly Row[],
  context: RowContext,
): StatedRecord | { refused: RefusedRow } {
  const [first = {}] = rows;
  const order = cells.raw(first, "order");
  if (order === "") return { refused: "no-order-id" };
  // A header repeated further down, or a number that a program lost.
  if (!/\d/.test(order) || /[\uFFFD?]/.test(order)) return { refused: "no-order-id" };
  const distinct = withoutCopies(rows);
  const items = goodsOf(report, cells, distinct, context);
  if (items === null) return { refused: "quantity-unreadable" };
  const money = moneyOf(report, cells, distinct);
  const times = timesOf(cells, first);
  const status = statusOf(statusWords(report, cells, first), times, money);
  if (report.needsPayment && times.paidAt === undefined)
    return { refused: status === "placed" || status === "cancelled" ? "not-paid" : "day-unreadable" };
  const platform = typeof report.platform === "string" ? report.platform : report.platform(first);
  const buyer = buyerOf(cells, first);
  const marks = new Set(cells.marks);
  for (const { marks: own } of items ?? []) if (own.length > 0) for (const mark of own) marks.add(mark);
  const note = cells.raw(first, "note");
  // What titles say of tests is known with the goods; without goods and remark only the amount can.
  const texts = items === undefined || items.some(({ isTest }) => isTest) ? titlesOf(distinct) : [];
  for (const mark of testMarks(order, note === "" ? texts : [note, ...texts], money.amountFen ?? 0))
    marks.add(mark);
  const identifiers = identifiersOf(report, cells, first);
  const stated = kinds.order.state(
    {
      ...{ order, platform, status, ...times },
      shop: cells.raw(first, "shop"),
      ...amounts(money, status),
      identifiers,
      buyer,
      lines: items?.map(({ line }) => line),
    },
    { zone: context.zone, now: context.now, marks: [...marks], part: report.part ?? "" },
  );
  if (isRefusedRecord(stated)) return refusalOf(stated);
  if (report.part !== undefined) return stated;
  return seen(stated, items?.map(({ basket }) => basket) ?? titlesOf(distinct), money);
}

/** A row that stands twice in a file is one: the same line number, or word for word the same where lines have none. */
function withoutCopies(rows: readonly Row[]): readonly Row[] {
  if (rows.length === 1 || (rows.length <= fewRows && areOthers(rows))) return rows;
  const seen = new Map<string, Row>();
  for (const row of rows)
    seen.set(
      row["line"] ||
        `${row["sku"] ?? ""} ${row["product"] ?? ""} ${row["variant"] ?? ""} ${row["title"] ?? ""}`,
      row,
    );
  return [...seen.values()];
}

/** So few are compared each with each. */
const fewRows = 8;

function areOthers(rows: readonly Row[]): boolean {
  for (let i = 1; i < rows.length; i += 1)
    for (let j = 0; j < i; j += 1) if (isCopy(rows[i] as Row, rows[j] as Row)) return false;
  return true;
}

function isCopy(row: Row, other: Row): boolean {
  const [line = "", others = ""] = [row["line"], other["line"]];
  if (line !== "" || others !== "") return line === others;
  return (
    row["sku"] === other["sku"] &&
    row["product"] === other["product"] &&
    row["variant"] === other["variant"] &&
    row["title"] === other["title"]
  );
}

const titlesOf = (rows: readonly Row[]): string[] => rows.map((row) => row["title"] ?? "");

function moneyOf({ amounts: whose, part }: OrderReport, cells: Cells, rows: readonly Row[]): OrderMoney {
  const [first = {}] = rows;
  const sum = (id: string): number | undefined => {
    let total: number | undefined;
    for (const row of rows) {
      const fen = cells.fen(row, id);
      if (fen !== undefined) total = (total ?? 0) + fen;
    }
    return total;
  };
  const of = (id: string): number | undefined => (whose === "line" ? sum(id) : cells.fen(first, id));
  // What lines were paid is not what the order was: freight and the order's own discount are not in them.
  const amountFen = part === "lines" ? undefined : of("amount");
  return {
    amountFen,
    freightFen: of("freight"),
    discountFen: of("discount"),
    refundFen: cells.fen(first, "refund") ?? sum("lineRefund") ?? 0,
    isRefunded: rows.some(({ refundStatus = "" }) => refundStatus !== "" && refundDone.test(refundStatus)),
  };
}

function amounts({ amountFen, freightFen, discountFen, refundFen }: OrderMoney, status: OrderStatus) {
  const yuan = (fen: number | undefined) => (fen === undefined ? undefined : fen / 100);
  return {
    amount: status === "deposit-paid" || status === "placed" ? undefined : yuan(amountFen),
    deposit: status === "deposit-paid" ? yuan(amountFen) : undefined,
    freight: yuan(freightFen),
    discount: yuan(discountFen),
    refunds: refundFen > 0 ? [{ amount: refundFen / 100 }] : undefined,
  };
}

function timesOf(cells: Cells, row: Row) {
  return {
    placedAt: cells.instant(row, "placedAt"),
    paidAt: cells.instant(row, "paidAt"),
    shippedAt: cells.instant(row, "shippedAt"),
    completedAt: cells.instant(row, "completedAt"),
    cancelledAt: cells.instant(row, "cancelledAt"),
  };
}

function identifiersOf({ member }: OrderReport, cells: Cells, row: Row) {
  const found = [];
  const name = cells.raw(row, "member");
  const namespace = typeof member === "function" ? member(row) : member;
  if (namespace !== null && name !== "" && !/[*\uFFFD]/.test(name)) found.push({ namespace, value: name });
  for (const id of ["phone", "buyerPhone"]) {
    const phone = cells.phone(row, id);
    if (phone !== undefined && !phone.includes("*") && !found.some(({ value }) => value === phone))
      found.push({ namespace: "phone", value: phone });
  }
  const open = cells.raw(row, "openid");
  if (open !== "") found.push({ namespace: "openid:wechat", value: open });
  return found;
}

/** House and door stay in the vault with the address as written. */
const buyerOf = (cells: Cells, row: Row): Record<string, unknown> => ({
  name: cells.name(row, "name"),
  ...cells.place(row),
});
