import type { Mark } from "../../cleaning/marks.ts";
import type { Item } from "../../events/event.ts";
import { type Text, textOf } from "../../events/utf8.ts";
import type { Identifier } from "../../people/identity.ts";
import type { RecordEvent, RecordSaid, StatedRecord } from "../../records/record.ts";
import type { RecordHash } from "../../records/record-hash.ts";
import type { RefusedRow } from "../refused-rows.ts";
import { isRefused } from "./gather.ts";
import type { HandedRecord, Slice } from "./slice.ts";
import { type TextColumn, TextPacker, Texts } from "./text-column.ts";

/** A slice as it goes from thread to thread. */
export type SentSlice = Omit<Slice, "records"> & { records: Packed };

/**
 * Records on their way from the reading thread, column by column. As objects each would carry the names of its fields
 * along, and thousands of small objects would be copied, held and collected on both sides; so the other side makes them
 * only when it looks. Columns of numbers and texts change hands as they are; words and items that many records share go
 * over once.
 */
export interface Packed {
  readonly kind: StatedRecord["kind"] | "";
  /** Namespaces, parts, names of events and reasons: each once. */
  readonly words: readonly string[];
  readonly rows: Column;
  readonly occurrences: Column;
  /** The word why a record was refused; that of "": it was not. */
  readonly refused: Column;
  readonly keys: TextColumn;
  /** A word each. */
  readonly parts: Column;
  /** Which record, and everything it says, as hashes; empty where the reader had no key for them. */
  readonly ids: BigUint64Array<ArrayBuffer>;
  readonly contents: BigUint64Array<ArrayBuffer>;
  /** NaN: not said. */
  readonly changedAt: Float64Array<ArrayBuffer>;
  readonly at: Float64Array<ArrayBuffer>;
  /** Those of record i from `firstIdentifier[i]` on. */
  readonly namespaces: Column;
  readonly identifiers: TextColumn;
  readonly firstIdentifier: Column;
  /** The word "" for none. */
  readonly otherNamespaces: Column;
  readonly others: TextColumn;
  readonly fields: TextColumn;
  /** JSON, as it is hashed. */
  readonly said: TextColumn;
  readonly marks: (readonly Mark[])[];
  readonly firstEvent: Column;
  readonly events: PackedEvents;
}

type Column = Uint32Array<ArrayBuffer>;

interface PackedEvents {
  /** The words of name and which after each other. */
  readonly names: Column;
  readonly orderIds: TextColumn;
  readonly properties: TextColumn;
  /** At, fen and quantity after each other. */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly items: (readonly Item[])[];
  /** Whether the records say their events at all. */
  readonly are: boolean;
}

const none: readonly Mark[] = [];

export function pack(records: readonly HandedRecord[], hash: RecordHash | null): Packed {
  const count = records.length;
  const words = new Words();
  const texts = (bytesEach: number) => new TextPacker(count, bytesEach);
  const [keys, fields, said, others] = [texts(24), texts(640), texts(160), texts(24)];
  const identifiers = new TextPacker(2 * count, 16);
  const column = () => new Uint32Array(count);
  const packed = {
    kind: "" as Packed["kind"],
    ...{
      rows: column(),
      occurrences: column(),
      refused: column(),
      parts: column(),
      otherNamespaces: column(),
    },
    ...{
      ids: new BigUint64Array(hash === null ? 0 : count),
      contents: new BigUint64Array(hash === null ? 0 : count),
    },
    ...{ changedAt: new Float64Array(count), at: new Float64Array(count) },
    ...{ firstIdentifier: new Uint32Array(count + 1), firstEvent: new Uint32Array(count + 1) },
    marks: [] as (readonly Mark[])[],
  };
  const namespaces: number[] = [];
  const events = new EventPacker(count, words);
  let told = 0;
  for (const [i, { rows, occurrence, read }] of records.entries()) {
    packed.rows[i] = rows;
    packed.occurrences[i] = occurrence;
    const stated = isRefused(read) ? nothing : read;
    packed.refused[i] = words.at(isRefused(read) ? read.refused : "");
    if (!isRefused(read)) {
      packed.kind = read.kind;
      if (hash !== null) {
        packed.ids[i] = BigInt(hash.id(read.kind, read.key));
        packed.contents[i] = BigInt(hash.content(read));
      }
    }
    keys.add(stated.key);
    packed.parts[i] = words.at(stated.part);
    packed.changedAt[i] = stated.changedAt ?? Number.NaN;
    packed.at[i] = stated.at ?? Number.NaN;
    for (const { namespace, value } of stated.identifiers) {
      namespaces.push(words.at(namespace));
      identifiers.add(value);
    }
    packed.firstIdentifier[i + 1] = namespaces.length;
    packed.otherNamespaces[i] = words.at(stated.otherwise?.namespace ?? "");
    others.add(stated.otherwise?.value ?? "");
    fields.add(textOf(stated.fields));
    said.add(stated.said.length === 0 ? "" : JSON.stringify(stated.said));
    packed.marks.push(stated.marks.length === 0 ? none : stated.marks);
    if (stated.told !== undefined) told += 1;
    for (const event of stated.told ?? []) events.add(event);
    packed.firstEvent[i + 1] = events.count;
  }
  return {
    ...packed,
    ...{ keys: keys.done(), fields: fields.done(), said: said.done(), others: others.done() },
    ...{ identifiers: identifiers.done(), namespaces: Uint32Array.from(namespaces) },
    events: events.done(told > 0),
    words: words.all,
  };
}

