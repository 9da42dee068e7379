import type { RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import { kinds } from "./kinds.ts";
import type { Fields, RecordEvent } from "./record.ts";
import { currentOf, type WholeVersion } from "./version.ts";

/** A record as it counts: its parts read as one. */
export interface Whole {
  readonly fields: Fields;
  readonly node: number;
  readonly at: number;
  readonly marks: readonly Mark[];
  /** The version that says the most of where it comes from: that of the main part. */
  readonly main: WholeVersion;
}

/** The parts that count, as one; what the main part says goes before the others. null: nothing counts. */
export function wholeOf(versions: readonly WholeVersion[]): Whole | null {
  const current = currentOf(versions);
  const parts = [...current.values()].sort((a, b) => (a.part < b.part ? 1 : -1));
  const main = parts.at(-1);
  if (main === undefined) return null;
  if (parts.length === 1)
    return {
      fields: JSON.parse(main.fields) as Fields,
      node: main.node,
      at: main.at,
      marks: main.marks,
      main,
    };
  return {
    fields: Object.assign({}, ...parts.map(({ fields }) => JSON.parse(fields) as Fields)) as Fields,
    node: main.node || (parts.find(({ node }) => node !== 0)?.node ?? 0),
    at: main.at,
    marks: [...new Set(parts.flatMap(({ marks }) => marks))],
    main,
  };
}

/** The events that a whole record tells of. One without a time of its own happened when the record did. */
export const eventsOf = (kind: RecordKindId, { fields, at }: Pick<Whole, "fields" | "at">): RecordEvent[] =>
  withTimes(kinds[kind].tells(fields), at);

export const withTimes = (told: readonly RecordEvent[], at: number): RecordEvent[] =>
  told.map((event) => (Number.isNaN(event.at) ? { ...event, at } : event));

/**
 * Where an event stands in the table of events. A row replaces another of the same node and month only, and a reader may
 * ask for days before it asks which row is the newest; so one that stands at another instant is another place.
 */
export interface Place {
  readonly node: number;
  readonly at: number;
  readonly name: string;
  readonly which: string;
}

export const placeKey = ({ node, at, name, which }: Place): string => `${node} ${at} ${name}\n${which}`;

export const placesOf = (kind: RecordKindId, whole: Whole | null): Place[] =>
  whole === null || whole.node === 0
    ? []
    : eventsOf(kind, whole).map(({ at, name, which }) => ({
        node: whole.node,
        at,
        name,
        which,
      }));

/**
 * Everywhere the record's events may have been written before: as it counted after each version in the order they were
 * said, with and without those that were undone since.
 */
export function formerPlaces(kind: RecordKindId, versions: readonly WholeVersion[]): Map<string, Place> {
  const places = new Map<string, Place>();
  const inOrder = [...versions].sort((a, b) => a.stamp - b.stamp);
  const histories = [inOrder.map((version) => ({ ...version, undone: false }))];
  const standing = inOrder.filter(({ undone }) => !undone);
  if (standing.length < inOrder.length) histories.push(standing);
  for (const history of histories)
    for (let length = 1; length <= history.length; length += 1)
      for (const place of placesOf(kind, wholeOf(history.slice(0, length))))
        places.set(placeKey(place), place);
  return places;
}
