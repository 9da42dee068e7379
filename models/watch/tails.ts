/**
 * Tails of the distributions that counts and shares are judged by, accurate where they are small (1e-300).
 * Sources: regularised incomplete gamma by its series and continued fraction (DLMF 8.7.1, 8.9.2), regularised
 * incomplete beta by DLMF 8.17.22, both in Lentz's form; ln Γ by Stirling's series (DLMF 5.11.1) after moving small
 * arguments up. Poisson and negative binomial tails are these functions (DLMF 8.4.10; Johnson, Kemp & Kotz, 2005, 5.6).
 */

const tiny = 1e-300;

export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError("ln Γ needs a positive number");
  let shift = 0;
  let at = x;
  for (; at < 12; at += 1) shift -= Math.log(at);
  const z = 1 / (at * at);
  const series = (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z / 1188)))) / at;
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series;
}

/** P(a, x) and Q(a, x) = 1 − P, each computed where it is the small one. */
function gammaTails(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 100_000 && term > sum * 1e-17; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = Math.min(1, front * sum);
    return { lower, upper: 1 - lower };
  }
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 100_000; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / away(an * d + b);
    c = away(b + an / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  const upper = Math.min(1, front * h);
  return { lower: 1 - upper, upper };
}

const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);

/** I(x; a, b); `rest` is 1 − x, given since it may be too small to subtract. */
function betaTail(x: number, rest: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaPart(rest, x, b, a);
  return betaPart(x, rest, a, b);
}

function betaPart(x: number, rest: number, a: number, b: number): number {
  const front = Math.exp(a * Math.log(x) + b * Math.log(rest) - logBeta(a, b)) / a;
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return Math.min(1, front * value);
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** A count with this mean and a variance of mean + dispersion · mean²; dispersion 0 is Poisson's. */
export interface CountLaw {
  mean: number;
  dispersion: number;
}

/** P(N ≤ k). */
export function countAtMost(k: number, { mean, dispersion }: CountLaw): number {
  if (k < 0) return 0;
  if (mean <= 0) return 1;
  if (dispersion < 1e-9) return gammaTails(Math.floor(k) + 1, mean).upper;
  const r = 1 / dispersion;
  return betaTail(r / (r + mean), mean / (r + mean), r, Math.floor(k) + 1);
}

/** P(N ≥ k). */
export function countAtLeast(k: number, { mean, dispersion }: CountLaw): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  if (dispersion < 1e-9) return gammaTails(Math.ceil(k), mean).lower;
  const r = 1 / dispersion;
  return betaTail(mean / (r + mean), r / (r + mean), Math.ceil(k), r);
}

/** P(K ≥ k) of n at a known share (Johnson, Kemp & Kotz, 2005, 3.6). */
export function binomialAtLeast(k: number, n: number, share: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return betaTail(share, 1 - share, Math.ceil(k), n - Math.ceil(k) + 1);
}

/** Beyond this many trials a share is judged as if there were this many: the beta's own spread is all that is left. */
const mostTrials = 2000;

/** P(K ≥ k) of n when the share itself is Beta(a, b): the terms summed upward by their ratio. */
export function betaBinomialAtLeast(k: number, n: number, a: number, b: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  if (n > mostTrials) return betaBinomialAtLeast(Math.floor((k / n) * mostTrials), mostTrials, a, b);
  const at = Math.ceil(k);
  const choose = logGamma(n + 1) - logGamma(at + 1) - logGamma(n - at + 1);
  let term = Math.exp(choose + logBeta(at + a, n - at + b) - logBeta(a, b));
  let sum = term;
  for (let j = at; j < n; j += 1) {
    term *= ((n - j) * (j + a)) / ((j + 1) * (n - j - 1 + b));
    sum += term;
    if (term < sum * 1e-16 && j > n * (a / (a + b))) break;
  }
  return Math.min(1, sum);
}
