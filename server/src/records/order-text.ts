import type { RecordInput } from "@stork/contract/records.ts";
import type { Item } from "../events/event.ts";

// The texts of orders: what their canonical fields and their events are written as. By hand, from the texts of their
// lines, which thousands of orders share; to the letter what JSON.stringify writes, since the text is what is hashed.

export interface OrderLine {
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

export interface Refund {
  readonly id?: string | undefined;
  readonly at?: string | undefined;
  readonly amountFen: number;
  readonly reason?: string | undefined;
}

/** What an order's canonical fields are; a part (a report of lines) has some of them. In the order they are written. */
export interface OrderFields {
  readonly order: string;
  readonly shop?: string | undefined;
  readonly platform?: string | undefined;
  readonly status: RecordInput<"order">["status"];
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

/** A line, what an event says of it, and both as they are written. */
export interface ReadLine {
  readonly line: OrderLine;
  readonly item: Item;
  readonly text: string;
  /** Within an event's properties. */
  readonly product: string;
}

export function lineOf(line: OrderLine): ReadLine {
  const { sku, category, quantity, amountFen } = line;
  return {
    line,
    item: { sku, quantity, amountFen, category: category ?? "" },
    text: JSON.stringify(line),
    product: JSON.stringify({
      sku,
      product_id: line.product,
      name: line.name,
      variant: line.variant,
      category,
      quantity,
      price: quantity === 0 ? 0 : Math.round(amountFen / quantity) / 100,
      gift: line.isGift,
    }),
  };
}

/** The same line under the number it has in its order. */
export function withNumber({ line, item, text, product }: ReadLine, itemId: string): ReadLine {
  return {
    line: { ...line, itemId },
    item,
    text: `{"itemId":${quoted(itemId)},${text.slice(1)}`,
    product,
  };
}

/** The canonical fields as JSON. */
export function orderText(fields: OrderFields, lines: readonly ReadLine[] | undefined): string {
  let text = `{"order":${quoted(fields.order)}`;
  text += said("shop", fields.shop) + said("platform", fields.platform) + said("status", fields.status);
  text += said("placedAt", fields.placedAt) + said("paidAt", fields.paidAt);
  text += said("shippedAt", fields.shippedAt) + said("completedAt", fields.completedAt);
  text += said("cancelledAt", fields.cancelledAt);
  text += counted("amountFen", fields.amountFen) + counted("freightFen", fields.freightFen);
  text += counted("discountFen", fields.discountFen) + counted("depositFen", fields.depositFen);
  text += said("currency", fields.currency) + said("coupon", fields.coupon);
  if (lines !== undefined) text += `,"items":[${joined(lines, "text")}]`;
  if (fields.refunds !== undefined) text += `,"refunds":${JSON.stringify(fields.refunds)}`;
  if (fields.isTest !== undefined) text += `,"isTest":true`;
  if (fields.properties !== undefined) text += `,"properties":${JSON.stringify(fields.properties)}`;
  return flat(`${text}}`);
}

const yuan = (fen: number | undefined) => (fen === undefined || fen === 0 ? undefined : fen / 100);

/** What the event of a sale says, as JSON. */
export function propertiesText(order: OrderFields, amountFen: number, lines: readonly ReadLine[]): string {
  const number = order.order === "" ? undefined : order.order;
  if (order.properties !== undefined)
    return JSON.stringify({
      order_id: number,
      shop: order.shop,
      platform: order.platform,
      currency: order.currency ?? "CNY",
      total: amountFen / 100,
      shipping: yuan(order.freightFen),
      discount: yuan(order.discountFen),
      coupon: order.coupon,
      products: lines.map(({ product }) => JSON.parse(product) as object),
      // Whatever is said there under a name from above goes before it.
      ...order.properties,
    });
  let text = said("order_id", number) + said("shop", order.shop) + said("platform", order.platform);
  text += said("currency", order.currency ?? "CNY") + counted("total", amountFen / 100);
  text += counted("shipping", yuan(order.freightFen)) + counted("discount", yuan(order.discountFen));
  text += said("coupon", order.coupon);
  return flat(`{${text.slice(1)},"products":[${joined(lines, "product")}]}`);
}

/** What the event of a refund says, as JSON. */
export function refundText(order: OrderFields, refund: Refund): string {
  let text = `{"order_id":${quoted(order.order)}${said("shop", order.shop)}${said("refund_id", refund.id)}`;
  text += counted("total", refund.amountFen / 100) + said("currency", order.currency ?? "CNY");
  return `${text}${said("reason", refund.reason)}}`;
}

function joined(lines: readonly ReadLine[], which: "text" | "product"): string {
  let text = "";
  for (const line of lines) text += text === "" ? line[which] : `,${line[which]}`;
  return text;
}

/** A text put together is a tree of its pieces until somebody looks at it; thousands of trees are dear to hold. */
function flat(text: string): string {
  text.charCodeAt(0);
  return text;
}

const said = (name: string, value: string | undefined): string =>
  value === undefined ? "" : `,"${name}":${quoted(value)}`;

const counted = (name: string, value: number | undefined): string =>
  value === undefined ? "" : `,"${name}":${Number.isFinite(value) ? value : null}`;

/** A text as JSON writes it; nearly none holds anything that is written otherwise than it stands. */
function quoted(text: string): string {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code < 0xe000))
      return JSON.stringify(text);
  }
  return `"${text}"`;
}
