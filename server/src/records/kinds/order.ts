import type { RecordInput } from "@stork/contract/records.ts";
import { categoryOfName } from "../../catalog/category-of-name.ts";
import type { Mark } from "../../cleaning/marks.ts";
import { highQuantity } from "../../events/order.ts";
import { Canon, freeText, iso, some, stating } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import {
  lineOf,
  type OrderFields,
  orderText,
  propertiesText,
  type ReadLine,
  type Refund,
  refundText,
} from "../order-text.ts";
import type { Fields, RecordEvent, StatedRecord } from "../record.ts";
import { personSaid } from "../said.ts";

type Input = RecordInput<"order">;

type OrderItem = NonNullable<Input["items"]>[number];

/** What a preset may add to what the API takes; its lines in place of the items, when they are read already. */
export type OrderInput = Input & {
  properties?: Readonly<Record<string, unknown>>;
  lines?: readonly ReadLine[] | undefined;
};

function state(input: OrderInput, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const paidAt = canon.time(input.paidAt, "paidAt");
    const placedAt = canon.time(input.placedAt, "placedAt");
    const lines = input.lines ?? input.items?.map((item, i) => readLine(item, canon, i));
    const fields: OrderFields = {
      order: input.order,
      shop: some(input.shop),
      platform: input.platform,
      status: input.status,
      placedAt: iso(placedAt),
      paidAt: iso(paidAt),
      shippedAt: iso(canon.time(input.shippedAt, "shippedAt")),
      completedAt: iso(canon.time(input.completedAt, "completedAt")),
      cancelledAt: iso(canon.time(input.cancelledAt, "cancelledAt")),
      amountFen: canon.money(input.amount, "amount"),
      freightFen: canon.money(input.freight, "freight"),
      discountFen: canon.money(input.discount, "discount"),
      depositFen: canon.money(input.deposit, "deposit"),
      currency: input.currency,
      coupon: freeText(input.coupon),
      items: lines?.map(({ line }) => line),
      refunds: input.refunds?.map((refund, i) => ({
        id: some(refund.id),
        at: iso(canon.time(refund.at, `refunds[${i}].at`)),
        amountFen: canon.money(refund.amount, `refunds[${i}].amount`) ?? 0,
        reason: freeText(refund.reason),
      })),
      isTest: input.isTest === true ? true : undefined,
      properties: input.properties,
    };
    markOrder(fields, canon.marks);
    const platform = input.platform ?? input.shop;
    const at = paidAt ?? placedAt ?? null;
    return {
      kind: "order",
      key: context.key ?? keyOf(input),
      part: context.part ?? "",
      changedAt: canon.time(input.changedAt, "changedAt") ?? null,
      at,
      identifiers: input.identifiers,
      otherwise: { namespace: namespaceOf(platform), value: input.order },
      fields: orderText(fields, lines),
      said: personSaid(input.buyer),
      marks: [...canon.marks],
      told: tell(fields, lines ?? []),
    };
  });
}

/** These number the orders of all their shops together, so that a report that names no shop is joined all the same. */
const numbering: ReadonlySet<string> = new Set(["tmall", "jd", "pinduoduo", "douyin", "youzan", "wechat"]);

const keyOf = ({ platform = "", shop, order }: OrderInput): string =>
  numbering.has(platform) ? `${platform} ${order}` : `${shop} ${order}`.trim();

const keyPrefix = (of: Pick<OrderInput, "platform" | "shop">): string => {
  const sample = "0";
  return keyOf({ ...of, order: sample } as OrderInput).slice(0, -sample.length);
};

/** A namespace takes letters, digits and few signs. */
const nameOf = (shop: string): string => shop.replace(/[^\p{L}\p{N}_.-]/gu, "").slice(0, 60) || "shop";
const namespaceOf = (platform: string): string => `order:${nameOf(platform)}`;

/** A line in its canonical form, from what the API takes. */
function readLine(item: OrderItem, canon: Canon, i: number): ReadLine {
  const quantity = Math.round(item.quantity);
  const amountFen =
    canon.money(item.amount, `items[${i}].amount`) ??
    (canon.money(item.price, `items[${i}].price`) ?? 0) * quantity;
  return lineOf({
    itemId: some(item.line),
    sku: item.sku === "" ? (item.product ?? "") : item.sku,
    product: some(item.product),
    name: freeText(item.name),
    variant: freeText(item.variant),
    category: some(item.category) ?? categoryOfName(item.name ?? ""),
    quantity,
    amountFen,
    isGift: item.isGift === true ? true : undefined,
  });
}

