import type { DateRange } from "@stork/contract/common.ts";
import { addDays, daysBetween } from "../catalog/calendar.ts";
import { instantOfWallTime } from "../events/zone.ts";
import { Refusal } from "../platform/refusal.ts";
import { backwards, tooLong } from "./refusals.ts";

/** A range of calendar dates as instants: from the first midnight up to, not including, the one after the last day. */
export interface Span {
  from: Date;
  until: Date;
  days: readonly string[];
}

const mostDays = 1100;

export function spanOf({ from, to }: DateRange, timeZone: string): Span {
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
