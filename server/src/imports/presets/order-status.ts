import type { OrderStatus } from "@stork/contract/records.ts";
import type { Row, Target } from "../preset.ts";
import type { Cells } from "./cells.ts";

/** What is particular to a platform's report of orders; the rest is read alike by the targets' ids. */
export interface OrderReport {
  id: string;
  label: { zh: string; en: string };
  /** tmall, jd …: the orders' platform, and the namespace of its members. */
  platform: string | ((row: Row) => string);
  /** Where `member` names an account: member:tmall. null: nothing in the report is an account's name. */
  member: string | null | ((row: Row) => string);
  /** Which part of an order the report states; "lines" for one that is joined to another report by the order's number. */
  part?: "lines";
  /** Whether a row's `amount` is the whole order's or its own line's. */
  amounts: "order" | "line";
  targets: readonly Target[];
  /** Words of its status that the general list reads otherwise, or not at all. */
  statuses?: Readonly<Record<string, OrderStatus | "closed">>;
  /** Where a price and a number of pieces are all that is said of an order's amount. */
  needsPayment?: boolean;
}

/** Fen of an order as a report states them. */
export interface OrderMoney {
  amountFen: number | undefined;
  freightFen: number | undefined;
  discountFen: number | undefined;
  refundFen: number;
  isRefunded: boolean;
}

export const refundDone = /退款成功|退款完成|全额退款|退货退款成功|已退款|refunded/i;

const read: Readonly<Record<string, OrderStatus | "closed">> = {
  unpaid: "placed",
  paid: "paid",
  shipped: "shipped",
  completed: "completed",
  cancelled: "closed",
  refunding: "paid",
  refunded: "refunded",
};
const depositOnly = /定金/;
const balanceUnpaid = /阶段2[:：]?\s*(?:买家)?(?:未付|等待|待付)|待付尾款|尾款未付/;

/** What an order's words say of how far it is, whatever its times and amounts say. */
export interface StatusWords {
  readonly known: OrderStatus | "closed" | undefined;
  /** Whether anything is said at all. */
  readonly isSaid: boolean;
  readonly isDeposit: boolean;
}

export function statusWords({ statuses = {} }: OrderReport, cells: Cells, row: Row): StatusWords {
  const written = cells.raw(row, "status");
  const word = cells.word(row, "status");
  const known = statuses[written] ?? (word === undefined ? undefined : read[word]);
  const stages = `${cells.raw(row, "stages")}${written}`;
  const isDeposit = depositOnly.test(stages) && (balanceUnpaid.test(stages) || written.includes("已付定金"));
  return { known, isSaid: written !== "", isDeposit };
}

/** Closed is two things: never paid, or paid and given back. */
export function statusOf(
  { known, isSaid, isDeposit }: StatusWords,
  times: { paidAt?: number | undefined; completedAt?: number | undefined },
  { refundFen, amountFen, isRefunded }: OrderMoney,
): OrderStatus {
  if (isDeposit) return known === "closed" ? "cancelled" : "deposit-paid";
  const isWhole = refundFen > 0 && amountFen !== undefined && refundFen >= amountFen;
  if (known === "closed")
    return isWhole || isRefunded || (times.paidAt !== undefined && refundFen === 0)
      ? "refunded"
      : "cancelled";
  if (known !== undefined) return known;
  if (times.completedAt !== undefined) return "completed";
  return times.paidAt === undefined && isSaid ? "placed" : "paid";
}
