import type { RecordKindId } from "@stork/contract/records.ts";
import { repeatedPlaces } from "./known-ids.ts";
import { OpenedRecords } from "./packed-record.ts";
import type { PackedEvents, PackedRecords } from "./packed-records.ts";
import type { RecordHash } from "./record-hash.ts";
import { hashed, isKept, newlyAdded, recordKey, type Taken } from "./taking.ts";

/** What is done with the record at a place. */
export const ways = {
  /** Nothing: it was refused, or it is about nobody although its kind needs somebody. */
  none: 0,
  /** Nothing was known of it and nothing about it is unusual: its columns are stored as they are. */
  plain: 1,
  /** It is decided, stored and told of as an object. */
  odd: 2,
} as const;

/** A slice's records on their way in: the plain ones as columns, and an object for each of the others. */
export class PackedSlice {
  readonly kind: RecordKindId;
  readonly opened: OpenedRecords;
  readonly packed: PackedRecords;
  readonly count: number;
  /** One of `ways` for each place. */
  readonly way: Uint8Array;
  readonly odd = new Map<number, Taken>();
  /** Whom each is about; 0: nobody. */
  readonly nodes: Float64Array;
  /** Those turned away, since nobody can be found in them though their kind needs somebody. */
  readonly turnedAway: number[] = [];

  constructor(kind: RecordKindId, packed: PackedRecords, isLeftOut: (place: number) => boolean) {
    if (packed.ids.length !== packed.parts.length) throw new Error("packed records without their hashes");
    this.kind = kind;
    this.packed = packed;
    this.opened = new OpenedRecords(packed);
    this.count = packed.parts.length;
    this.way = new Uint8Array(this.count);
    this.nodes = new Float64Array(this.count);
    for (let place = 0; place < this.count; place += 1)
      if (!isLeftOut(place))
        this.way[place] = packed.events.are && isUsual(packed, place) ? ways.plain : ways.odd;
  }

  /** Those of an id that is known, or that others of the slice have too, are odd. */
  setApart(halves: Uint32Array, maybe: readonly number[], known: ReadonlyMap<string, unknown>): void {
    const apart = repeatedPlaces(halves);
    for (const place of maybe)
      if (known.has(recordKey(this.kind, String(this.packed.ids[place])))) apart.add(place);
    for (const place of apart) if (this.way[place] !== ways.none) this.way[place] = ways.odd;
  }

  /** Makes an object of each that is odd. */
  takeOdd(hash: RecordHash): Taken[] {
    for (let place = 0; place < this.count; place += 1)
      if (this.way[place] === ways.odd) {
        const [one] = hashed([this.opened.record(place)], hash);
        this.odd.set(place, one as Taken);
      }
    return [...this.odd.values()];
  }

  /** Makes a plain one odd. */
  makeOdd(place: number, received: number): Taken {
    const record = this.opened.record(place);
    const one: Taken = {
      record,
      ...{ id: this.idOf(place), hash: String(this.packed.contents[place]) },
      decision: newlyAdded(record.changedAt, received),
      ...{ node: this.nodes[place] as number, marks: record.marks },
    };
    this.way[place] = ways.odd;
    this.odd.set(place, one);
    return one;
  }

  turnAway(place: number): void {
    this.way[place] = ways.none;
    this.turnedAway.push(place);
  }

  /** The places of those of which a version is to be written. */
  keptPlaces(): number[] {
    const places: number[] = [];
    for (let place = 0; place < this.count; place += 1) {
      if (this.way[place] === ways.none) continue;
      const one = this.odd.get(place);
      if (one === undefined || isKept(one)) places.push(place);
    }
    return places;
  }

  idOf(place: number): string {
    return String(this.packed.ids[place]);
  }

  /** When it happened; null: when it was received. */
  atOf(place: number): number | null {
    const at = this.packed.at[place] as number;
    return Number.isNaN(at) ? null : at;
  }
}

/** Instants whose text and number every reader of them takes for the same: of this and the last century. */
const isUsualAt = (at: number): boolean =>
  Number.isNaN(at) || (Number.isInteger(at) && at >= 1e11 && at < 1e13);
const isInt32 = (value: number): boolean => (value | 0) === value;

function isUsual({ at, changedAt, firstEvent, firstMark, marks, events }: PackedRecords, place: number) {
  if (!isUsualAt(at[place] as number) || !isUsualAt(changedAt[place] as number)) return false;
  const markEnd = firstMark[place + 1] as number;
  for (let i = (firstMark[place] as number) + 1; i < markEnd; i += 1)
    if (marks.indexOf(marks[i] as number, firstMark[place]) < i) return false;
  const end = firstEvent[place + 1] as number;
  for (let i = firstEvent[place] as number; i < end; i += 1) if (!isUsualEvent(events, i)) return false;
  return true;
}

function isUsualEvent(events: PackedEvents, i: number): boolean {
  const { at, amountFen, quantity, firstItem, quantities, amounts } = events;
  if (!isUsualAt(at[i] as number) || !Number.isSafeInteger(amountFen[i])) return false;
  if (!isInt32(quantity[i] as number)) return false;
  const end = firstItem[i + 1] as number;
  for (let item = firstItem[i] as number; item < end; item += 1)
    if (!isInt32(quantities[item] as number) || !Number.isSafeInteger(amounts[item])) return false;
  return true;
}