/** What of a slice changes hands without being copied. */
export const movedOf = ({ events, ...packed }: Packed): ArrayBuffer[] =>
  [packed, events].flatMap((columns) =>
    Object.values(columns).flatMap((column) => {
      if (ArrayBuffer.isView(column)) return [column.buffer as ArrayBuffer];
      if (column !== null && typeof column === "object" && "ends" in column)
        return [column.bytes.buffer, column.ends.buffer];
      return [];
    }),
  );

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

  constructor(count: number, words: Words) {
    this.#words = words;
    this.#orderIds = new TextPacker(count, 24);
    this.#properties = new TextPacker(count, 640);
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

export function unpack(packed: Packed): HandedRecord[] {
  const { events } = packed;
  const slice: Unpacked = {
    ...packed,
    ...{ keys: new Texts(packed.keys), fields: new Texts(packed.fields), said: new Texts(packed.said) },
    ...{ identifiers: new Texts(packed.identifiers), others: new Texts(packed.others) },
    events: { ...events, orderIds: new Texts(events.orderIds), properties: new Texts(events.properties) },
  };
  return Array.from(packed.rows, (rows, i) => {
    const refused = wordAt(packed, packed.refused[i]);
    return {
      rows,
      occurrence: packed.occurrences[i] as number,
      read: refused === "" ? new PackedRecord(slice, i) : { refused: refused as RefusedRow },
    };
  });
}

const wordAt = ({ words }: Pick<Packed, "words">, place: number | undefined): string =>
  words[place as number] as string;

/** A slice on this side: its texts as they are read. */
type Unpacked = Omit<Packed, TextsOf<Packed> | "events"> &
  Record<TextsOf<Packed>, Texts> & {
    readonly events: Omit<PackedEvents, TextsOf<PackedEvents>> & Record<TextsOf<PackedEvents>, Texts>;
  };
type TextsOf<Columns> = {
  [Name in keyof Columns]: Columns[Name] extends TextColumn ? Name : never;
}[keyof Columns];

/** One of the records. Whoever wants it otherwise copies it by `plainRecord`: a spread would copy nothing. */
class PackedRecord implements StatedRecord {
  readonly #in: Unpacked;
  readonly #at: number;

  constructor(slice: Unpacked, at: number) {
    this.#in = slice;
    this.#at = at;
  }

  get kind(): StatedRecord["kind"] {
    return this.#in.kind as StatedRecord["kind"];
  }
  get key(): string {
    return this.#in.keys.text(this.#at);
  }
  get part(): string {
    return wordAt(this.#in, this.#in.parts[this.#at]);
  }
  get hashes(): StatedRecord["hashes"] {
    const { ids, contents } = this.#in;
    if (ids.length === 0) return undefined;
    return { id: String(ids[this.#at]), content: String(contents[this.#at]) };
  }
  get changedAt(): number | null {
    const at = this.#in.changedAt[this.#at] as number;
    return Number.isNaN(at) ? null : at;
  }
  get at(): number | null {
    const at = this.#in.at[this.#at] as number;
    return Number.isNaN(at) ? null : at;
  }
  get identifiers(): Identifier[] {
    const { namespaces, identifiers, firstIdentifier } = this.#in;
    const found: Identifier[] = [];
    const end = firstIdentifier[this.#at + 1] as number;
    for (let i = firstIdentifier[this.#at] as number; i < end; i += 1)
      found.push({ namespace: wordAt(this.#in, namespaces[i]), value: identifiers.text(i) });
    return found;
  }
  get otherwise(): Identifier | null {
    const namespace = wordAt(this.#in, this.#in.otherNamespaces[this.#at]);
    return namespace === "" ? null : { namespace, value: this.#in.others.text(this.#at) };
  }
  get fields(): Text {
    return this.#in.fields.utf8(this.#at);
  }
  get said(): RecordSaid[] {
    const text = this.saidText;
    return text === "" ? [] : (JSON.parse(text) as RecordSaid[]);
  }
  get saidText(): string {
    return this.#in.said.text(this.#at);
  }
  get marks(): readonly Mark[] {
    return this.#in.marks[this.#at] as readonly Mark[];
  }
  get told(): RecordEvent[] | undefined {
    const { events, firstEvent } = this.#in;
    if (!events.are) return undefined;
    const told: RecordEvent[] = [];
    const end = firstEvent[this.#at + 1] as number;
    for (let i = firstEvent[this.#at] as number; i < end; i += 1) told.push(eventAt(this.#in, i));
    return told;
  }
}

function eventAt(slice: Unpacked, i: number): RecordEvent {
  const { names, numbers, items, orderIds, properties } = slice.events;
  return {
    name: wordAt(slice, names[2 * i]),
    which: wordAt(slice, names[2 * i + 1]),
    at: numbers[3 * i] as number,
    orderId: orderIds.text(i),
    amountFen: numbers[3 * i + 1] as number,
    quantity: numbers[3 * i + 2] as number,
    items: items[i] as readonly Item[],
    properties: properties.utf8(i),
  };
}

/** A record as an object of its own, to be changed: without hashes, and its texts as texts. */
export const plainRecord = (record: StatedRecord): StatedRecord => ({
  ...{ kind: record.kind, key: record.key, part: record.part, changedAt: record.changedAt, at: record.at },
  ...{ identifiers: record.identifiers, otherwise: record.otherwise, fields: textOf(record.fields) },
  ...{ said: record.said, marks: record.marks },
  ...(record.told === undefined
    ? {}
    : { told: record.told.map((event) => ({ ...event, properties: textOf(event.properties) })) }),
});
