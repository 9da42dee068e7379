import type { Mark } from "../../cleaning/marks.ts";
import type { Item } from "../../events/event.ts";
import { textOf } from "../../events/utf8.ts";
import type { RecordEvent, StatedRecord } from "../../records/record.ts";
import { type RecordHash, saidBeside } from "../../records/record-hash.ts";
import { type PlainOrder, saidText, writeFields, writeSale } from "../plain-order.ts";
import { isRefused, type Keeper, type ReadRecord } from "./gather.ts";
import type { Packed, PackedEvents } from "./packed.ts";
import { TextPacker } from "./text-column.ts";

/** How rows that say the very same are told apart: a number each; 0 where there is no other. */
type NumberOf = (read: StatedRecord) => number;

/**
 * Packs records as they are read. None is kept as an object: those of a whole slice would outlive the young generation,
 * and moving and collecting them took more time than reading.
 */
export class Packer implements Keeper<Packed> {
  readonly #hash: RecordHash | null;
  readonly #numberOf: NumberOf;
  #columns: Columns;

  constructor(hash: RecordHash | null, numberOf: NumberOf = () => 0) {
    this.#hash = hash;
    this.#numberOf = numberOf;
    this.#columns = new Columns();
  }

  add({ count, read }: ReadRecord): void {
    const columns = this.#columns;
    columns.rows.push(count);
    if (isRefused(read)) {
      columns.refuse(read.refused);
      if (this.#hash === null) return;
      // Those of what says nothing, so that each stands in its place.
      columns.ids.push(0n);
      columns.contents.push(0n);
      return;
    }
    columns.kind = read.kind;
    if (read.said.some(({ kind }) => kind === "child")) columns.ofChildren = true;
    const said = read.said.length === 0 ? "" : JSON.stringify(read.said);
    columns.add(read, said, this.#numberOf(read));
    if (this.#hash === null) return;
    columns.ids.push(this.#hash.idBits(read.kind, read.key));
    columns.contents.push(this.#hash.contentBits(columns.fields.last(), saidBeside(read, said)));
  }

  addPlain(order: PlainOrder, rows: number): void {
    const columns = this.#columns;
    columns.rows.push(rows);
    columns.kind = "order";
    const said = saidText(order);
    columns.addPlain(order, said);
    if (this.#hash === null) return;
    columns.ids.push(this.#hash.idBits("order", order.key));
    columns.contents.push(this.#hash.contentBits(columns.fields.last(), saidBeside(order, said)));
  }

  take(more: ReadonlyMap<number, readonly Mark[]>): Packed {
    const columns = this.#columns;
    this.#columns = new Columns(columns);
    return columns.done(more);
  }
}

const none: readonly Mark[] = [];

/** The columns of the slice under way. As long as those of the slice before from the start, so that few have to grow. */
class Columns {
  kind: Packed["kind"] = "";
  ofChildren = false;
  readonly rows: number[] = [];
  readonly ids: bigint[] = [];
  readonly contents: bigint[] = [];
  readonly fields: TextPacker;
  readonly #words = new Words();
  readonly #occurrences: number[] = [];
  readonly #refused: number[] = [];
  readonly #parts: number[] = [];
  readonly #otherNamespaces: number[] = [];
  readonly #changedAt: number[] = [];
  readonly #at: number[] = [];
  readonly #firstIdentifier: number[] = [0];
  readonly #namespaces: number[] = [];
  readonly #firstEvent: number[] = [0];
  readonly #marks: (readonly Mark[])[] = [];
  readonly #keys: TextPacker;
  readonly #identifiers: TextPacker;
  readonly #others: TextPacker;
  readonly #said: TextPacker;
  readonly #events: EventPacker;
  #told = 0;

  constructor(before?: Columns) {
    this.#keys = new TextPacker(before?.sizes.keys);
    this.#identifiers = new TextPacker(before?.sizes.identifiers);
    this.#others = new TextPacker(before?.sizes.others);
    this.fields = new TextPacker(before?.sizes.fields);
    this.#said = new TextPacker(before?.sizes.said);
    this.#events = new EventPacker(this.#words, before?.sizes.events);
  }

  get sizes() {
    return {
      ...{ keys: this.#keys.size, identifiers: this.#identifiers.size, others: this.#others.size },
      ...{ fields: this.fields.size, said: this.#said.size, events: this.#events.sizes },
    };
  }

  refuse(why: string): void {
    this.#refused.push(this.#words.at(why));
    this.#say(nothing, "", 0);
  }

  add(stated: StatedRecord, said: string, occurrence: number): void {
    this.#refused.push(this.#words.at(""));
    this.#say(stated, said, occurrence);
  }

  #say(stated: Omit<StatedRecord, "kind">, said: string, occurrence: number): void {
    const words = this.#words;
    this.#occurrences.push(occurrence);
    this.#keys.add(stated.key);
    this.#parts.push(words.at(stated.part));
    this.#changedAt.push(stated.changedAt ?? Number.NaN);
    this.#at.push(stated.at ?? Number.NaN);
    for (const { namespace, value } of stated.identifiers) {
      this.#namespaces.push(words.at(namespace));
      this.#identifiers.add(value);
    }
    this.#firstIdentifier.push(this.#namespaces.length);
    this.#otherNamespaces.push(words.at(stated.otherwise?.namespace ?? ""));
    this.#others.add(stated.otherwise?.value ?? "");
    this.fields.add(textOf(stated.fields));
    this.#said.add(said);
    this.#marks.push(stated.marks.length === 0 ? none : stated.marks);
    if (stated.told !== undefined) {
      this.#told += 1;
      for (const event of stated.told) this.#events.add(event);
    }
    this.#firstEvent.push(this.#events.count);
  }

  addPlain(order: PlainOrder, said: string): void {
    const words = this.#words;
    this.#refused.push(words.at(""));
    this.#occurrences.push(0);
    this.#keys.add(order.key);
    this.#parts.push(words.at(""));
    this.#changedAt.push(Number.NaN);
    this.#at.push(order.at);
    for (const { namespace, value } of order.identifiers) {
      this.#namespaces.push(words.at(namespace));
      this.#identifiers.add(value);
    }
    this.#firstIdentifier.push(this.#namespaces.length);
    this.#otherNamespaces.push(words.at(order.otherwise.namespace));
    this.#others.add(order.otherwise.value);
    writeFields(order, this.fields);
    this.fields.end();
    this.#said.add(said);
    this.#marks.push(order.marks);
    this.#told += 1;
    this.#events.addPlain(order);
    this.#firstEvent.push(this.#events.count);
  }

  done(more: ReadonlyMap<number, readonly Mark[]>): Packed {
    for (const [place, marks] of more)
      this.#marks[place] = [...new Set([...(this.#marks[place] ?? none), ...marks])];
    return {
      ...{ kind: this.kind, ofChildren: this.ofChildren },
      ...{ rows: Uint32Array.from(this.rows), occurrences: Uint32Array.from(this.#occurrences) },
      ...{ refused: Uint32Array.from(this.#refused), parts: Uint32Array.from(this.#parts) },
      ...{ ids: BigUint64Array.from(this.ids), contents: BigUint64Array.from(this.contents) },
      ...{ changedAt: Float64Array.from(this.#changedAt), at: Float64Array.from(this.#at) },
      firstIdentifier: Uint32Array.from(this.#firstIdentifier),
      namespaces: Uint32Array.from(this.#namespaces),
      ...{ keys: this.#keys.done(), identifiers: this.#identifiers.done(), others: this.#others.done() },
      otherNamespaces: Uint32Array.from(this.#otherNamespaces),
      ...{ fields: this.fields.done(), said: this.#said.done(), marks: this.#marks },
      firstEvent: Uint32Array.from(this.#firstEvent),
      events: this.#events.done(this.#told > 0),
      words: this.#words.all,
    };
  }
}

class Words {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  at(word: string): number {
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.all.push(word) - 1;
      this.#places.set(word, place);
    }
    return place;
  }
}

class EventPacker {
  readonly #words: Words;
  readonly #orderIds: TextPacker;
  readonly #properties: TextPacker;
  readonly #names: number[] = [];
  readonly #numbers: number[] = [];
  readonly #items: (readonly Item[])[] = [];

  constructor(words: Words, sizes?: EventPacker["sizes"]) {
    this.#words = words;
    this.#orderIds = new TextPacker(sizes?.orderIds);
    this.#properties = new TextPacker(sizes?.properties);
  }

  get sizes() {
    return { orderIds: this.#orderIds.size, properties: this.#properties.size };
  }

  get count(): number {
    return this.#items.length;
  }

  add(event: RecordEvent): void {
    this.#names.push(this.#words.at(event.name), this.#words.at(event.which));
    this.#orderIds.add(event.orderId);
    this.#properties.add(textOf(event.properties));
    this.#numbers.push(event.at, event.amountFen, event.quantity);
    this.#items.push(event.items);
  }

  addPlain(order: PlainOrder): void {
    const words = this.#words;
    const { at, amountFen, quantity, items } = order;
    this.#names.push(words.at("Order Completed"), words.at(""));
    this.#orderIds.add(order.order);
    writeSale(order, this.#properties);
    this.#properties.end();
    this.#numbers.push(at, amountFen, quantity);
    this.#items.push(items);
    if (order.refund === "") return;
    this.#names.push(words.at("Order Refunded"), words.at(""));
    this.#orderIds.add(order.order);
    this.#properties.add(order.refund);
    this.#numbers.push(at, amountFen, quantity);
    this.#items.push(items);
  }

  done(are: boolean): PackedEvents {
    return {
      names: Uint32Array.from(this.#names),
      numbers: Float64Array.from(this.#numbers),
      ...{ orderIds: this.#orderIds.done(), properties: this.#properties.done(), items: this.#items, are },
    };
  }
}

const nothing: Omit<StatedRecord, "kind"> = {
  ...{ key: "", part: "", changedAt: null, at: null, identifiers: [], otherwise: null, fields: "" },
  ...{ said: [], marks: [], told: [] },
};
