import { readInstant } from "../cleaning/instants.ts";
import type { Mark } from "../cleaning/marks.ts";
import { toFen } from "../cleaning/money.ts";
import { isPossible } from "../cleaning/time-bounds.ts";
import { stripPersonalData } from "../events/personal-data.ts";
import type { RefusedRecord, StateContext } from "./kind.ts";
import type { Fields } from "./record.ts";

/** Where a value cannot be read; caught by `stating` and answered as a refusal of the one record. */
class Unreadable extends Error {
  readonly refusal: RefusedRecord;
  constructor(refusal: RefusedRecord) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

/** Reads the values of one record, gathering marks. */
export class Canon {
  readonly marks: Set<Mark>;
  readonly #zone: string;
  readonly #now: number;

  constructor({ zone, now, marks = [] }: StateContext) {
    this.#zone = zone;
    this.#now = now;
    this.marks = new Set(marks);
  }

  /** Milliseconds; undefined when absent; a time that cannot be is marked and left out. */
  time(value: unknown, path: string): number | undefined {
    if (value === undefined || value === null || value === "") return undefined;
    const at = readInstant(value, this.#zone);
    if (at === null) throw new Unreadable({ refused: "records/time-unreadable", path });
    if (isPossible(at, this.#now)) return at;
    this.marks.add("time-impossible");
    return undefined;
  }

  /** A time that may lie ahead: expected, expires. */
  plannedTime(value: unknown, path: string): number | undefined {
    if (value === undefined || value === null || value === "") return undefined;
    const at = readInstant(value, this.#zone);
    if (at === null) throw new Unreadable({ refused: "records/time-unreadable", path });
    return at;
  }

  money(value: unknown, path: string): number | undefined {
    if (value === undefined || value === null || value === "") return undefined;
    const fen = toFen(value);
    if (fen === null) throw new Unreadable({ refused: "records/amount-unreadable", path });
    return fen;
  }
}

/** Runs the reading of one record; what cannot be read refuses this record alone. */
export function stating<Stated>(read: () => Stated): Stated | RefusedRecord {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return error.refusal;
    throw error;
  }
}

const dayMs = 86_400_000;
const days = new Map<number, string>();
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** An instant as text, as toISOString writes it; the day, which records of a file share, is written once. */
export function iso(at: number | undefined): string | undefined {
  if (at === undefined) return undefined;
  const number = Math.floor(at / dayMs);
  let day = days.get(number);
  if (day === undefined) {
    if (days.size > 5_000) days.clear();
    day = new Date(number * dayMs).toISOString().slice(0, -13);
    days.set(number, day);
  }
  const rest = at - number * dayMs;
  const seconds = Math.floor(rest / 1000);
  const ms = rest - seconds * 1000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${day}${clock}.${ms < 10 ? "00" : ms < 100 ? "0" : ""}${ms}Z`;
}

/** An instant of canonical fields; undefined when absent. */
export function instantOf(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  return typeof value === "string" ? Date.parse(value) : undefined;
}

export const numberOf = (fields: Fields, name: string): number | undefined => {
  const value = fields[name];
  return typeof value === "number" ? value : undefined;
};
export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === "string" ? value : "";
};

/** Free text without what the properties of events may not hold either: numbers, addresses; undefined when empty. */
export function freeText(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  const kept = stripPersonalData({ text });
  return kept.found ? (JSON.parse(kept.json) as { text: string }).text : text;
}

/** Free values of any form, e.g. the answers of a survey. */
export const freeValues = (values: object | undefined): object | undefined =>
  values === undefined ? undefined : (JSON.parse(stripPersonalData(values).json) as object);

/** undefined for "", so that the field is left out. */
export const some = (text: string | undefined): string | undefined => (text === "" ? undefined : text);
