import { normalQuantile, normalTail } from "./normal.ts";

export interface Proportion {
  successes: number;
  trials: number;
}

export interface Comparison {
  /** First minus second. */
  difference: number;
  low: number;
  high: number;
  statistic: number;
  pValue: number;
}

/**
 * Estimates the difference of two proportions, with Pearson's chi-squared test of equality on one degree of freedom
 * (the square of the pooled z) and the Wald interval, both as R's prop.test gives them. With `continuity`, Yates's
 * correction min(½, |difference| / (1/n₁ + 1/n₂)) enters both (Fleiss, Statistical Methods for Rates and Proportions,
 * 2.4–2.5). It is approximate: with fewer than about five expected successes or failures in a cell, do not trust it.
 * Where both proportions are 0 or both 1, nothing speaks against equality: statistic 0, p = 1.
 * Bad input (no trials, successes outside 0…trials, anything not finite) throws RangeError.
 */
export function compareProportions(
  first: Proportion,
  second: Proportion,
  { level = 0.95, continuity = false }: { level?: number; continuity?: boolean } = {},
): Comparison {
  for (const { successes, trials } of [first, second]) {
    if (!(Number.isFinite(trials) && trials > 0))
      throw new RangeError("a proportion needs at least one trial");
    if (!(successes >= 0 && successes <= trials))
      throw new RangeError("successes must lie between 0 and the trials");
  }
  const p1 = first.successes / first.trials;
  const p2 = second.successes / second.trials;
  const difference = p1 - p2;
  const inverse = 1 / first.trials + 1 / second.trials;
  const yates = continuity ? Math.min(0.5, Math.abs(difference) / inverse) : 0;

  const spread = Math.sqrt((p1 * (1 - p1)) / first.trials + (p2 * (1 - p2)) / second.trials);
  const width = normalQuantile((1 + level) / 2) * spread + yates * inverse;
  const pooled = (first.successes + second.successes) / (first.trials + second.trials);
  const variance = pooled * (1 - pooled) * inverse;
  const z = variance === 0 ? 0 : (Math.abs(difference) - yates * inverse) / Math.sqrt(variance);
  return {
    difference,
    low: Math.max(-1, difference - width),
    high: Math.min(1, difference + width),
    statistic: z * z,
    pValue: Math.min(1, 2 * normalTail(z)),
  };
}
