import type { DateRange } from "@stork/contract/common.ts";
import { addDays, daysBetween } from "../catalog/calendar.ts";
import { instantOfWallTime } from "../cleaning/zone.ts";
import { Refusal } from "../platform/refusal.ts";
import { backwards, impossibleYear, tooLong } from "./refusals.ts";

/** A range of calendar dates as instants: from the first midnight up to, not including, the one after the last day. */
export interface Span {
  from: Date;
  until: Date;
  days: readonly string[];
}

const mostDays = 1100;
const years = { first: 1990, last: 2100 };

export function spanOf({ from, to }: DateRange, timeZone: string): Span {
  for (const day of [from, to]) {
    const year = Number(day.slice(0, 4));
    if (!(year >= years.first && year <= years.last)) throw new Refusal(impossibleYear, years);
  }
  const count = daysBetween(from, to) + 1;
  if (count < 1) throw new Refusal(backwards);
  if (count > mostDays) throw new Refusal(tooLong, { days: mostDays });
  const midnight = (day: string) => new Date(instantOfWallTime(timeZone, Date.parse(`${day}T00:00:00Z`)));
  return {
    from: midnight(from),
    until: midnight(addDays(to, 1)),
    days: Array.from({ length: count }, (_, i) => addDays(from, i)),
  };
}
