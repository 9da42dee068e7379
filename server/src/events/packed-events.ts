import type { Glimpse, Identifier, Sighting } from "../people/identity.ts";
import type { ByteRooms } from "../platform/byte-rooms.ts";
import type { CommittedRow } from "./committed-row.ts";
import type { Event, Item, Outline } from "./event.ts";
import { eventColumns, type Origin, rowBytes, writeEvent } from "./event-row.ts";
import { numbersOf, textOf, textsOf } from "./line-reader.ts";
import { LineWriter } from "./line-writer.ts";
import { headOf, tailOf } from "./message-table.ts";

/** The most digits that a node may have: more than there will ever be. */
const nodeDigits = 12;
/** Room for a node and what follows it up to the first mark; blanks are what the engine skips in a list, not in a number. */
const nodeRoom = "0\t[".padEnd(nodeDigits + 2);
const [tab, blank, nought, bracket] = [9, 32, 48, 91];

/**
 * The events of one delivery as the very bytes that the engine will read, but for their nodes, which are filled in once
 * they are known. Some ten thousand events wait at any moment under load: as objects they are a dozen each, and the
 * garbage collector copies every one of them again and again; bytes and numbers it never looks at.
 */
export class PackedEvents {
  readonly origin: Origin;
  readonly #writer: LineWriter;
  readonly #nodeAt: number;
  /** Of each event when it happened, and its message's two numbers. */
  readonly #numbers: Float64Array;
  /** Where each row ends, and where its usual identifiers end in `#texts`. */
  readonly #ends: Uint32Array;
  #count = 0;
  #bytes: Buffer | null = null;
  #isOver = false;
  /** The values of usual identifiers: each by itself until the delivery is sealed, then one after another. */
  #parts: string[] = [];
  #length = 0;
  #texts = "";

  /** `most`: events that it will be given. */
  constructor(origin: Origin, most: number, rooms?: ByteRooms) {
    this.#writer = new LineWriter(most * rowBytes, rooms);
    this.origin = origin;
    this.#nodeAt = String(origin.workspace).length + 1;
    this.#numbers = new Float64Array(most * 3);
    this.#ends = new Uint32Array(most * 3);
  }

  at(index: number): number {
    return this.#numbers[index * 3] as number;
  }
  messageHead(index: number): number {
    return this.#numbers[index * 3 + 1] as number;
  }
  messageTail(index: number): number {
    return this.#numbers[index * 3 + 2] as number;
  }
  from(index: number): number {
    return index === 0 ? 0 : this.to(index - 1);
  }
  to(index: number): number {
    return this.#ends[index * 3] as number;
  }

