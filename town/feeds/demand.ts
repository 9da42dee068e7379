import { type Day, dateOf, monthOf } from "../calendar.ts";
import { promotionOn } from "../promotions.ts";

/** First and last day of the long public holidays (State Council's notices; 2027 as the calendar gives it). */
const springFestivals = [
  ["2024-02-10", "2024-02-17"],
  ["2025-01-28", "2025-02-04"],
  ["2026-02-15", "2026-02-23"],
  ["2027-02-05", "2027-02-12"],
] as const;

/** Parcels rest from some days before the festival. */
const restBefore = 4;

const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const festivals = springFestivals.map(([from, to]) => ({ rest: addDays(from, -restBefore), from, to }));

/** What a public holiday does to a day's orders; 1 on any other day. */
function holidayFactor(date: string): number {
  const festival = festivals.find(({ rest, to }) => date >= rest && date <= to);
  if (festival) return date < festival.from ? 0.7 : 0.38;
  const monthDay = date.slice(5);
  if (monthDay >= "10-01" && monthDay <= "10-07") return 0.86;
  if (monthDay >= "05-01" && monthDay <= "05-05") return 0.9;
  return monthDay === "01-01" ? 0.85 : 1;
}

/** Sunday to Saturday: people order in the evening of working days and on Sunday. */
const weekday = [1.08, 1.02, 1.0, 0.99, 0.98, 0.94, 0.99];
/** January to December: winter coats and the last quarter's campaigns. */
const season = [1.0, 0.94, 1.0, 0.98, 0.98, 1.0, 0.94, 0.95, 1.02, 1.04, 1.08, 1.06];

/** The orders to be expected on a day, without chance: what a watch ought to learn. */
export function expectedPerDay(day: Day, ordersPerDay: number): number {
  const date = dateOf(day);
  const pull = promotionOn(day)?.pull ?? 0;
  const factor = weekday[(((day + 4) % 7) + 7) % 7]! * season[monthOf(day) - 1]! * holidayFactor(date);
  return ordersPerDay * factor * (1 + 6.5 * pull);
}
