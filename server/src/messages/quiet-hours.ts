import { DateTime } from "luxon";

/** From 21:00 to 8:00 nobody is written to. */
const opensAtHour = 8;
const closesAtHour = 21;

const local = (instant: Date, zone: string): DateTime => DateTime.fromJSDate(instant, { zone });

export function isQuiet(now: Date, zone: string): boolean {
  const { hour } = local(now, zone);
  return hour < opensAtHour || hour >= closesAtHour;
}

/** Now, or when the quiet hours that it falls in end. */
export function nextOpening(now: Date, zone: string): Date {
  const here = local(now, zone);
  if (!isQuiet(now, zone)) return now;
  const day = here.hour >= closesAtHour ? here.plus({ days: 1 }) : here;
  return day.set({ hour: opensAtHour, minute: 0, second: 0, millisecond: 0 }).toJSDate();
}

/** When today's open hours end. */
export function nextClosing(now: Date, zone: string): Date {
  return local(now, zone).set({ hour: closesAtHour, minute: 0, second: 0, millisecond: 0 }).toJSDate();
}

/** The calendar date there, YYYY-MM-DD. */
export const calendarDay = (now: Date, zone: string): string => local(now, zone).toFormat("yyyy-MM-dd");
