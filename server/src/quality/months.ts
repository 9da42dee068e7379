import { instantOfWallTime } from "../cleaning/zone.ts";

/** A calendar month of a time zone, "2026-05", as instants and dates. */
export interface MonthSpan {
  readonly month: string;
  readonly from: number;
  /** The first moment after it. */
  readonly to: number;
  readonly firstOn: string;
  readonly lastOn: string;
}

export function monthSpan(month: string, zone: string): MonthSpan {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const next = new Date(Date.UTC(year, number, 1));
  return {
    month,
    from: instantOfWallTime(zone, Date.UTC(year, number - 1, 1)),
    to: instantOfWallTime(zone, next.getTime()),
    firstOn: `${month}-01`,
    lastOn: new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10),
  };
}

/** So many months before. */
export function monthBefore(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 - months, 1)).toISOString().slice(0, 7);
}
