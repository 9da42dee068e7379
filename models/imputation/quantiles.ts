/** The nine sample quantiles of Hyndman and Fan (1996), The American Statistician 50(4), numbered as there and in R. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** m of their equation 1, p = (k − m')/(n + …) in the form j = ⌊np + m⌋, γ = np + m − j, for the six that interpolate. */
const shifts: Readonly<Record<4 | 5 | 6 | 7 | 8 | 9, (p: number) => number>> = {
  4: () => 0,
  5: () => 0.5,
  6: (p) => p,
  7: (p) => 1 - p,
  8: (p) => (p + 1) / 3,
  9: (p) => p / 4 + 3 / 8,
};
/** As R: what differs from a whole number by rounding only is whole. */
const fuzz = 4 * Number.EPSILON;

/**
 * The p-quantile of values that are sorted, finite and not empty, by type 7 unless another is asked for. RangeError for
 * no values or p outside [0, 1].
 */
export function quantile(sorted: ArrayLike<number>, p: number, type: QuantileType = 7): number {
  const n = sorted.length;
  if (n === 0 || !(p >= 0 && p <= 1)) throw new RangeError("a quantile needs values and 0 ≤ p ≤ 1");
  const at = (k: number): number => sorted[Math.min(n, Math.max(1, k)) - 1] as number;
  if (type === 1 || type === 2 || type === 3) return stepped(at, n * p, type);
  const place = n * p + shifts[type](p);
  const j = Math.floor(place + fuzz);
  const part = Math.abs(place - j) < fuzz ? 0 : place - j;
  return part === 0 ? at(j) : at(j) + part * (at(j + 1) - at(j));
}

/** The three without interpolation: inverse of the distribution, with averaging, nearest even. */
function stepped(at: (k: number) => number, np: number, type: 1 | 2 | 3): number {
  const place = type === 3 ? np - 0.5 : np;
  const j = Math.floor(place + fuzz);
  const isWhole = place - j <= fuzz;
  if (type === 1) return isWhole ? at(j) : at(j + 1);
  if (type === 2) return isWhole ? (at(j) + at(j + 1)) / 2 : at(j + 1);
  return isWhole && j % 2 === 0 ? at(j) : at(j + 1);
}
