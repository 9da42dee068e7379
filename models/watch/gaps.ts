/** How long a source is silent, in events that would have been expected meanwhile: a quiet night is no gap. */
export interface GapModel {
  /** Gaps beyond this follow the tail below; a twentieth of them do. */
  from: number;
  over: number;
  scale: number;
  /** 0: an exponential tail; above: heavier. */
  shape: number;
  of: number;
}

/**
 * By the time-rescaling theorem (Brown et al., 2002, Neural Computation 14) gaps measured in expected events are
 * exponential where arrivals are independent; where they come in bursts the tail is heavier. It is taken as generalised
 * Pareto over the 95 % point (Pickands, 1975), fitted to the middle and the ninth tenth of what lies beyond, so that a
 * past outage among them does not make outages look usual; with shape between 0 and 0.25 and a scale never below half of
 * an independent source's. Null with fewer than 50 gaps.
 */
export function fitGaps(gaps: readonly number[]): GapModel | null {
  const sorted = Float64Array.from(gaps.filter((gap) => Number.isFinite(gap) && gap >= 0)).sort();
  if (sorted.length < 50) return null;
  const at = Math.floor(sorted.length * 0.95);
  const from = sorted[at] as number;
  const beyond = sorted.subarray(at);
  const quantile = (p: number): number => (beyond[Math.floor(p * (beyond.length - 1))] as number) - from;
  const middle = Math.max(quantile(0.5), 1e-9);
  const shape = beyond.length < 20 ? 0.1 : shapeOf(quantile(0.9) / middle);
  // Few gaps beyond make an unsure scale: two standard errors of it are added.
  const unsure = 1 + 2 / Math.sqrt(beyond.length);
  const scale =
    Math.max(0.5, shape < 1e-6 ? middle / Math.LN2 : (shape * middle) / (2 ** shape - 1)) * unsure;
  return { from, over: beyond.length / sorted.length, scale, shape, of: sorted.length };
}

/** The shape whose nine-tenths point is `ratio` times its middle: 3.32 for the exponential. */
function shapeOf(ratio: number): number {
  const ratioAt = (shape: number): number =>
    shape < 1e-6 ? Math.log(10) / Math.LN2 : (10 ** shape - 1) / (2 ** shape - 1);
  let low = 0;
  let high = 0.25;
  if (ratio >= ratioAt(high)) return high;
  if (ratio <= ratioAt(low)) return 0;
  for (let step = 0; step < 40; step += 1) {
    const half = (low + high) / 2;
    if (ratioAt(half) < ratio) low = half;
    else high = half;
  }
  return low;
}

/** The chance that a gap is at least this long. */
export function gapTail({ from, over, scale, shape }: GapModel, gap: number): number {
  if (gap <= from) return 1;
  const z = (gap - from) / scale;
  return over * (shape < 1e-6 ? Math.exp(-z) : (1 + shape * z) ** (-1 / shape));
}

/** The gap that is exceeded with this chance. */
export function gapBound({ from, over, scale, shape }: GapModel, chance: number): number {
  const rest = Math.min(1, chance / over);
  return from + (shape < 1e-6 ? -scale * Math.log(rest) : (scale / shape) * (rest ** -shape - 1));
}
