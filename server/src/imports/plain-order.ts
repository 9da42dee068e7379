import type { OrderStatus } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { OrderBeside } from "../cleaning/orders-seen.ts";
import type { Item } from "../events/event.ts";
import type { Identifier } from "../people/identity.ts";
import type { SplitTraits } from "../people/traits.ts";
import { iso } from "../records/canonical.ts";

/** A line of an order, as its fields and its event have it, in bytes. */
export interface PlainLine {
  readonly text: Uint8Array;
  readonly product: Uint8Array;
  readonly item: Item;
  readonly amountFen: number;
}

/** Where texts are put together from their pieces, as they are written. */
export interface Pieces {
  text(text: string): void;
  bytes(bytes: Uint8Array): void;
}

/** What all orders of a shop have in common. */
export interface PlainShop {
  /** Within an object's braces, after another field: ,"shop":"…","platform":"…" */
  readonly json: Uint8Array;
  /** ,"shop":"…" */
  readonly name: string;
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

/** An order that was read without anything standing out, its texts not yet put together. */
export interface PlainOrder {
  readonly key: string;
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  /** Its number, which JSON writes as it stands. */
  readonly order: string;
  readonly status: OrderStatus;
  readonly shop: PlainShop;
  readonly times: PlainTimes;
  readonly money: PlainMoney;
  readonly identifiers: readonly Identifier[];
  readonly otherwise: Identifier;
  readonly marks: readonly Mark[];
  /** What it says of its buyer: the name, and the traits of where she lives, as JSON has both within an object's braces. */
  readonly name: string;
  readonly place: { readonly json: string; readonly split: SplitTraits };
  readonly lines: readonly PlainLine[];
  /** The numbers of its lines, where the file has any. */
  readonly numbers: readonly string[] | null;
  /** What was paid, and how many pieces were sold. */
  readonly amountFen: number;
  readonly quantity: number;
  readonly beside: OrderBeside | null;
}

const comma = Buffer.from(",");
const end = Buffer.from("]}");

/** Its canonical fields, as `orderText` writes them (records/order-text.ts). */
export function writeFields(
  { order, status, shop, times, money, lines, numbers }: PlainOrder,
  to: Pieces,
): void {
  to.text('{"order":"');
  to.text(order);
  to.text('"');
  to.bytes(shop.json);
  to.text(',"status":"');
  to.text(status);
  to.text('"');
  writeTime(to, ',"placedAt":"', times.placedAt);
  writeTime(to, ',"paidAt":"', times.paidAt);
  writeTime(to, ',"shippedAt":"', times.shippedAt);
  writeTime(to, ',"completedAt":"', times.completedAt);
  writeFen(to, ',"amountFen":', money.amountFen);
  writeFen(to, ',"freightFen":', money.freightFen);
  writeFen(to, ',"discountFen":', money.discountFen);
  to.text(',"items":[');
  for (let i = 0; i < lines.length; i += 1) {
    const { text } = lines[i] as PlainLine;
    if (i > 0) to.bytes(comma);
    if (numbers === null) to.bytes(text);
    else {
      to.text(`{"itemId":"${numbers[i]}",`);
      to.bytes(text.subarray(1));
    }
  }
  to.bytes(end);
}

/** The properties of its sale, as `propertiesText` writes them. */
export function writeSale({ order, shop, amountFen, money, lines }: PlainOrder, to: Pieces): void {
  to.text('{"order_id":"');
  to.text(order);
  to.text('"');
  to.bytes(shop.json);
  to.text(',"currency":"CNY","total":');
  to.text(String(amountFen / 100));
  writeYuan(to, ',"shipping":', money.freightFen);
  writeYuan(to, ',"discount":', money.discountFen);
  to.text(',"products":[');
  for (let i = 0; i < lines.length; i += 1) {
    if (i > 0) to.bytes(comma);
    to.bytes((lines[i] as PlainLine).product);
  }
  to.bytes(end);
}

/** The properties of its refund, as `refundText` writes them; a refunded order that says no more was refunded wholly. */
export const refundText = ({ order, shop, amountFen }: PlainOrder): string =>
  `{"order_id":"${order}"${shop.name},"total":${amountFen / 100},"currency":"CNY"}`;

/** What it says of its buyer, as `personSaid` has it in JSON; "" for nothing. */
export function saidText({ name, place }: PlainOrder): string {
  if (name === "" && place.json === "") return "";
  const own = name === "" ? "" : `"name":${JSON.stringify(name)}`;
  const both = own !== "" && place.json !== "" ? "," : "";
  return `[{"kind":"traits","traits":{${own}${both}${place.json}}}]`;
}

function writeTime(to: Pieces, name: string, at: number | undefined): void {
  if (at === undefined) return;
  to.text(name);
  to.text(iso(at) as string);
  to.text('"');
}

function writeFen(to: Pieces, name: string, fen: number | undefined): void {
  if (fen === undefined) return;
  to.text(name);
  to.text(String(fen));
}

/** Nothing where it is nought. */
function writeYuan(to: Pieces, name: string, fen: number | undefined): void {
  if (fen === undefined || fen === 0) return;
  to.text(name);
  to.text(String(fen / 100));
}
