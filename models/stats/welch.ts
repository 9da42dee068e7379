import { studentQuantile, studentTail } from "./student.ts";

export interface Sample {
  count: number;
  mean: number;
  /** With count − 1 in the denominator. */
  variance: number;
}

export interface MeanComparison {
  /** First minus second. */
  difference: number;
  low: number;
  high: number;
  t: number;
  degreesOfFreedom: number;
  pValue: number;
}

/**
 * Estimates the difference of two means without assuming equal variances: Welch's t test (Welch 1947, Biometrika 34)
 * with the Welch–Satterthwaite degrees of freedom and its interval, as R's t.test gives them. Units are those of the
 * mean. With very skewed data (revenue) both samples should be in the hundreds before the interval is trusted.
 * Bad input throws RangeError: fewer than two values in a sample, a negative variance, anything not finite, or no
 * variation in either sample (the interval would claim a certainty that nothing supports).
 */
export function compareMeans(
  first: Sample,
  second: Sample,
  { level = 0.95 }: { level?: number } = {},
): MeanComparison {
  for (const { count, mean, variance } of [first, second]) {
    if (!(Number.isFinite(count) && count >= 2)) throw new RangeError("a mean needs at least two values");
    if (!Number.isFinite(mean)) throw new RangeError("a mean must be a finite number");
    if (!(Number.isFinite(variance) && variance >= 0))
      throw new RangeError("a variance must not be negative");
  }
  const v1 = first.variance / first.count;
  const v2 = second.variance / second.count;
  const variance = v1 + v2;
  if (variance === 0) throw new RangeError("two samples without variation cannot be compared");

  const difference = first.mean - second.mean;
  const error = Math.sqrt(variance);
  // Shares of the variance rather than squares of it: the squares would leave the range of a double for tiny values.
  const share = v1 / variance;
  const degreesOfFreedom = 1 / (share ** 2 / (first.count - 1) + (1 - share) ** 2 / (second.count - 1));
  const t = difference / error;
  const width = studentQuantile((1 + level) / 2, degreesOfFreedom) * error;
  return {
    difference,
    low: difference - width,
    high: difference + width,
    t,
    degreesOfFreedom,
    pValue: Math.min(1, 2 * studentTail(Math.abs(t), degreesOfFreedom)),
  };
}
