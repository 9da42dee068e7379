import type { Mark } from "../../cleaning/marks.ts";
import type { Item } from "../../events/event.ts";
import { textOf } from "../../events/utf8.ts";
import type { RecordEvent, StatedRecord } from "../../records/record.ts";
import type { RecordHash } from "../../records/record-hash.ts";
import { isRefused } from "./gather.ts";
import type { HandedRecord, Slice } from "./slice.ts";
import { type TextColumn, TextPacker } from "./text-column.ts";

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

export interface PackedEvents {
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
