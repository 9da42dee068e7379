import { addDays, addMonths, dayNumber, daysBetween } from "./calendar.ts";
import { type ChildDates, correctedUntilMonth, earlyDays, overdueDays, pregnancyDays } from "./stages.ts";

/** Whole calendar months from one date to a later one: the end of a month completes it (31 January to 28 February is one). */
export function monthsBetween(from: string, to: string): number {
  const [year, month] = [
    Number(to.slice(0, 4)) - Number(from.slice(0, 4)),
    Number(to.slice(5, 7)) - Number(from.slice(5, 7)),
  ];
  const whole = year * 12 + month;
  return addMonths(from, whole) > to ? whole - 1 : whole;
}

/** Weeks and days of the pregnancy on a date, as a midwife counts them; null when it has not begun, is over, or is none of ours. */
export function pregnancyOn(child: ChildDates, on: string): { weeks: number; days: number } | null {
  const { bornOn, dueOn } = child;
  if (child.adoptedOn !== null && child.adoptedOn !== undefined) return null;
  const anchor = bornOn ?? dueOn ?? null;
  if (anchor === null || dayNumber(anchor) === null || (bornOn && on >= bornOn)) return null;
  const day = pregnancyDays - daysBetween(on, addDays(anchor, earlyDays(child)));
  if (day < 0 || day > pregnancyDays + overdueDays) return null;
  return { weeks: Math.floor(day / 7), days: day % 7 };
}

/** Whole months of age; null before the birth. */
export function monthsOld({ bornOn }: ChildDates, on: string): number | null {
  return !bornOn || dayNumber(bornOn) === null || on < bornOn ? null : monthsBetween(bornOn, on);
}

/** Whole months since the due date of a child born early, 0 before it; null for others and from 24 months of age on. */
export function correctedMonths(child: ChildDates, on: string): number | null {
  const { bornOn } = child;
  const early = earlyDays(child);
  if (!bornOn || early === 0 || on < bornOn || on >= addMonths(bornOn, correctedUntilMonth)) return null;
  return Math.max(0, monthsBetween(addDays(bornOn, early), on));
}
