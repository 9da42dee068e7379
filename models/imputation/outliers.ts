import { quantile } from "./quantiles.ts";

/** Bounds outside of which a value is marked; null when none can be drawn. */
export interface Fences {
  readonly low: number;
  readonly high: number;
}

/**
 * Tukey's fences (Exploratory Data Analysis, 1977): quartiles of type 7 and 1.5 of their distance beyond. Holds up when
 * up to a quarter of the values is wild; without spread in the middle half every other value is outside.
 */
export function tukeyFences(values: ArrayLike<number>, reach = 1.5): Fences | null {
  const sorted = finite(values).sort();
  if (sorted.length < 4) return null;
  const [first, third] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  return { low: first - reach * (third - first), high: third + reach * (third - first) };
}

/**
 * Mean ± 3 standard deviations (with n − 1). One wild value among ten widens them so far that it lies inside: for small
 * or heavy-tailed samples use the others.
 */
export function sigmaFences(values: ArrayLike<number>, reach = 3): Fences | null {
  const known = finite(values);
  if (known.length < 2) return null;
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  const squares = known.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (known.length - 1));
  return { low: mean - reach * deviation, high: mean + reach * deviation };
}

/**
 * Median ± what makes the modified z-score 0.6745 (x − median)/MAD exceed 3.5 (Iglewicz and Hoaglin 1993, How to Detect
 * and Handle Outliers). Holds up when up to half is wild. null when half of the values or more are equal (MAD = 0).
 */
export function medianFences(values: ArrayLike<number>, reach = 3.5): Fences | null {
  const sorted = finite(values).sort();
  if (sorted.length < 3) return null;
  const median = quantile(sorted, 0.5);
  const spread = quantile(sorted.map((one) => Math.abs(one - median)).sort(), 0.5);
  if (spread === 0) return null;
  return { low: median - (reach * spread) / 0.6745, high: median + (reach * spread) / 0.6745 };
}

/** Places of the values outside; what is not finite is no value. */
export function outside(values: ArrayLike<number>, fences: Fences | null): number[] {
  if (fences === null) return [];
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < fences.low || value > fences.high) found.push(i);
  }
  return found;
}

const finite = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).filter(Number.isFinite);
