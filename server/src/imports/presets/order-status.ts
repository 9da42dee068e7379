import type { OrderStatus } from "@stork/contract/records.ts";
import type { Row } from "../preset.ts";
import type { Cells } from "./cells.ts";
import type { OrderReport } from "./order-layout.ts";

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
