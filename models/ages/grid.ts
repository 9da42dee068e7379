/**
 * The grid of ages on which everything is reckoned: half months from 40 weeks before birth to 12 years. A birth date is
 * an age on a known day, so a posterior over birth dates is one over ages on the day of reference.
 */
const monthDays = 30.4375;
export const stepDays = monthDays / 2;
/** 40 weeks before the birth: no child is older than its conception. */
export const earliestDays = -280;
/** Twelve years: whom the goods of the six categories are still bought for. */
export const latestDays = 4383;
export const cells = Math.ceil((latestDays - earliestDays) / stepDays);

/** Ages at purchase outside this range are impossible, are learned from by nobody and scored by nobody. */
export const possible = (ageDays: number): boolean => ageDays >= earliestDays && ageDays <= latestDays;

export const cellOf = (ageDays: number): number =>
  Math.min(cells - 1, Math.max(0, Math.floor((ageDays - earliestDays) / stepDays)));
export const startOfCell = (cell: number): number => earliestDays + cell * stepDays;

/**
 * Ages as the location model measures them: log(age + 330 days). A month is a long time for a newborn and a short one
 * for a child at school; 330 keeps the first weeks of a pregnancy finite (330 of 300 to 800 fitted best).
 */
const offsetDays = 330;
export const warp = (ageDays: number): number => Math.log(Math.max(1, ageDays + offsetDays));

/** Scales to a sum of 1, in place. Nothing at all becomes everything alike. */
export function normalise(mass: Float64Array): Float64Array {
  let sum = 0;
  for (const value of mass) sum += value;
  if (!(sum > 0) || !Number.isFinite(sum)) return mass.fill(1 / mass.length);
  for (let i = 0; i < mass.length; i++) mass[i] = mass[i]! / sum;
  return mass;
}

/** The age in days below which lies `share` of the mass; straight within a cell. */
export function quantileOf(mass: Float64Array, share: number): number {
  let below = 0;
  for (let cell = 0; cell < mass.length; cell++) {
    const here = mass[cell]!;
    if (below + here >= share && here > 0) return startOfCell(cell) + stepDays * ((share - below) / here);
    below += here;
  }
  return startOfCell(mass.length);
}

/** The share of the mass below an age; the inverse of quantileOf. */
export function shareBelow(mass: Float64Array, ageDays: number): number {
  const at = (ageDays - earliestDays) / stepDays;
  let below = 0;
  for (let cell = 0; cell < mass.length && cell < at; cell++) below += mass[cell]! * Math.min(1, at - cell);
  return below;
}

/**
 * Counts smoothed by a penalty on first differences (Whittaker 1923; Eilers 2003, eq. 2 with d = 1): solves
 * (I + λ D'D) s = counts. The matrix is an M-matrix, so nothing turns negative, and the sum is kept.
 */
export function smoothed(counts: Float64Array, lambda: number): Float64Array {
  const n = counts.length;
  const above = new Float64Array(n);
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const diagonal = 1 + lambda * (i === 0 || i === n - 1 ? 1 : 2);
    const pivot = diagonal + (i > 0 ? lambda * above[i - 1]! : 0);
    above[i] = -lambda / pivot;
    result[i] = (counts[i]! + (i > 0 ? lambda * result[i - 1]! : 0)) / pivot;
  }
  for (let i = n - 2; i >= 0; i--) result[i] = result[i]! - above[i]! * result[i + 1]!;
  return result;
}
