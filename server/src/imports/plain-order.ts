import type { Mark } from "../cleaning/marks.ts";
import type { OrderBeside } from "../cleaning/orders-seen.ts";
import type { Item } from "../events/event.ts";
import type { Identifier } from "../people/identity.ts";

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

/** An order that was read without anything standing out, its texts not yet put together. */
export interface PlainOrder {
  readonly key: string;
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  readonly order: string;
  readonly identifiers: readonly Identifier[];
  readonly otherwise: Identifier;
  readonly marks: readonly Mark[];
  /** What it says of its buyer: the name, and the traits of where she lives, as JSON has both within an object's braces. */
  readonly name: string;
  readonly place: { readonly json: string; readonly traits: Readonly<Record<string, unknown>> };
  /** Its canonical fields as JSON, up to its lines. */
  readonly head: string;
  /** The properties of its sale as JSON, up to its lines. */
  readonly sale: string;
  /** The properties of its refund; "": it was not refunded. */
  readonly refund: string;
  readonly goods: readonly PlainLine[];
  /** The numbers of its lines, where the file has any. */
  readonly numbers: readonly string[] | null;
  /** Of all that was sold. */
  readonly amountFen: number;
  readonly quantity: number;
  readonly items: readonly Item[];
  readonly beside: OrderBeside | null;
}

const comma = Buffer.from(",");
const end = Buffer.from("]}");

/** As `orderText` writes it (records/order-text.ts). */
export function writeFields({ head, goods, numbers }: PlainOrder, to: Pieces): void {
  to.text(head);
  for (let i = 0; i < goods.length; i += 1) {
    const { text } = goods[i] as PlainLine;
    if (i > 0) to.bytes(comma);
    if (numbers === null) to.bytes(text);
    else {
      to.text(`{"itemId":"${numbers[i]}",`);
      to.bytes(text.subarray(1));
    }
  }
  to.bytes(end);
}

/** As `propertiesText` writes it. */
export function writeSale({ sale, goods }: PlainOrder, to: Pieces): void {
  to.text(sale);
  for (let i = 0; i < goods.length; i += 1) {
    if (i > 0) to.bytes(comma);
    to.bytes((goods[i] as PlainLine).product);
  }
  to.bytes(end);
}

/** What it says of its buyer, as `personSaid` has it in JSON; "" for nothing. */
export function saidText({ name, place }: PlainOrder): string {
  if (name === "" && place.json === "") return "";
  const own = name === "" ? "" : `"name":${JSON.stringify(name)}`;
  const both = own !== "" && place.json !== "" ? "," : "";
  return `[{"kind":"traits","traits":{${own}${both}${place.json}}}]`;
}
