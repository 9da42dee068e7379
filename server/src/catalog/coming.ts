import type { AgePoint, CalendarEntry, ComingEntry } from "@stork/contract/stage-calendar.ts";
import { addDays, addMonths, dayNumber } from "./calendar.ts";
import { type ChildDates, correctedUntilMonth, earlyDays, pregnancyDays } from "./stages.ts";

export interface CalendarChild {
  readonly id: string;
  readonly dates: ChildDates;
  readonly sex: "girl" | "boy" | null;
  /** Its birthday was stated. */
  readonly sure: boolean;
}

export interface Window {
  readonly on: string;
  /** Entries that begin by then are coming. */
  readonly until: string;
  /** Entries over since longer than this are left out. */
  readonly since: string;
}

/** What the calendar holds for a child in a window of time, in order: what is on now, what comes, what has just been. */
export function comingFor(
  child: CalendarChild,
  entries: readonly CalendarEntry[],
  { on, until, since }: Window,
): ComingEntry[] {
  const found = entries.flatMap((entry): ComingEntry[] => {
    const from = dayOf(child, entry, pointOf(child, entry));
    if (from === null || from > until) return [];
    const end = endOf(child, entry, entries);
    if ((end ?? (inSizes.has(entry.kind) ? on : from)) < since || startsBeforeUs(child, from, end)) return [];
    // The last of the sizes goes on; what has neither end nor next is of one day.
    const lasts = inSizes.has(entry.kind);
    const over = end === null ? !lasts && from < on : end <= on;
    const state = from > on ? "coming" : over ? "past" : "now";
    return [{ child: child.id, entry, on: from, until: end, state, sure: child.sure }];
  });
  return found.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.entry.id < b.entry.id ? -1 : 1));
}

/** The calendar day an entry begins for a child; null where it never does (a week of pregnancy of an adopted child). */
export function dayOf({ dates }: CalendarChild, { age }: CalendarEntry, point: AgePoint): string | null {
  const anchor = dates.bornOn ?? dates.dueOn ?? null;
  if (anchor === null || dayNumber(anchor) === null) return null;
  const early = earlyDays(dates);
  if (point.unit === "week") {
    if (dates.adoptedOn) return null;
    const day = addDays(addDays(anchor, early), Math.round(point.at * 7) - pregnancyDays);
    // A pregnancy that is over has no more weeks.
    return dates.bornOn && day >= dates.bornOn ? null : day;
  }
  const actual = dayAfter(anchor, point);
  if (age === "actual" || early === 0 || point.at === 0) return actual;
  const corrected = dayAfter(addDays(anchor, early), point);
  const limit = addMonths(anchor, correctedUntilMonth);
  // At 24 months correcting ends: what would come later than that by it comes on that day.
  if (actual >= limit || corrected <= limit) return actual >= limit ? actual : corrected;
  return limit;
}

const pointOf = ({ sex }: CalendarChild, entry: CalendarEntry): AgePoint =>
  (sex === null ? undefined : entry[sex]) ?? entry.from;

/** Where no end is given, a thing in sizes or steps ends where the next of its kind begins. */
function endOf(child: CalendarChild, entry: CalendarEntry, entries: readonly CalendarEntry[]): string | null {
  if (entry.until !== null) return dayOf(child, entry, entry.until);
  if (!inSizes.has(entry.kind)) return null;
  const from = dayOf(child, entry, pointOf(child, entry)) ?? "";
  const later = entries
    .filter((one) => one.kind === entry.kind)
    .map((one) => dayOf(child, one, pointOf(child, one)) ?? "")
    .filter((day) => day > from);
  return later.sort()[0] ?? null;
}

const inSizes: ReadonlySet<string> = new Set(["diapers", "clothing", "shoes", "formula"]);

/** What was over before an adopted child came. */
const startsBeforeUs = ({ dates }: CalendarChild, from: string, end: string | null): boolean =>
  dates.adoptedOn !== null && dates.adoptedOn !== undefined && (end ?? from) < dates.adoptedOn;

/** Parts of a month count as days of 30.4375 days' months, from the last whole one. */
function dayAfter(anchor: string, { unit, at }: AgePoint): string {
  if (unit === "day") return addDays(anchor, Math.round(at));
  const whole = Math.floor(at);
  return addDays(addMonths(anchor, whole), Math.round((at - whole) * 30.4375));
}
