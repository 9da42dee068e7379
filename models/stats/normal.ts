/**
 * The standard normal distribution, to about 1e-15 relative, far into the tail.
 * Sources: NIST Digital Library of Mathematical Functions (DLMF): erf by the series 7.6.2 near zero, erfc by the
 * continued fraction 7.9.3 elsewhere (evaluated backwards, with a fixed number of terms that is ample from 2.5 on);
 * the starting value of the quantile is Abramowitz & Stegun 26.2.23, then Newton's method on the tail's logarithm.
 */

/** P(Z > z). Bad input: NaN gives NaN. */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const upper = x < 2.5 ? (1 - erfSeries(x)) / 2 : erfcFraction(x) / 2;
  return z >= 0 ? upper : 1 - upper;
}

/** The z with P(Z ≤ z) = p, for 0 < p < 1; throws RangeError otherwise. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError("a probability must lie between 0 and 1");
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const r = Math.sqrt(-2 * Math.log(tail));
  let z =
    r -
    (2.515517 + 0.802853 * r + 0.010328 * r * r) /
      (1 + 1.432788 * r + 0.189269 * r * r + 0.001308 * r * r * r);
  for (let step = 0; step < 4; step++) {
    const q = normalTail(z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    z += (Math.log(q / tail) * q) / density;
  }
  return p < 0.5 ? -z : z;
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function erfcFraction(x: number): number {
  let fraction = 0;
  for (let n = 60; n >= 1; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}
