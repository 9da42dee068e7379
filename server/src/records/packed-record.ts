import type { RecordKindId } from "@stork/contract/records.ts";
import { isExcluded, type Mark } from "../cleaning/marks.ts";
import type { Item, Outline } from "../events/event.ts";
import { Texts } from "../events/text-column.ts";
import { type Text, textOf } from "../events/utf8.ts";
import type { Identifier } from "../people/identity.ts";
import type { PackedRecords } from "./packed-records.ts";
import type { RecordEvent, RecordSaid, StatedRecord } from "./record.ts";

/** Packed records with their texts as they are read. */
export class OpenedRecords {
  readonly packed: PackedRecords;
  readonly keys: Texts;
  readonly fields: Texts;
  readonly said: Texts;
  readonly identifiers: Texts;
  readonly others: Texts;
  readonly orderIds: Texts;
  readonly properties: Texts;
  readonly skus: Texts;
  readonly #excluding = new Map<number, boolean>();

  constructor(packed: PackedRecords) {
    const { events } = packed;
    this.packed = packed;
    this.keys = new Texts(packed.keys);
    this.fields = new Texts(packed.fields);
    this.said = new Texts(packed.said);
    this.identifiers = new Texts(packed.identifiers);
    this.others = new Texts(packed.others);
    this.orderIds = new Texts(events.orderIds);
    this.properties = new Texts(events.properties);
    this.skus = new Texts(events.skus);
  }

  word(place: number | undefined): string {
    return this.packed.words[place as number] as string;
  }

  record(i: number): StatedRecord {
    return new PackedRecord(this, i);
  }

  identifiersOf(i: number): Identifier[] {
    const { namespaces, firstIdentifier } = this.packed;
    const from = firstIdentifier[i] as number;
    // Of its very length: what is pushed to takes room for sixteen more.
    const found = new Array<Identifier>((firstIdentifier[i + 1] as number) - from);
    for (let k = 0; k < found.length; k += 1)
      found[k] = { namespace: this.word(namespaces[from + k]), value: this.identifiers.text(from + k) };
    return found;
  }

  otherwiseOf(i: number): Identifier | null {
    const namespace = this.word(this.packed.otherNamespaces[i]);
    return namespace === "" ? null : { namespace, value: this.others.text(i) };
  }

  marksOf(i: number): readonly Mark[] {
    const { marks, firstMark } = this.packed;
    const from = firstMark[i] as number;
    const to = firstMark[i + 1] as number;
    if (from === to) return none;
    const found: Mark[] = [];
    for (let at = from; at < to; at += 1) found.push(this.word(marks[at]) as Mark);
    return found;
  }

  /** Whether any of its marks leaves it out of sums. */
  isExcluded(i: number): boolean {
    const { marks, firstMark } = this.packed;
    const to = firstMark[i + 1] as number;
    for (let at = firstMark[i] as number; at < to; at += 1)
      if (this.#excludes(marks[at] as number)) return true;
    return false;
  }

  /** Thousands of records have the same few marks. */
  #excludes(word: number): boolean {
    const known = this.#excluding.get(word);
    if (known !== undefined) return known;
    const excludes = isExcluded([this.word(word) as Mark]);
    this.#excluding.set(word, excludes);
    return excludes;
  }

  itemsOf(event: number): Item[] {
    const { firstItem, categories, quantities, amounts } = this.packed.events;
    const from = firstItem[event] as number;
    const items = new Array<Item>((firstItem[event + 1] as number) - from);
    for (let k = 0; k < items.length; k += 1) {
      const i = from + k;
      const [quantity, amountFen] = [quantities[i] as number, amounts[i] as number];
      items[k] = { sku: this.skus.text(i), category: this.word(categories[i]), quantity, amountFen };
    }
    return items;
  }

  outlineOf(record: number, event: number): Outline {
    const { namespaces, firstIdentifier, events } = this.packed;
    return {
      hasOrderId: !this.orderIds.isEmpty(event),
      namespaces: this.#wordsOf(namespaces, firstIdentifier, record),
      categories: this.#wordsOf(events.categories, events.firstItem, event),
    };
  }

  /** The words of what belongs to one of those whose first each is told. */
  #wordsOf(places: Uint32Array, first: Uint32Array, one: number): string[] {
    const from = first[one] as number;
    const found = new Array<string>((first[one + 1] as number) - from);
    for (let k = 0; k < found.length; k += 1) found[k] = this.word(places[from + k]);
    return found;
  }

  event(i: number): RecordEvent {
    const { names, which, at, amountFen, quantity } = this.packed.events;
    return {
      ...{ name: this.word(names[i]), which: this.word(which[i]), at: at[i] as number },
      ...{ orderId: this.orderIds.text(i), amountFen: amountFen[i] as number },
      ...{ quantity: quantity[i] as number, items: this.itemsOf(i), properties: this.properties.utf8(i) },
    };
  }
}

const none: readonly Mark[] = [];

/** A record that is made of its columns as it is asked. Whoever changes it copies it by `plainRecord`: a spread would copy nothing. */
class PackedRecord implements StatedRecord {
  readonly #of: OpenedRecords;
  readonly #at: number;

  constructor(of: OpenedRecords, at: number) {
    this.#of = of;
    this.#at = at;
  }

  get kind(): RecordKindId {
    return this.#of.packed.kind as RecordKindId;
  }
  get key(): string {
    return this.#of.keys.text(this.#at);
  }
  get part(): string {
    return this.#of.word(this.#of.packed.parts[this.#at]);
  }
  get hashes(): StatedRecord["hashes"] {
    const { ids, contents } = this.#of.packed;
    if (ids.length === 0) return undefined;
    return { id: String(ids[this.#at]), content: String(contents[this.#at]) };
  }
  get changedAt(): number | null {
    return saidAt(this.#of.packed.changedAt[this.#at]);
  }
  get at(): number | null {
    return saidAt(this.#of.packed.at[this.#at]);
  }
  get identifiers(): Identifier[] {
    return this.#of.identifiersOf(this.#at);
  }
  get otherwise(): Identifier | null {
    return this.#of.otherwiseOf(this.#at);
  }
  get fields(): Text {
    return this.#of.fields.utf8(this.#at);
  }
  get said(): RecordSaid[] {
    const text = this.saidText;
    return text === "" ? [] : (JSON.parse(text) as RecordSaid[]);
  }
  get saidText(): string {
    return this.#of.said.text(this.#at);
  }
  get marks(): readonly Mark[] {
    return this.#of.marksOf(this.#at);
  }
  get told(): RecordEvent[] | undefined {
    const { events, firstEvent } = this.#of.packed;
    if (!events.are) return undefined;
    const told: RecordEvent[] = [];
    const end = firstEvent[this.#at + 1] as number;
    for (let i = firstEvent[this.#at] as number; i < end; i += 1) told.push(this.#of.event(i));
    return told;
  }
}

const saidAt = (at: number | undefined): number | null => (Number.isNaN(at) ? null : (at as number));

/** A record as an object of its own, to be changed: without hashes, and its texts as texts. */
export const plainRecord = (record: StatedRecord): StatedRecord => ({
  ...{ kind: record.kind, key: record.key, part: record.part, changedAt: record.changedAt, at: record.at },
  ...{ identifiers: record.identifiers, otherwise: record.otherwise, fields: textOf(record.fields) },
  ...{ said: record.said, marks: record.marks },
  ...(record.told === undefined
    ? {}
    : { told: record.told.map((event) => ({ ...event, properties: textOf(event.properties) })) }),
});
