import type { Mark } from "../../cleaning/marks.ts";
import type { Item } from "../../events/event.ts";
import { type Text, textOf } from "../../events/utf8.ts";
import type { Identifier } from "../../people/identity.ts";
import type { RecordEvent, RecordSaid, StatedRecord } from "../../records/record.ts";
import type { RefusedRow } from "../refused-rows.ts";
import type { Packed, PackedEvents } from "./packed.ts";
import type { HandedRecord } from "./slice.ts";
import { type TextColumn, Texts } from "./text-column.ts";

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