/** The same for whoever keeps what thousands of orders say alike. Its amounts are numbers, which are always read. */
const readLineOf = (item: OrderItem): ReadLine => readLine(item, new Canon({ zone: "UTC", now: 0 }), 0);

const renminbi = /^(cny|rmb|¥|￥|元|人民币)$/i;

function markOrder({ items = [], amountFen, currency }: OrderFields, marks: Set<Mark>): void {
  if ((amountFen ?? 0) < 0) marks.add("amount-negative");
  if (items.some(({ quantity }) => quantity <= 0)) marks.add("quantity-negative");
  if (items.reduce((sum, { quantity }) => sum + quantity, 0) >= highQuantity) marks.add("quantity-high");
  if (currency !== undefined && currency !== "" && !renminbi.test(currency)) marks.add("currency-other");
}

const sold: ReadonlySet<string> = new Set(["paid", "shipped", "completed", "refunded"]);

/** Paid is sold; what is only placed, or has its deposit paid, is no sale yet. A refund follows its sale. */
function tell(order: OrderFields, lines: readonly ReadLine[]): RecordEvent[] {
  const at = Date.parse(order.paidAt ?? order.placedAt ?? order.shippedAt ?? order.completedAt ?? "");
  const amountFen = order.amountFen ?? lines.reduce((sum, { line }) => sum + line.amountFen, 0);
  const sale: RecordEvent = {
    ...{ name: "Order Completed", which: "", at, orderId: order.order, amountFen },
    quantity: lines.reduce((sum, { line }) => sum + line.quantity, 0),
    items: lines.map(({ item }) => item),
    properties: "",
  };
  const events: RecordEvent[] = [];
  const wasSold = sold.has(order.status) || (order.status === "cancelled" && order.paidAt !== undefined);
  if (wasSold) events.push({ ...sale, properties: propertiesText(order, amountFen, lines) });
  if (order.status === "cancelled") {
    const cancelledAt = Date.parse(order.cancelledAt ?? "");
    events.push({
      ...sale,
      name: "Order Cancelled",
      at: Number.isNaN(cancelledAt) ? at : cancelledAt,
      properties: propertiesText(order, amountFen, lines),
    });
  }
  if (wasSold) events.push(...refundsOf(order, sale));
  return events;
}

function tells(stated: Fields): RecordEvent[] {
  const order = stated as unknown as OrderFields;
  return tell(order, (order.items ?? []).map(lineOf));
}

/** An order that is said to be refunded without saying how much was refunded wholly. */
function refundsOf(order: OrderFields, sale: RecordEvent): RecordEvent[] {
  const stated = order.refunds ?? [];
  const all: readonly Refund[] =
    stated.length === 0 && order.status === "refunded" ? [{ amountFen: sale.amountFen }] : stated;
  return all.map((refund, i) => {
    const at = Date.parse(refund.at ?? "");
    return {
      ...sale,
      name: "Order Refunded",
      which: refund.id ?? (i === 0 ? "" : String(i)),
      at: Number.isNaN(at) ? sale.at : at,
      amountFen: refund.amountFen,
      properties: refundText(order, refund),
    };
  });
}

export const order: Kind<"order"> & {
  state(input: OrderInput, context: StateContext): ReturnType<typeof state>;
  /** What stands before an order's number in its key, without blanks at its ends. */
  keyPrefix(of: Pick<OrderInput, "platform" | "shop">): string;
  /** The namespace under which an order is kept whose buyer nobody can name. */
  namespaceOf(platform: string): string;
  /** One line as the order's text has it, for reports whose lines are alike over and over. */
  readLine(item: OrderItem): ReadLine;
} = {
  id: "order",
  label: { zh: "订单", en: "Orders" },
  keyed: { zh: "店铺和订单编号", en: "Shop and order number" },
  events: ["Order Completed", "Order Refunded", "Order Cancelled"],
  needsSomebody: false,
  personalKey: false,
  checksAge: true,
  state,
  tells,
  readLine: readLineOf,
  keyPrefix,
  namespaceOf,
};
