import type { Mark } from "../../cleaning/marks.ts";
import type { Item } from "../../events/event.ts";
import type { Identifier } from "../../people/identity.ts";
import type { RecordEvent, RecordSaid, StatedRecord } from "../../records/record.ts";
import type { RefusedRow } from "../refused-rows.ts";
import { isRefused } from "./gather.ts";
import type { HandedRecord, Slice } from "./slice.ts";

/** A slice as it goes from thread to thread. */
export type SentSlice = Omit<Slice, "records"> & { records: Packed };

/**
 * Records on their way from the reading thread, column by column. As objects each would carry the names of its fields
 * along, and thousands of small objects would be copied, held and collected on both sides; so the other side makes them
 * only when it looks. Texts and items that many records share go over once.
 */
export interface Packed {
  readonly kind: StatedRecord["kind"] | "";
  readonly rows: Uint32Array;
  readonly occurrences: Uint32Array;
  /** Why a record was refused; "": it was not. */
  readonly refused: string[];
  readonly keys: string[];
  readonly parts: string[];
  /** NaN: not said. */
  readonly changedAt: Float64Array;
  readonly at: Float64Array;
  /** Namespace and value after each other; of record i from `firstIdentifier[i]` on. */
  readonly identifiers: string[];
  readonly firstIdentifier: Uint32Array;
  /** Namespace and value; "" for none. */
  readonly otherwise: string[];
  readonly fields: string[];
  /** JSON, as it is hashed. */
  readonly said: string[];
  readonly marks: (readonly Mark[])[];
  readonly firstEvent: Uint32Array;
  readonly events: PackedEvents;
}

interface PackedEvents {
  /** Name, which, order's number and properties after each other. */
  readonly texts: string[];
  /** At, fen and quantity after each other. */
  readonly numbers: Float64Array;
  readonly items: (readonly Item[])[];
  /** Whether the records say their events at all. */
  readonly are: boolean;
}

const none: readonly Mark[] = [];

export function pack(records: readonly HandedRecord[]): Packed {
  const count = records.length;
  const packed = {
    kind: "" as Packed["kind"],
    rows: new Uint32Array(count),
    occurrences: new Uint32Array(count),
    ...{ refused: [] as string[], keys: [] as string[], parts: [] as string[], fields: [] as string[] },
    ...{ said: [] as string[], identifiers: [] as string[], otherwise: [] as string[] },
    changedAt: new Float64Array(count),
    at: new Float64Array(count),
    firstIdentifier: new Uint32Array(count + 1),
    marks: [] as (readonly Mark[])[],
    firstEvent: new Uint32Array(count + 1),
  };
  const events = { texts: [] as string[], numbers: [] as number[], items: [] as (readonly Item[])[] };
  let told = 0;
  for (const [i, { rows, occurrence, read }] of records.entries()) {
    packed.rows[i] = rows;
    packed.occurrences[i] = occurrence;
    const stated = isRefused(read) ? nothing : read;
    packed.refused.push(isRefused(read) ? read.refused : "");
    if (!isRefused(read)) packed.kind = read.kind;
    packed.keys.push(stated.key);
    packed.parts.push(stated.part);
    packed.changedAt[i] = stated.changedAt ?? Number.NaN;
    packed.at[i] = stated.at ?? Number.NaN;
    for (const { namespace, value } of stated.identifiers) packed.identifiers.push(namespace, value);
    packed.firstIdentifier[i + 1] = packed.identifiers.length / 2;
    packed.otherwise.push(stated.otherwise?.namespace ?? "", stated.otherwise?.value ?? "");
    packed.fields.push(stated.fields);
    packed.said.push(stated.said.length === 0 ? "" : JSON.stringify(stated.said));
    packed.marks.push(stated.marks.length === 0 ? none : stated.marks);
    if (stated.told !== undefined) told += 1;
    for (const event of stated.told ?? []) {
      events.texts.push(event.name, event.which, event.orderId, event.properties);
      events.numbers.push(event.at, event.amountFen, event.quantity);
      events.items.push(event.items);
    }
    packed.firstEvent[i + 1] = events.items.length;
  }
  const { texts, items } = events;
  const are = told > 0;
  return { ...packed, events: { texts, items, are, numbers: Float64Array.from(events.numbers) } };
}

const nothing: Omit<StatedRecord, "kind"> = {
  ...{ key: "", part: "", changedAt: null, at: null, identifiers: [], otherwise: null, fields: "" },
  ...{ said: [], marks: [], told: [] },
};

export function unpack(packed: Packed): HandedRecord[] {
  return packed.keys.map((_, i) => {
    const refused = packed.refused[i] as string;
    return {
      rows: packed.rows[i] as number,
      occurrence: packed.occurrences[i] as number,
      read: refused === "" ? new PackedRecord(packed, i) : { refused: refused as RefusedRow },
    };
  });
}

/** One of the records. Whoever wants it otherwise copies it by `plainRecord`: a spread would copy nothing. */
class PackedRecord implements StatedRecord {
  readonly #in: Packed;
  readonly #at: number;

  constructor(packed: Packed, at: number) {
    this.#in = packed;
    this.#at = at;
  }

  get kind(): StatedRecord["kind"] {
    return this.#in.kind as StatedRecord["kind"];
  }
  get key(): string {
    return this.#in.keys[this.#at] as string;
  }
  get part(): string {
    return this.#in.parts[this.#at] as string;
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
    const { identifiers, firstIdentifier } = this.#in;
    const found: Identifier[] = [];
    const end = firstIdentifier[this.#at + 1] as number;
    for (let i = firstIdentifier[this.#at] as number; i < end; i += 1)
      found.push({ namespace: identifiers[2 * i] as string, value: identifiers[2 * i + 1] as string });
    return found;
  }
  get otherwise(): Identifier | null {
    const namespace = this.#in.otherwise[2 * this.#at] as string;
    if (namespace === "") return null;
    return { namespace, value: this.#in.otherwise[2 * this.#at + 1] as string };
  }
  get fields(): string {
    return this.#in.fields[this.#at] as string;
  }
  get said(): RecordSaid[] {
    const text = this.saidText;
    return text === "" ? [] : (JSON.parse(text) as RecordSaid[]);
  }
  get saidText(): string {
    return this.#in.said[this.#at] as string;
  }
  get marks(): readonly Mark[] {
    return this.#in.marks[this.#at] as readonly Mark[];
  }
  get told(): RecordEvent[] | undefined {
    const { events, firstEvent } = this.#in;
    if (!events.are) return undefined;
    const told: RecordEvent[] = [];
    const end = firstEvent[this.#at + 1] as number;
    for (let i = firstEvent[this.#at] as number; i < end; i += 1) told.push(eventAt(events, i));
    return told;
  }
}

const eventAt = ({ texts, numbers, items }: PackedEvents, i: number): RecordEvent => ({
  name: texts[4 * i] as string,
  which: texts[4 * i + 1] as string,
  at: numbers[3 * i] as number,
  orderId: texts[4 * i + 2] as string,
  amountFen: numbers[3 * i + 1] as number,
  quantity: numbers[3 * i + 2] as number,
  items: items[i] as readonly Item[],
  properties: texts[4 * i + 3] as string,
});

/** A record as an object of its own. */
export const plainRecord = (record: StatedRecord): StatedRecord => ({
  ...{ kind: record.kind, key: record.key, part: record.part, changedAt: record.changedAt, at: record.at },
  ...{ identifiers: record.identifiers, otherwise: record.otherwise, fields: record.fields },
  ...{ said: record.said, marks: record.marks },
  ...(record.told === undefined ? {} : { told: record.told }),
});
