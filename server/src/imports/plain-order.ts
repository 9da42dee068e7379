import type { OrderStatus } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { OrderBeside } from "../cleaning/orders-seen.ts";
import type { Item } from "../events/event.ts";
import type { Bytes } from "./reading/bytes.ts";

/** A line of an order, as its fields and its event have it, in bytes. */
export interface PlainLine {
  readonly text: Uint8Array;
  readonly product: Uint8Array;
  readonly sku: Uint8Array;
  readonly item: Omit<Item, "sku">;
  readonly amountFen: number;
}

/** What all orders of a shop have in common. */
export interface PlainShop {
  /** What stands before the number in an order's key. */
  readonly keyPrefix: Uint8Array;
  /** The namespace of the order's own number. */
  readonly namespace: string;
  /** What of its fields stands between an order's number and its status: ","shop":"…","platform":"…","status":" */
  readonly fields: Uint8Array;
  /** And what of its sale between the number and the total. */
  readonly sale: Uint8Array;
  /** ,"shop":"…" */
  readonly name: string;
}

/** Somebody's identifier, its value in bytes. */
export interface PlainIdentifier {
  namespace: string;
  /** Its namespace as it is hashed: a line's end, the name, a colon. */
  before: Uint8Array;
  readonly value: Bytes;
}

/** Traits in bytes, as `splitTraits` has them. */
export interface PlainTraits {
  readonly sealed: readonly { key: string; json: Uint8Array }[];
  readonly plain: readonly { key: string; text: Uint8Array }[];
}

/** Instants in milliseconds since 1970. */
export interface PlainTimes {
  readonly placedAt: number | undefined;
  readonly paidAt: number | undefined;
  readonly shippedAt: number | undefined;
  readonly completedAt: number | undefined;
}

export interface PlainMoney {
  readonly amountFen: number | undefined;
  readonly freightFen: number | undefined;
  readonly discountFen: number | undefined;
}

/** An order that was read without anything standing out, its texts not yet put together. Holds until the next is read. */
export interface PlainOrder {
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  /** Its number, which JSON writes as it stands. */
  readonly order: Bytes;
  readonly status: OrderStatus;
  readonly shop: PlainShop;
  readonly times: PlainTimes;
  readonly money: PlainMoney;
  readonly identifiers: readonly PlainIdentifier[];
  readonly marks: readonly Mark[];
  /** The name of its buyer as JSON; empty for none. */
  readonly name: Bytes;
  /** The traits of where she lives, as JSON has them within an object's braces. */
  readonly place: { readonly json: Uint8Array; readonly traits: PlainTraits };
  readonly lines: readonly PlainLine[];
  /** The numbers of its lines, where the file has any. */
  readonly numbers: readonly string[] | null;
  /** What was paid, and how many pieces were sold. */
  readonly amountFen: number;
  readonly quantity: number;
  readonly beside: Omit<OrderBeside, "key"> | null;
}

const comma = Buffer.from(",");
const quote = Buffer.from('"');
const end = Buffer.from("]}");
const fieldsBegin = Buffer.from('{"order":"');
const fieldOf = (name: string): Uint8Array => Buffer.from(`,"${name}":`);
const timeOf = (name: string): Uint8Array => Buffer.from(`,"${name}":"`);
const [placedAt, paidAt] = [timeOf("placedAt"), timeOf("paidAt")];
const [shippedAt, completedAt] = [timeOf("shippedAt"), timeOf("completedAt")];
const [amountFen, freightFen] = [fieldOf("amountFen"), fieldOf("freightFen")];
const discountFen = fieldOf("discountFen");
const items = Buffer.from(',"items":[');
/** A status with what ends it. */
const statuses = new Map<OrderStatus, Uint8Array>();

/** Its canonical fields, as `orderText` writes them (records/order-text.ts). */
export function writeFields(
  { order, status, shop, times, money, lines, numbers }: PlainOrder,
  to: Bytes,
): void {
  to.bytes(fieldsBegin);
  to.piece(order);
  to.bytes(shop.fields);
  to.bytes(statusBytes(status));
  writeTime(to, placedAt, times.placedAt);
  writeTime(to, paidAt, times.paidAt);
  writeTime(to, shippedAt, times.shippedAt);
  writeTime(to, completedAt, times.completedAt);
  writeFen(to, amountFen, money.amountFen);
  writeFen(to, freightFen, money.freightFen);
  writeFen(to, discountFen, money.discountFen);
  to.bytes(items);
  for (let i = 0; i < lines.length; i += 1) {
    const { text } = lines[i] as PlainLine;
    if (i > 0) to.bytes(comma);
    if (numbers === null) to.bytes(text);
    else {
      to.text(`{"itemId":"${numbers[i]}",`);
      to.bytes(text, 1);
    }
  }
  to.bytes(end);
}

const saleBegin = Buffer.from('{"order_id":"');
const [shipping, discount] = [fieldOf("shipping"), fieldOf("discount")];
const products = Buffer.from(',"products":[');

/** The properties of its sale, as `propertiesText` writes them. */
export function writeSale({ order, shop, amountFen, money, lines }: PlainOrder, to: Bytes): void {
  to.bytes(saleBegin);
  to.piece(order);
  to.bytes(shop.sale);
  to.yuan(amountFen);
  writeYuan(to, shipping, money.freightFen);
  writeYuan(to, discount, money.discountFen);
  to.bytes(products);
  for (let i = 0; i < lines.length; i += 1) {
    if (i > 0) to.bytes(comma);
    to.bytes((lines[i] as PlainLine).product);
  }
  to.bytes(end);
}

/** The properties of its refund, as `refundText` writes them; a refunded order that says no more was refunded wholly. */
export const refundText = ({ order, shop, amountFen }: PlainOrder): string =>
  `{"order_id":"${order}"${shop.name},"total":${amountFen / 100},"currency":"CNY"}`;

const saidBegin = Buffer.from('[{"kind":"traits","traits":{');
const nameBegin = Buffer.from('"name":');
const saidEnd = Buffer.from("}}]");

/** What it says of its buyer, as `personSaid` has it in JSON; nothing for nothing. */
export function writeSaid({ name, place }: PlainOrder, to: Bytes): void {
  if (name.size === 0 && place.json.length === 0) return;
  to.bytes(saidBegin);
  if (name.size > 0) {
    to.bytes(nameBegin);
    to.piece(name);
    if (place.json.length > 0) to.bytes(comma);
  }
  to.bytes(place.json);
  to.bytes(saidEnd);
}

function statusBytes(status: OrderStatus): Uint8Array {
  let bytes = statuses.get(status);
  if (bytes === undefined) {
    bytes = Buffer.from(`${status}"`);
    statuses.set(status, bytes);
  }
  return bytes;
}

function writeTime(to: Bytes, name: Uint8Array, at: number | undefined): void {
  if (at === undefined) return;
  to.bytes(name);
  to.instant(at);
  to.bytes(quote);
}

function writeFen(to: Bytes, name: Uint8Array, fen: number | undefined): void {
  if (fen === undefined) return;
  to.bytes(name);
  to.number(fen);
}

/** Nothing where it is nought. */
function writeYuan(to: Bytes, name: Uint8Array, fen: number | undefined): void {
  if (fen === undefined || fen === 0) return;
  to.bytes(name);
  to.yuan(fen);
}
