/** Arithmetic on calendar dates written YYYY-MM-DD: no time zone, no instant, nothing to drift. */

const dayMs = 86_400_000;
const form = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01, or null when the text is no date that exists (2026-02-30). */
export function dayNumber(date: string): number | null {
  const found = form.exec(date);
  if (found === null) return null;
  const ms = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return dateOfDay(ms / dayMs) === date ? ms / dayMs : null;
}

function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return dateOfDay(required(date) + days);
}

/** The same day of a later month, or that month's last day (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: string, months: number): string {
  const start = new Date(required(date) * dayMs);
  const month = start.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(start.getUTCDate(), lastDay);
  return new Date(Date.UTC(start.getUTCFullYear(), month, day)).toISOString().slice(0, 10);
}

/** Days from one date to another; negative when `to` is the earlier. */
export function daysBetween(from: string, to: string): number {
  return required(to) - required(from);
}

function required(date: string): number {
  const day = dayNumber(date);
  if (day === null) throw new RangeError("not a calendar date");
  return day;
}

/** The calendar date of an instant in a time zone (Asia/Shanghai). */
export function dateIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}
