import type { Indicator } from "../indicator.ts";
import { lagBins } from "../tally.ts";
import { lookAtLevel } from "./price-shift.ts";

export const lagShift: Indicator = {
  dimension: "timeliness",
  scope: "event",
  unit: "level",
  name: { zh: "到达变慢", en: "Arriving slower" },
  definition: {
    zh: "从发生到收到的时间（中位数）相对平时的倍数",
    en: "The middle time from happening to receipt as a multiple of the usual one",
  },
  needs: {
    zh: "一小时内至少 8 条；学习范围需要 50 条以上的实时历史",
    en: "At least 8 events within an hour; learned from 50 or more that came live",
  },
  threshold: 16,
  look(sight) {
    const lag = sight.model?.lag ?? null;
    if (lag === null || !sight.live) return [];
    const found = lookAtLevel(sight, "", lag, lagBins);
    if (found === null) return [];
    // Faster is no fault, and below a minute nobody waits.
    const slow = found.value > 1 && medianOf(lagBins(sight.view.counted(60))) >= 2 * minuteBin;
    return [{ ...found, breached: found.breached && slow }];
  },
};

/** 2^6 seconds. */
const minuteBin = 6;

function medianOf(bins: ReadonlyMap<number, number>): number {
  const sorted = [...bins].sort((x, y) => x[0] - y[0]);
  let left = sorted.reduce((sum, [, count]) => sum + count, 0) / 2;
  for (const [bin, count] of sorted) {
    left -= count;
    if (left <= 0) return bin;
  }
  return 0;
}
