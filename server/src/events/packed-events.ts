import type { Identifier } from "../people/identity.ts";
import type { Event, Item } from "./event.ts";
import { eventColumns, type Origin, rowBytes, writeEvent } from "./event-row.ts";
import { cellsOf, numbersOf, textOf, textsOf } from "./line-reader.ts";
import { LineWriter } from "./line-writer.ts";

/** The most digits that a node may have: more than there will ever be. */
const nodeDigits = 12;
/** Room for a node and what follows it up to the first mark; blanks are what the engine skips in a list, not in a number. */
const nodeRoom = "0\t[".padEnd(nodeDigits + 2);
const [tab, blank, nought, bracket] = [9, 32, 48, 91];

/**
 * The events of one delivery as the very bytes that the engine will read, but for their nodes, which are filled in once
 * they are known. Some ten thousand events wait at any moment under load: as objects they are a dozen each, and the
 * garbage collector copies every one of them again and again; bytes it never looks at.
 */
export class PackedEvents {
  readonly #writer: LineWriter;
  readonly #origin: Origin;
  readonly #nodeAt: number;
  #bytes: Buffer | null = null;

  constructor(origin: Origin, count: number) {
    this.#writer = new LineWriter(count * rowBytes);
    this.#origin = origin;
    this.#nodeAt = String(origin.workspace).length + 1;
  }

  /** Takes an event in; nothing may be taken in once bytes were asked for. */
  pack(event: Event): PackedEvent {
    const from = this.#writer.length;
    this.#writer.whole(this.#origin.workspace);
    this.#writer.tab();
    this.#writer.plain(nodeRoom);
    writeEvent(this.#writer, event, this.#origin);
    return new PackedEvent(event, this, from, this.#writer.length);
  }

  get bytes(): Buffer {
    this.#bytes ??= this.#writer.bytes();
    return this.#bytes;
  }

  /** Fills in of whom the event is that begins at `from`; a second time in place of the first. */
  setNode(from: number, node: number): void {
    const { bytes } = this;
    let digits = 1;
    for (let power = 10; power <= node; power *= 10) digits += 1;
    if (digits > nodeDigits) throw new RangeError("a node of more digits than a row has room for");
    const start = from + this.#nodeAt;
    let rest = node;
    for (let at = start + digits - 1; at >= start; at -= 1) {
      const tenth = Math.floor(rest / 10);
      bytes[at] = nought + rest - tenth * 10;
      rest = tenth;
    }
    bytes[start + digits] = tab;
    bytes[start + digits + 1] = bracket;
    bytes.fill(blank, start + digits + 2, start + nodeDigits + 2);
  }
}

/** An event of which only what every event is asked for is held; the rest is read back from its row when wanted. */
export class PackedEvent implements Event {
  readonly rule: Event["rule"];
  readonly message: string;
  readonly at: number;
  readonly type: Event["type"];
  readonly name: string;
  readonly amountFen: number;
  readonly quantity: number;
  readonly marks: readonly string[];
  readonly excluded: boolean;
  readonly said: Event["said"];
  readonly rows: PackedEvents;
  /** Where its row begins among the bytes, and where it ends, its line break included. */
  readonly from: number;
  readonly to: number;
  // Nearly all events name a user, a browser or both: held as texts, not as objects in a list.
  readonly #first: string;
  readonly #firstValue: string;
  readonly #second: string;
  readonly #secondValue: string;
  readonly #more: readonly Identifier[] | null;

  constructor(event: Event, rows: PackedEvents, from: number, to: number) {
    this.rule = event.rule;
    this.message = event.message;
    this.at = event.at;
    this.type = event.type;
    this.name = event.name;
    this.amountFen = event.amountFen;
    this.quantity = event.quantity;
    this.marks = event.marks;
    this.excluded = event.excluded;
    this.said = event.said;
    this.rows = rows;
    this.from = from;
    this.to = to;
    const [first, second] = event.identifiers;
    const isUsual = first !== undefined && event.identifiers.length <= 2;
    this.#first = isUsual ? first.namespace : "";
    this.#firstValue = isUsual ? first.value : "";
    this.#second = isUsual && second !== undefined ? second.namespace : "";
    this.#secondValue = isUsual && second !== undefined ? second.value : "";
    this.#more = isUsual ? null : event.identifiers;
  }

  get identifiers(): readonly Identifier[] {
    if (this.#more !== null) return this.#more;
    const first = { namespace: this.#first, value: this.#firstValue };
    return this.#second === "" ? [first] : [first, { namespace: this.#second, value: this.#secondValue }];
  }

  get orderId(): string {
    return textOf(this.#cells()[place.order_id] as string);
  }

  get properties(): string {
    return textOf(this.#cells()[place.properties] as string);
  }

  get items(): readonly Item[] {
    const cells = this.#cells();
    const skus = textsOf(cells[place.sku] as string);
    const categories = textsOf(cells[place.category] as string);
    const quantities = numbersOf(cells[place.quantity] as string);
    const amounts = numbersOf(cells[place.amount] as string);
    return skus.map((sku, i) => ({
      sku,
      category: categories[i] as string,
      quantity: quantities[i] as number,
      amountFen: amounts[i] as number,
    }));
  }

  #cells(): string[] {
    return cellsOf(this.rows.bytes.toString("utf8", this.from, this.to - 1));
  }
}

const place = {
  order_id: eventColumns.indexOf("order_id"),
  sku: eventColumns.indexOf("item.sku"),
  category: eventColumns.indexOf("item.category"),
  quantity: eventColumns.indexOf("item.quantity"),
  amount: eventColumns.indexOf("item.amount_fen"),
  properties: eventColumns.indexOf("properties"),
};
