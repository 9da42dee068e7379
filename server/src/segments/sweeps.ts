import type { TimeSense } from "./condition.ts";

/** When a segment that time alone changes was last worked out whole, and how long that took. */
export interface LastSweep {
  at: Date;
  /** The calendar date there was then, in the workspace's time zone. */
  on: string;
  tookMs: number;
}

const shortestMs = 60_000;
/** A sweep that takes long comes less often, so that all of them stay a small part of the machine's time. */
const share = 20;

export function sweepDue(sense: TimeSense, last: LastSweep | undefined, now: Date, today: string): boolean {
  if (sense === "never") return false;
  if (last === undefined) return true;
  if (sense === "daily") return last.on !== today;
  return now.getTime() - last.at.getTime() >= Math.max(shortestMs, last.tookMs * share);
}