  /** Takes an event in; nothing may be taken in once it is sealed. */
  pack(event: Event): PackedEvent {
    const index = this.#count;
    if (index * 3 >= this.#ends.length) throw new RangeError("more events than room was made for");
    this.#count += 1;
    this.#writer.whole(this.origin.workspace);
    this.#writer.tab();
    this.#writer.plain(nodeRoom);
    writeEvent(this.#writer, event, this.origin);
    this.#numbers[index * 3] = event.at;
    this.#numbers[index * 3 + 1] = headOf(event.message);
    this.#numbers[index * 3 + 2] = tailOf(event.message);
    this.#ends[index * 3] = this.#writer.length;
    const packed = new PackedEvent(event, this, index);
    const [first, second] = packed.isUsual ? event.identifiers : nothing;
    this.#ends[index * 3 + 1] = this.#add(first);
    this.#ends[index * 3 + 2] = this.#add(second);
    return packed;
  }

  #add(identifier: Identifier | undefined): number {
    if (identifier !== undefined) {
      this.#parts.push(identifier.value);
      this.#length += identifier.value.length;
    }
    return this.#length;
  }

  /** Puts what is held of the events together; done before they wait. */
  seal(): void {
    if (this.#bytes !== null || this.#isOver) return;
    this.#bytes = this.#writer.bytes();
    this.#texts = this.#parts.join("");
    this.#parts = [];
  }

  get bytes(): Buffer {
    if (this.#isOver) throw new Error("the rows of a delivery were asked for after its answer");
    this.seal();
    return this.#bytes as Buffer;
  }

  /** Every event was committed or refused, and nobody looks at one any more: the bytes are free for others. */
  over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#bytes = null;
    this.#writer.giveBack();
  }

  /** The value of an event's first usual identifier, or of its second. */
  value(index: number, which: 0 | 1): string {
    this.seal();
    const ends = index * 3 + 1 + which;
    const before = which === 1 ? ends - 1 : ends - 2;
    return this.#texts.slice(before < 1 ? 0 : this.#ends[before], this.#ends[ends]);
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

/** What is held of the few events that are not as nearly all are. */
interface Odd {
  readonly rule: Event["rule"];
  readonly identifiers: readonly Identifier[];
  readonly marks: readonly string[];
  readonly excluded: boolean;
  readonly said: Event["said"];
}

const nothing: readonly never[] = [];
/** The kinds of identifiers that nearly all events come with; each list is there once. */
const usualNamespaces: readonly (readonly string[])[] = [["user", "anonymous"], ["user"], ["anonymous"]];

/**
 * An event of which only what every event is asked for is held, the rest is read back from its row when wanted. It is also
 * the row that is committed, and what its node is found by: an event is one object from here on.
 */
export class PackedEvent implements Event, Outline, CommittedRow, Glimpse {
  readonly type: Event["type"];
  readonly name: string;
  readonly namespaces: readonly string[];
  readonly rows: PackedEvents;
  /** Its number among them. */
  readonly #index: number;
  readonly #odd: Odd | null;
  node = 0;

  constructor(event: Event, rows: PackedEvents, index: number) {
    const { identifiers, rule, marks, excluded, said } = event;
    const usual = usualNamespaces.find((some) => areOf(identifiers, some));
    const isUsual =
      usual !== undefined && rule === "same-message" && marks.length === 0 && !excluded && said.length === 0;
    this.type = event.type;
    this.name = event.name;
    this.namespaces = usual ?? identifiers.map(({ namespace }) => namespace);
    this.rows = rows;
    this.#index = index;
    this.#odd = isUsual ? null : { identifiers, rule, marks, excluded, said };
  }

  /** It is the event of its row. */
  get event(): this {
    return this;
  }
  get origin(): Origin {
    return this.rows.origin;
  }
  get sighting(): Sighting {
    const { identifiers, rule, message, origin, at } = this;
    return { identifiers, rule, message, source: origin.source, at: new Date(at) };
  }
  /** Whether its identifiers are held with the delivery's. */
  get isUsual(): boolean {
    return this.#odd === null;
  }
  get message(): string {
    return this.#cell(place.message);
  }
  get messageHead(): number {
    return this.rows.messageHead(this.#index);
  }
  get messageTail(): number {
    return this.rows.messageTail(this.#index);
  }
  get rule(): Event["rule"] {
    return this.#odd?.rule ?? "same-message";
  }
  get marks(): readonly string[] {
    return this.#odd?.marks ?? nothing;
  }
  get excluded(): boolean {
    return this.#odd?.excluded ?? false;
  }
  get said(): Event["said"] {
    return this.#odd?.said ?? nothing;
  }
  get at(): number {
    return this.rows.at(this.#index);
  }
  /** Where its row begins among the bytes. */
  get from(): number {
    return this.rows.from(this.#index);
  }
  /** Where its row ends, its line break included. */
  get to(): number {
    return this.rows.to(this.#index);
  }

  get identifiers(): readonly Identifier[] {
    if (this.#odd !== null) return this.#odd.identifiers;
    const [namespace = "", second] = this.namespaces;
    const first = { namespace, value: this.rows.value(this.#index, 0) };
    if (second === undefined) return [first];
    return [first, { namespace: second, value: this.rows.value(this.#index, 1) }];
  }

  /** It says of itself how it is counted. */
  get outline(): Outline {
    return this;
  }
  get hasOrderId(): boolean {
    return this.#cell(place.order_id) !== "";
  }
  get categories(): readonly string[] {
    return textsOf(this.#cell(place.category));
  }

  get amountFen(): number {
    return Number(this.#cell(place.amount_fen));
  }
  get quantity(): number {
    return Number(this.#cell(place.quantity));
  }
  get orderId(): string {
    return textOf(this.#cell(place.order_id));
  }

  get properties(): string {
    return textOf(this.#cell(place.properties));
  }

  get items(): readonly Item[] {
    const skus = textsOf(this.#cell(place.sku));
    const { categories } = this;
    const quantities = numbersOf(this.#cell(place.quantities));
    const amounts = numbersOf(this.#cell(place.amounts));
    return skus.map((sku, i) => ({
      sku,
      category: categories[i] as string,
      quantity: quantities[i] as number,
      amountFen: amounts[i] as number,
    }));
  }

  #cell(column: number): string {
    const { bytes } = this.rows;
    let from = this.from;
    for (let i = 0; i < column; i += 1) from = bytes.indexOf(tab, from) + 1;
    const end = bytes.indexOf(tab, from);
    return bytes.toString("utf8", from, end < 0 || end > this.to ? this.to - 1 : end);
  }
}

function areOf(identifiers: readonly Identifier[], namespaces: readonly string[]): boolean {
  if (identifiers.length !== namespaces.length) return false;
  for (let i = 0; i < namespaces.length; i += 1)
    if ((identifiers[i] as Identifier).namespace !== namespaces[i]) return false;
  return true;
}

const place = {
  message: eventColumns.indexOf("message"),
  order_id: eventColumns.indexOf("order_id"),
  amount_fen: eventColumns.indexOf("amount_fen"),
  quantity: eventColumns.indexOf("quantity"),
  sku: eventColumns.indexOf("item.sku"),
  category: eventColumns.indexOf("item.category"),
  quantities: eventColumns.indexOf("item.quantity"),
  amounts: eventColumns.indexOf("item.amount_fen"),
  properties: eventColumns.indexOf("properties"),
};
