import { normalQuantile } from "./normal.ts";

/**
 * Student's t distribution with any df > 0, to about 1e-12.
 * Sources: the tail is half the regularised incomplete beta I(df/(df+t²); df/2, 1/2) (DLMF 8.17.1, Abramowitz &
 * Stegun 26.7.1), by the continued fraction DLMF 8.17.22 in Lentz's form. The beta function is taken through
 * Γ(a+½)/Γ(a) by Stirling's series (DLMF 5.11.1), since subtracting logarithms of Γ loses digits at large df.
 */

/** P(T > t). */
export function studentTail(t: number, df: number): number {
  if (!(df > 0)) throw new RangeError("degrees of freedom must be above 0");
  const half = df / 2;
  const square = t * t;
  // Of the two forms of I, the one whose fraction converges fast.
  const both =
    square > 3
      ? betaPart(df / (df + square), square / (df + square), half, 0.5)
      : 1 - betaPart(square / (df + square), df / (df + square), 0.5, half);
  return t >= 0 ? both / 2 : 1 - both / 2;
}

/** The t with P(T ≤ t) = p, for 0 < p < 1; bisection on the tail, started around the normal's quantile. */
export function studentQuantile(p: number, df: number): number {
  const z = normalQuantile(p);
  if (z === 0) return 0;
  const tail = Math.min(p, 1 - p);
  let low = 0;
  let high = Math.max(1, Math.abs(z));
  while (studentTail(high, df) > tail) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 200 && high - low > high * 1e-15; step++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, df) > tail) low = middle;
    else high = middle;
  }
  return Math.sign(z) * ((low + high) / 2);
}

/** I(x; a, b) where one of a, b is ½; `rest` is 1 − x, given since it may be too small to subtract. */
function betaPart(x: number, rest: number, a: number, b: number): number {
  if (x === 0) return 0;
  const other = a === 0.5 ? b : a;
  const front = a * Math.log(x) + b * Math.log(rest) + logGammaRatio(other);
  return (Math.exp(front) / Math.sqrt(Math.PI) / a) * fraction(x, a, b);
}

/** ln(Γ(a+½)/Γ(a)); small a are moved up by the recurrence of Γ first. */
function logGammaRatio(a: number): number {
  let shift = 0;
  let at = a;
  for (; at < 30; at++) shift += Math.log(at / (at + 0.5));
  return shift + at * Math.log1p(0.5 / at) + 0.5 * Math.log(at) - 0.5 + stirling(at + 0.5) - stirling(at);
}

const stirling = (x: number): number =>
  (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * x * x)) / (x * x)) / (x * x)) / x;

function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}
