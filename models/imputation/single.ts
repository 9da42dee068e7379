import { quantile } from "./quantiles.ts";

/**
 * One value for all gaps of a column. Simple, and it hides that the values are not known: variances come out too small
 * and relations too weak (Little and Rubin 2019, Statistical Analysis with Missing Data, 3rd ed., §4.2). NaN is missing.
 * Each gives null when nothing is known.
 */
export function meanOf(values: Float64Array): number | null {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}

export function medianOf(values: Float64Array): number | null {
  const known = values.filter(Number.isFinite).sort();
  return known.length === 0 ? null : quantile(known, 0.5);
}

/** The commonest of values of any kind, null and undefined being missing; among equally common ones the first met. */
export function mostFrequentOf<Value>(values: Iterable<Value | null | undefined>): Value | null {
  const counts = new Map<Value, number>();
  for (const value of values)
    if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: Value | null = null;
  let most = 0;
  for (const [value, count] of counts)
    if (count > most) {
      best = value;
      most = count;
    }
  return best;
}
