import type { RecordInput } from "@stork/contract/records.ts";
import { categoryOfName } from "../../catalog/category-of-name.ts";
import type { Mark } from "../../cleaning/marks.ts";
import type { Item } from "../../events/event.ts";
import { highQuantity } from "../../events/order.ts";
import { Canon, freeText, iso, some, stating } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { Fields, RecordEvent, StatedRecord } from "../record.ts";
import { personSaid } from "../said.ts";

type Input = RecordInput<"order">;

interface OrderLine {
  readonly itemId?: string | undefined;
  readonly sku: string;
  readonly product?: string | undefined;
  readonly name?: string | undefined;
  readonly variant?: string | undefined;
  readonly category?: string | undefined;
  readonly quantity: number;
  readonly amountFen: number;
  readonly isGift?: true | undefined;
}

interface Refund {
  readonly id?: string | undefined;
  readonly at?: string | undefined;
  readonly amountFen: number;
  readonly reason?: string | undefined;
}

/** What an order's canonical fields are; a part (a report of lines) has some of them. */
interface OrderFields {
  readonly order: string;
  readonly shop?: string | undefined;
  readonly platform?: string | undefined;
  readonly status: Input["status"];
  readonly placedAt?: string | undefined;
  readonly paidAt?: string | undefined;
  readonly shippedAt?: string | undefined;
  readonly completedAt?: string | undefined;
  readonly cancelledAt?: string | undefined;
  readonly amountFen?: number | undefined;
  readonly freightFen?: number | undefined;
  readonly discountFen?: number | undefined;
  readonly depositFen?: number | undefined;
  readonly currency?: string | undefined;
  readonly coupon?: string | undefined;
  readonly items?: readonly OrderLine[] | undefined;
  readonly refunds?: readonly Refund[] | undefined;
  readonly isTest?: true | undefined;
  /** A source's own columns, told with the event under their own names. */
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
}

/** What a preset may add to what the API takes. */
export type OrderInput = Input & { properties?: Readonly<Record<string, unknown>> };

function state(input: OrderInput, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const paidAt = canon.time(input.paidAt, "paidAt");
    const placedAt = canon.time(input.placedAt, "placedAt");
    const items = input.items?.map((item, i) => line(item, i, canon));
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
      items,
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
      otherwise: { namespace: `order:${nameOf(platform)}`, value: input.order },
      fields: JSON.stringify(fields),
      said: personSaid(input.buyer),
      marks: [...canon.marks],
    };
  });
}

/** These number the orders of all their shops together, so that a report that names no shop is joined all the same. */
const numbering: ReadonlySet<string> = new Set(["tmall", "jd", "pinduoduo", "douyin", "youzan", "wechat"]);

const keyOf = ({ platform = "", shop, order }: OrderInput): string =>
  numbering.has(platform) ? `${platform} ${order}` : `${shop} ${order}`.trim();

/** A namespace takes letters, digits and few signs. */
const nameOf = (shop: string): string => shop.replace(/[^\p{L}\p{N}_.-]/gu, "").slice(0, 60) || "shop";

function line(item: NonNullable<Input["items"]>[number], i: number, canon: Canon): OrderLine {
  const quantity = Math.round(item.quantity);
  const amountFen =
    canon.money(item.amount, `items[${i}].amount`) ??
    (canon.money(item.price, `items[${i}].price`) ?? 0) * quantity;
  return {
    itemId: some(item.line),
    sku: item.sku === "" ? (item.product ?? "") : item.sku,
    product: some(item.product),
    name: freeText(item.name),
    variant: freeText(item.variant),
    category: some(item.category) ?? categoryOfName(item.name ?? ""),
    quantity,
    amountFen,
    isGift: item.isGift === true ? true : undefined,
  };
}

const renminbi = /^(cny|rmb|¥|￥|元|人民币)$/i;

function markOrder({ items = [], amountFen, currency }: OrderFields, marks: Set<Mark>): void {
  if ((amountFen ?? 0) < 0) marks.add("amount-negative");
  if (items.some(({ quantity }) => quantity <= 0)) marks.add("quantity-negative");
  if (items.reduce((sum, { quantity }) => sum + quantity, 0) >= highQuantity) marks.add("quantity-high");
  if (currency !== undefined && currency !== "" && !renminbi.test(currency)) marks.add("currency-other");
}

const sold: ReadonlySet<string> = new Set(["paid", "shipped", "completed", "refunded"]);

/** Paid is sold; what is only placed, or has its deposit paid, is no sale yet. A refund follows its sale. */
function tells(stated: Fields): RecordEvent[] {
  const order = stated as unknown as OrderFields;
  const at = Date.parse(order.paidAt ?? order.placedAt ?? order.shippedAt ?? order.completedAt ?? "");
  const lines = order.items ?? [];
  const amountFen = order.amountFen ?? lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  const sale: RecordEvent = {
    ...{ name: "Order Completed", which: "", at, orderId: order.order, amountFen },
    quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    items: lines.map(itemOf),
    properties: "",
  };
  const events: RecordEvent[] = [];
  const wasSold = sold.has(order.status) || (order.status === "cancelled" && order.paidAt !== undefined);
  if (wasSold) events.push({ ...sale, properties: propertiesOf(order, amountFen, lines) });
  if (order.status === "cancelled") {
    const cancelledAt = Date.parse(order.cancelledAt ?? "");
    events.push({
      ...sale,
      name: "Order Cancelled",
      at: Number.isNaN(cancelledAt) ? at : cancelledAt,
      properties: propertiesOf(order, amountFen, lines),
    });
  }
  if (wasSold) events.push(...refundsOf(order, sale));
  return events;
}

const itemOf = ({ sku, category, quantity, amountFen }: OrderLine): Item => ({
  ...{ sku, quantity, amountFen },
  category: category ?? "",
});

function propertiesOf(order: OrderFields, amountFen: number, lines: readonly OrderLine[]): string {
  const yuan = (fen: number | undefined) => (fen === undefined || fen === 0 ? undefined : fen / 100);
  return JSON.stringify({
    order_id: some(order.order),
    shop: order.shop,
    platform: order.platform,
    currency: order.currency ?? "CNY",
    total: amountFen / 100,
    shipping: yuan(order.freightFen),
    discount: yuan(order.discountFen),
    coupon: order.coupon,
    products: lines.map((line) => ({
      sku: line.sku,
      product_id: line.product,
      name: line.name,
      variant: line.variant,
      category: line.category,
      quantity: line.quantity,
      price: line.quantity === 0 ? 0 : Math.round(line.amountFen / line.quantity) / 100,
      gift: line.isGift,
    })),
    ...order.properties,
  });
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
      properties: JSON.stringify({
        order_id: order.order,
        shop: order.shop,
        refund_id: refund.id,
        total: refund.amountFen / 100,
        currency: order.currency ?? "CNY",
        reason: refund.reason,
      }),
    };
  });
}

export const order: Kind<"order"> & {
  state(input: OrderInput, context: StateContext): ReturnType<typeof state>;
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
};
