import type { Mark } from "../../cleaning/marks.ts";
import { textOf } from "../../events/utf8.ts";
import { splitTraits } from "../../people/traits.ts";
import type { StatedRecord } from "../../records/record.ts";
import { type RecordHash, saidBeside } from "../../records/record-hash.ts";
import { type PlainOrder, refundText, writeFields, writeSaid, writeSale } from "../plain-order.ts";
import { Bytes } from "./bytes.ts";
import { EventColumns } from "./event-columns.ts";
import { type Bits, bits, type Numbers, numbers, type Wholes, wholes } from "./number-column.ts";
import type { Packed } from "./packed.ts";
import { TextPacker } from "./text-column.ts";
import { TraitColumns } from "./trait-columns.ts";
import { Words } from "./words.ts";

/** What a record is besides its texts and its events. */
interface Rest
  extends Pick<StatedRecord, "part" | "changedAt" | "at" | "identifiers" | "otherwise" | "marks"> {
  readonly rows: number;
  readonly occurrence: number;
  readonly refused: string;
}

const none: readonly Mark[] = [];

/** The columns of the slice under way. As long as those of the slice before from the start, so that few have to grow. */
export class RecordColumns {
  #kind: Packed["kind"] = "";
  #ofChildren = false;
  readonly #hash: RecordHash | null;
  readonly #words = new Words();
  readonly #rows: Wholes;
  readonly #ids: Bits;
  readonly #contents: Bits;
  readonly #occurrences: Wholes;
  readonly #refused: Wholes;
  readonly #parts: Wholes;
  readonly #otherNamespaces: Wholes;
  readonly #changedAt: Numbers;
  readonly #at: Numbers;
  readonly #firstIdentifier: Wholes;
  readonly #namespaces: Wholes;
  readonly #firstEvent: Wholes;
  readonly #marks: (readonly Mark[])[] = [];
  readonly #keys: TextPacker;
  readonly #identifiers: TextPacker;
  readonly #others: TextPacker;
  readonly #fields: TextPacker;
  readonly #said: TextPacker;
  readonly #events: EventColumns;
  readonly #traits: TraitColumns;
  readonly #beside = new Bytes();
  #told = 0;

  constructor(hash: RecordHash | null, before?: RecordColumns) {
    const sizes = before?.sizes;
    const count = sizes?.count;
    this.#hash = hash;
    this.#rows = wholes(count);
    this.#ids = bits(count);
    this.#contents = bits(count);
    this.#occurrences = wholes(count);
    this.#refused = wholes(count);
    this.#parts = wholes(count);
    this.#otherNamespaces = wholes(count);
    this.#changedAt = numbers(count);
    this.#at = numbers(count);
    this.#firstIdentifier = wholes(count);
    this.#firstIdentifier.push(0);
    this.#namespaces = wholes(sizes?.identifiers.texts);
    this.#firstEvent = wholes(count);
    this.#firstEvent.push(0);
    this.#keys = new TextPacker(sizes?.keys);
    this.#identifiers = new TextPacker(sizes?.identifiers);
    this.#others = new TextPacker(sizes?.others);
    this.#fields = new TextPacker(sizes?.fields);
    this.#said = new TextPacker(sizes?.said);
    this.#traits = new TraitColumns(this.#words, sizes?.traits);
    this.#events = new EventColumns(hash, this.#words, sizes?.events);
  }

