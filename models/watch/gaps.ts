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
 * Pareto over the 95 % point (Pickands, 1975), by moments (Hosking & Wallis, 1987, eq. 3.2), with shape between 0 and
 * 0.4 and a scale never below the exponential's own. Null with fewer than 50 gaps.
 */
export function fitGaps(gaps: readonly number[]): GapModel | null {
  const sorted = Float64Array.from(gaps.filter((gap) => Number.isFinite(gap) && gap >= 0)).sort();
  if (sorted.length < 50) return null;
  const at = Math.floor(sorted.length * 0.95);
  const from = sorted[at] as number;
  const beyond = sorted.subarray(at).map((gap) => gap - from);
  const mean = beyond.reduce((sum, gap) => sum + gap, 0) / beyond.length;
  const variance = beyond.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / beyond.length;
  const ratio = variance > 0 ? (mean * mean) / variance : 1;
  const shape = Math.min(0.4, Math.max(0, 0.5 * (1 - ratio)));
  // Few gaps beyond make an unsure scale: two standard errors of it are added.
  const unsure = 1 + 2 / Math.sqrt(beyond.length);
  const scale = Math.max(1, mean * (1 - shape)) * unsure;
  return { from, over: beyond.length / sorted.length, scale, shape, of: sorted.length };
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
