import { normalTail } from "../stats/normal.ts";
import { betaBinomialAtLeast } from "./tails.ts";

/** Positive numbers counted by half octaves: the bin of x is floor(2 log2 x), so that × 100 is 13 bins. */
export type Bins = ReadonlyMap<number, number>;

/** Where a number usually lies, in half octaves. */
export interface LevelModel {
  middle: number;
  /** As a standard deviation: the interquartile range over 1.349. */
  spread: number;
  of: number;
  /** Of the k-th place: how many lay more than k half octaves above (below) the middle. */
  above: number[];
  below: number[];
}

export const binOf = (value: number): number => Math.floor(2 * Math.log2(value));

/** Null with fewer than `least` numbers. */
export function fitLevel(bins: Bins, least = 50): LevelModel | null {
  const of = total(bins);
  if (of < least) return null;
  const spread = (quantile(bins, 0.75) - quantile(bins, 0.25)) / 1.349;
  // Within a bin nothing is known: a spread below half a bin would be the bins', not the numbers'.
  const middle = quantile(bins, 0.5);
  const steps = Array.from({ length: farthest + 1 }, (_, k) => k);
  return {
    ...{ middle, spread: Math.max(0.5, spread), of },
    above: steps.map((k) => beyond(bins, middle, k, 1)),
    below: steps.map((k) => beyond(bins, middle, k, -1)),
  };
}

/** How far out the tails are kept, in half octaves: a thousandfold. */
const farthest = 20;

/** How many lie more than so many half octaves above (way 1) or below (way −1) a middle. */
function beyond(bins: Bins, middle: number, halfOctaves: number, way: 1 | -1): number {
  let sum = 0;
  for (const [bin, count] of bins) if (way * (bin + 0.5 - middle) > halfOctaves) sum += count;
  return sum;
}

export interface Shift {
  /** The middle now as a multiple of the usual one. */
  factor: number;
  of: number;
  /** The chance of a middle this far off, either way, if nothing had changed. */
  chance: number;
}

/**
 * The middle of a stretch against the usual one: the standard error of a median is 1.2533 times that of a mean
 * (Kendall & Stuart, vol. 1, 10.11). That is for smooth laws; where numbers come in a few clumps the share that lies
 * half-way out is judged too, and the larger chance holds. `drift` is what middles move by from day to day by themselves, in half octaves.
 */
export function shiftOf(model: LevelModel, bins: Bins, drift = 0.5): Shift | null {
  const of = total(bins);
  if (of === 0) return null;
  const off = quantile(bins, 0.5) - model.middle;
  const error = Math.sqrt(1.5708 * model.spread ** 2 * (1 / of + 1 / model.of) + drift ** 2);
  const byError = 2 * normalTail(Math.abs(off) / error);
  return {
    factor: 2 ** (off / 2),
    of,
    chance: Math.min(1, Math.max(byError, byCount(model, bins, off, of))),
  };
}

/** So many beyond half the way to the new middle, where so few used to lie. */
function byCount(model: LevelModel, bins: Bins, off: number, of: number): number {
  const way = off >= 0 ? 1 : -1;
  const half = Math.min(farthest, Math.floor(Math.abs(off) / 2));
  const usual = (way === 1 ? model.above : model.below)[half] ?? 0;
  return betaBinomialAtLeast(beyond(bins, model.middle, half, way), of, usual + 0.5, model.of - usual + 0.5);
}

/** Linear within the bin. */
function quantile(bins: Bins, p: number): number {
  const sorted = [...bins].sort((x, y) => x[0] - y[0]);
  let left = p * total(bins);
  for (const [bin, count] of sorted) {
    if (left <= count) return bin + left / count;
    left -= count;
  }
  const last = sorted.at(-1);
  if (last === undefined) throw new RangeError("no numbers");
  return last[0] + 1;
}

function total(bins: Bins): number {
  let sum = 0;
  for (const count of bins.values()) sum += count;
  return sum;
}
