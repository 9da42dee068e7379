import { DateTime } from "luxon";

/** From the first moment of a day to the last of another, as a workspace has its days; open where none is said. */
export interface Span {
  from: Date | null;
  /** Not included. */
  to: Date | null;
}

export function spanOf(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  timeZone: string,
): Span {
  const start = (day: string) => DateTime.fromISO(day, { zone: timeZone }).startOf("day");
  return {
    from: from === undefined ? null : start(from).toJSDate(),
    to: to === undefined ? null : start(to).plus({ days: 1 }).toJSDate(),
  };
}

/** Whether an archive's month (of UTC, as its file is named) may hold something of the span. */
export function touches(month: string, { from, to }: Span): boolean {
  const begins = DateTime.fromISO(`${month}-01`, { zone: "UTC" });
  return (
    (from === null || begins.plus({ months: 1 }).toMillis() > from.getTime()) &&
    (to === null || begins.toMillis() < to.getTime())
  );
}
