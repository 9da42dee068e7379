import type { Address } from "../divisions.ts";

/** Where an order was made: six online shops on as many platforms, and the brand's own tills. */
export const platformIds = ["tmall", "jd", "pinduoduo", "douyin", "youzan", "wechat", "pos"] as const;
export type PlatformId = (typeof platformIds)[number];

export type OrderStatus =
  | "placed"
  | "deposit-paid"
  | "paid"
  | "shipped"
  | "completed"
  | "cancelled"
  | "refunded";

export type OrderMark = "test" | "brush" | "wholesale" | "presale";

export type OrderItem = {
  /** The number of the line within the platform. */
  readonly line: string;
  readonly sku: string;
  readonly productId: string;
  readonly title: string;
  readonly variant: string;
  readonly category: string;
  readonly quantity: number;
  readonly priceFen: number;
  /** The line's share of what was paid, freight left out. */
  readonly paidFen: number;
};

/** How the phone on an order came there. */
export type PhoneUse = "own" | "old" | "family" | "typo" | "store" | "courier" | "staff" | "brusher";

export type Buyer = {
  /** Keys of the truth; null where nobody of the town bought. */
  readonly person: string | null;
  readonly family: string | null;
  /** What the platform calls the account, where its export says so. */
  readonly member: string | null;
  readonly name: string;
  readonly phone: string;
  readonly phoneUse: PhoneUse;
  readonly shows: "whole" | "masked" | "nothing";
  readonly address: Address;
};

/** An order as it truly went, with the moment of each step; null where it did not come to that. */
export type ShopOrder = {
  readonly platform: PlatformId;
  readonly id: string;
  readonly placedAt: number;
  readonly depositAt: number | null;
  readonly paidAt: number | null;
  readonly shippedAt: number | null;
  readonly completedAt: number | null;
  readonly cancelledAt: number | null;
  readonly refundedAt: number | null;
  readonly items: readonly OrderItem[];
  readonly freightFen: number;
  readonly discountFen: number;
  readonly depositFen: number;
  /** What the buyer paid in the end, freight included. */
  readonly amountFen: number;
  readonly refundFen: number;
  /** A difference paid back to the buyer afterwards (价保), and when: the order's amount is corrected late. */
  readonly correction: { readonly at: number; readonly fen: number } | null;
  readonly buyer: Buyer;
  readonly marks: readonly OrderMark[];
  readonly note: string;
};

const passed = (step: number | null, at: number): boolean => step !== null && step <= at;

export function statusAt(order: ShopOrder, at: number): OrderStatus {
  const full = order.refundFen >= order.amountFen;
  if (passed(order.refundedAt, at) && full) return "refunded";
  if (passed(order.cancelledAt, at)) return "cancelled";
  if (passed(order.completedAt, at)) return "completed";
  if (passed(order.shippedAt, at)) return "shipped";
  if (passed(order.paidAt, at)) return "paid";
  return passed(order.depositAt, at) ? "deposit-paid" : "placed";
}

/** What has been paid by then: nothing, the deposit, or all of it less what was corrected. */
export function paidFenAt(order: ShopOrder, at: number): number {
  if (!passed(order.paidAt, at)) return passed(order.depositAt, at) ? order.depositFen : 0;
  const { correction } = order;
  return order.amountFen - (correction && passed(correction.at, at) ? correction.fen : 0);
}

export const refundFenAt = (order: ShopOrder, at: number): number =>
  passed(order.refundedAt, at) ? order.refundFen : 0;

export const stepAt = (step: number | null, at: number): number | null => (passed(step, at) ? step : null);
