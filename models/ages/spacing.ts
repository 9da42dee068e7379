import { smoothed } from "./grid.ts";
import type { ToldFamily } from "./purchase.ts";

/** Births of one mother lie at least ten months apart; twins are one birth here, and count as one. */
export const leastGap = 10;
const mostGap = 120;
const monthDays = 30.4375;
/** As if every spacing had been seen so often before: a few hundred pairs say little of each month. */
const seenBefore = 0.25;

/**
 * How many months lie between two births that follow each other, among families that told of several: shares by whole
 * months, smoothed. Without any such family every spacing from ten months to ten years is as likely.
 */
export function spacingOf(families: readonly ToldFamily[]): number[] {
  const counts = new Float64Array(mostGap).fill(seenBefore, leastGap);
  for (const { births } of families) {
    const sorted = [...births].sort((a, b) => a - b);
    sorted.slice(1).forEach((born, i) => {
      const gap = Math.round((born - sorted[i]!) / monthDays);
      if (gap >= leastGap && gap < mostGap) counts[gap]! += 1;
    });
  }
  const shares = smoothed(counts, 20).fill(0, 0, leastGap);
  const sum = shares.reduce((total, one) => total + one, 0);
  return Array.from(shares, (share) => Number((share / sum).toPrecision(5)));
}