  get sizes() {
    return {
      count: this.#rows.count + 1,
      ...{ keys: this.#keys.sizes, identifiers: this.#identifiers.sizes, others: this.#others.sizes },
      ...{ fields: this.#fields.sizes, said: this.#said.sizes, events: this.#events.sizes },
      traits: this.#traits.sizes,
    };
  }

  refuse(why: string, rows: number): void {
    this.#fields.add("");
    this.#said.add("");
    this.#keys.add("");
    // Hashes of what says nothing, so that each stands in its place.
    if (this.#hash !== null) {
      this.#ids.push(0n);
      this.#contents.push(0n);
    }
    this.#end({ ...nothing, refused: why, rows });
  }

  add(stated: StatedRecord, rows: number, occurrence: number): void {
    const text = stated.said.length === 0 ? "" : JSON.stringify(stated.said);
    if (stated.said.some(({ kind }) => kind === "child")) this.#ofChildren = true;
    this.#fields.add(textOf(stated.fields));
    const id = this.#begin(stated.kind, stated.key, stated, text);
    if (stated.told !== undefined) {
      this.#told += 1;
      for (const event of stated.told) this.#events.add(id, event, event.properties);
    }
    const [only] = stated.said;
    if (only?.kind === "traits" && stated.said.length === 1) this.#traits.add(splitTraits(only.traits));
    const { part, changedAt, at, identifiers, otherwise, marks } = stated;
    const rest = { part, changedAt, at, identifiers, otherwise, marks };
    this.#end({ ...rest, rows, occurrence, refused: "" });
  }

  /** By hand what `add` does: of a hundred orders this takes 98. */
  addPlain(order: PlainOrder, rows: number): void {
    const { at, shop, identifiers } = order;
    this.#kind = "order";
    writeFields(order, this.#fields);
    this.#fields.end();
    this.#keys.bytes(shop.keyPrefix);
    this.#keys.piece(order.order);
    this.#keys.end();
    writeSaid(order, this.#said);
    this.#said.end();
    const id = this.#hashPlain(order);
    if (order.name.size > 0) this.#traits.addName(order.name);
    this.#traits.addPlain(order.place.traits);
    this.#told += 1;
    writeSale(order, this.#events.properties);
    this.#events.properties.end();
    this.#events.addPlain(id, "Order Completed", order);
    if (order.status === "refunded") {
      this.#events.properties.add(refundText(order));
      this.#events.addPlain(id, "Order Refunded", order);
    }
    for (const { namespace, value } of identifiers) {
      this.#namespaces.push(this.#words.at(namespace));
      this.#identifiers.piece(value);
      this.#identifiers.end();
    }
    this.#others.piece(order.order);
    this.#others.end();
    const unsaid = this.#words.at("");
    this.#parts.push(unsaid);
    this.#changedAt.push(Number.NaN);
    this.#at.push(at);
    this.#otherNamespaces.push(this.#words.at(shop.namespace));
    this.#marks.push(order.marks.length === 0 ? none : order.marks);
    this.#endRow(rows, 0, unsaid);
  }

  #hashPlain({ identifiers, marks }: PlainOrder): bigint {
    const hash = this.#hash;
    if (hash === null) return 0n;
    const id = hash.idBitsOf("order", this.#keys.last());
    this.#ids.push(id);
    const beside = this.#beside;
    beside.clear();
    for (const { before, value } of identifiers) {
      beside.bytes(before);
      beside.piece(value);
    }
    const { bytes, from, to } = this.#said.last();
    beside.bytes(bytes, from, to);
    if (marks.length > 0) beside.text(saidBeside({ identifiers: [], marks }, ""));
    this.#contents.push(hash.contentBitsOf(this.#fields.last(), beside.utf8));
    return id;
  }

  key(place: number): string {
    return this.#keys.read(place);
  }

  /** What the hashes are made of; the fields were put in before. Answers which record it is. */
  #begin(
    kind: StatedRecord["kind"],
    key: string,
    beside: Parameters<typeof saidBeside>[0],
    said: string,
  ): bigint {
    this.#kind = kind;
    this.#keys.add(key);
    this.#said.add(said);
    if (this.#hash === null) return 0n;
    const id = this.#hash.idBits(kind, key);
    this.#ids.push(id);
    this.#contents.push(this.#hash.contentBits(this.#fields.last(), saidBeside(beside, said)));
    return id;
  }

  /** The rest of a record, after its texts and its events. */
  #end(rest: Rest): void {
    const words = this.#words;
    this.#parts.push(words.at(rest.part));
    this.#changedAt.push(rest.changedAt ?? Number.NaN);
    this.#at.push(rest.at ?? Number.NaN);
    for (const { namespace, value } of rest.identifiers) {
      this.#namespaces.push(words.at(namespace));
      this.#identifiers.add(value);
    }
    this.#otherNamespaces.push(words.at(rest.otherwise?.namespace ?? ""));
    this.#others.add(rest.otherwise?.value ?? "");
    this.#marks.push(rest.marks.length === 0 ? none : rest.marks);
    this.#endRow(rest.rows, rest.occurrence, words.at(rest.refused));
  }

  /** How many rows it was read from, what became of them, and where what it has several of ends. */
  #endRow(rows: number, occurrence: number, refused: number): void {
    this.#rows.push(rows);
    this.#occurrences.push(occurrence);
    this.#refused.push(refused);
    this.#firstIdentifier.push(this.#namespaces.count);
    this.#firstEvent.push(this.#events.count);
    this.#traits.end();
  }

  done(more: ReadonlyMap<number, readonly Mark[]>): Packed {
    for (const [place, marks] of more)
      this.#marks[place] = [...new Set([...(this.#marks[place] ?? none), ...marks])];
    return {
      ...{ kind: this.#kind, ofChildren: this.#ofChildren },
      ...{ rows: this.#rows.done(), occurrences: this.#occurrences.done() },
      ...{ refused: this.#refused.done(), parts: this.#parts.done() },
      ...{ ids: this.#ids.done(), contents: this.#contents.done() },
      ...{ changedAt: this.#changedAt.done(), at: this.#at.done() },
      firstIdentifier: this.#firstIdentifier.done(),
      namespaces: this.#namespaces.done(),
      ...{ keys: this.#keys.done(), identifiers: this.#identifiers.done(), others: this.#others.done() },
      otherNamespaces: this.#otherNamespaces.done(),
      ...{ fields: this.#fields.done(), said: this.#said.done() },
      ...this.#marksDone(),
      firstEvent: this.#firstEvent.done(),
      traits: this.#traits.done(),
      events: this.#events.done(this.#told > 0),
      words: this.#words.all,
    };
  }

  #marksDone(): Pick<Packed, "firstMark" | "marks"> {
    const firstMark = new Uint32Array(this.#marks.length + 1);
    const marks: number[] = [];
    for (const [i, some] of this.#marks.entries()) {
      for (const mark of some) marks.push(this.#words.at(mark));
      firstMark[i + 1] = marks.length;
    }
    return { firstMark, marks: new Uint32Array(marks) };
  }
}

const nothing: Rest = {
  ...{ part: "", changedAt: null, at: null, identifiers: [], otherwise: null, marks: none },
  ...{ rows: 0, occurrence: 0, refused: "" },
};
