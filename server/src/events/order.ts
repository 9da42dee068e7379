import type { Mark } from "../cleaning/marks.ts";
import { toFen } from "../cleaning/money.ts";
import type { Item } from "./event.ts";

/** What an event's properties say about goods and money, in columns that every question can use. */
export interface Order {
  orderId: string;
  amountFen: number;
  quantity: number;
  items: readonly Item[];
  marks: readonly Mark[];
}

type Properties = Readonly<Record<string, unknown>>;

const none: Order = { orderId: "", amountFen: 0, quantity: 0, items: [], marks: [] };
/** From here on a quantity is wholesale or a slip of the finger. */
export const highQuantity = 1000;
const mostItems = 500;
const int32 = 2_147_483_647;
const renminbi = /^(cny|rmb|¥|￥|元|人民币)$/i;

export function readOrder(properties: Properties): Order {
  const listed = properties["products"];
  const items = Array.isArray(listed) ? listed.slice(0, mostItems).flatMap(readItem) : readItem(properties);
  const orderId = text(properties["order_id"] ?? properties["orderId"]);
  const stated = properties["revenue"] ?? properties["total"] ?? properties["value"];
  if (items.length === 0 && orderId === "" && stated === undefined && properties["quantity"] === undefined)
    return none;
  const marks: Mark[] = [];
  const amountFen = readAmount(stated, items, marks);
  const quantity = readQuantity(properties["quantity"], items);
  if (amountFen < 0) marks.push("amount-negative");
  if (quantity <= 0 && (items.length > 0 || properties["quantity"] !== undefined))
    marks.push("quantity-negative");
  else if (items.some((item) => item.quantity <= 0)) marks.push("quantity-negative");
  if (quantity >= highQuantity || items.some((item) => item.quantity >= highQuantity))
    marks.push("quantity-high");
  const currency = properties["currency"];
  if (typeof currency === "string" && currency !== "" && !renminbi.test(currency))
    marks.push("currency-other");
  return { orderId, amountFen, quantity, items, marks };
}

function readAmount(stated: unknown, items: readonly Item[], marks: Mark[]): number {
  if (stated !== undefined && stated !== null) {
    const fen = toFen(stated);
    if (fen !== null) return fen;
    marks.push("amount-unreadable");
  }
  return items.reduce((sum, item) => sum + item.amountFen, 0);
}

function readQuantity(stated: unknown, items: readonly Item[]): number {
  if (stated !== undefined && stated !== null) return whole(stated, 0);
  return clamp(items.reduce((sum, item) => sum + item.quantity, 0));
}

/** One product, of a list or as the event's own properties (Product Viewed and its kin). */
function readItem(value: unknown): Item[] {
  if (typeof value !== "object" || value === null) return [];
  const product = value as Properties;
  const sku = text(product["sku"] ?? product["product_id"] ?? product["productId"] ?? product["id"]);
  if (sku === "" || (product["sku"] ?? product["product_id"] ?? product["productId"]) === undefined) {
    // An `id` alone names no product, except inside a list of products.
    if (sku === "" || product["price"] === undefined) return [];
  }
  const quantity = whole(product["quantity"], 1);
  const priceFen = toFen(product["price"]) ?? 0;
  return [{ sku, category: text(product["category"]), quantity, amountFen: priceFen * quantity }];
}

function whole(value: unknown, otherwise: number): number {
  const read = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? clamp(Math.round(read)) : otherwise;
}

const clamp = (value: number): number => Math.max(-int32, Math.min(int32, value));

function text(value: unknown): string {
  if (typeof value === "string")
    return value.length > 200 ? value.slice(0, 200).toWellFormed() : value.toWellFormed();
  return typeof value === "number" ? String(value) : "";
}
