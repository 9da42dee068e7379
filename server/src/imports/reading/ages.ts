import { daysBetween } from "../../catalog/calendar.ts";
import { zoneOffset } from "../../cleaning/zone.ts";

/** Nothing is bought earlier for a child than this before its birth, nor later than this after it. */
const earliestDays = -280;
const latestDays = Math.round(12 * 365.25);

/** Whether a purchase can have been for none of the children known. */
export function isAgeImpossible(at: number, birthdays: readonly string[], zone: string): boolean {
  if (birthdays.length === 0) return false;
  const day = new Date(at + zoneOffset(zone, at)).toISOString().slice(0, 10);
  return birthdays.every((born) => {
    const age = daysBetween(born, day);
    return age < earliestDays || age > latestDays;
  });
}
