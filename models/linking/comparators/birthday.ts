import { part } from "../column.ts";
import type { Comparator } from "../comparator.ts";
import { compactDay, dayNumber, digitsOff, isSameDay, isSwapped, numberAt } from "../days.ts";

/** A birthday: prepared with the day it would be if it were told in the Chinese calendar, as many still do. */
export const birthday: Comparator = {
  thresholds: [],
  prepare(text, knowing) {
    const day = compactDay(text);
    const solar = day === "" ? null : (knowing.solarOfLunar?.(day) ?? null);
    return solar === null ? day : `${day}${part}${solar}`;
  },
  levels: () => [
    "different",
    "same year, or same day of another year",
    "two digits off",
    "one digit off",
    "a day apart",
    "day and month swapped",
    "the same by the lunar calendar",
    "same",
  ],
  compare: () => (units, a, aEnd, b, bEnd) => {
    if (isSameDay(units, a, b)) return 7;
    if (aEnd - a > 8 && isSameDay(units, a + 9, b)) return 6;
    if (bEnd - b > 8 && isSameDay(units, a, b + 9)) return 6;
    if (isSwapped(units, a, b)) return 5;
    if (Math.abs(dayNumber(units, a) - dayNumber(units, b)) === 1) return 4;
    const off = digitsOff(units, a, b);
    if (off <= 2) return off === 1 ? 3 : 2;
    const sameYear = numberAt(units, a, 4) === numberAt(units, b, 4);
    return sameYear || numberAt(units, a + 4, 4) === numberAt(units, b + 4, 4) ? 1 : 0;
  },
};
