import { uniformOf } from "../imputation/draws.ts";
import { type Comparison, levellerOf, levelsOf, missing, type Records } from "./comparison.ts";

/** Of pairs taken at random: how the levels of each comparison are shared among those where both say something. */
export interface LevelShares {
  shares: number[][];
  /** Of all pairs: in how many both say something. */
  told: number[];
}

/**
 * What two records taken at random have in common: nearly u itself, for hardly any two are of one person. Pairs are
 * drawn with replacement, of unlike records (of unlike sources). The share of the top level, too small for a sample
 * where values are many, is the larger of the sample's and what the counts of whole values say.
 */
export function randomLevels(
  comparisons: readonly Comparison[],
  records: Records,
  { seed, pairs = 200_000 }: { seed: number; pairs?: number },
): LevelShares {
  const { count, sources } = records;
  if (count < 2) throw new RangeError("two records at least");
  const draw = uniformOf(seed);
  const levellers = comparisons.map((each, i) => levellerOf(each, records.columns[i]!));
  const counts = comparisons.map((each) => new Float64Array(levelsOf(each).length));
  let taken = 0;
  for (let tries = 0; taken < pairs && tries < 4 * pairs; tries++) {
    const a = Math.floor(draw() * count);
    const b = Math.floor(draw() * count);
    if (a === b || (sources && sources[a] === sources[b])) continue;
    taken++;
    for (let i = 0; i < levellers.length; i++) {
      const level = levellers[i]!(a, b);
      if (level !== missing) counts[i]![level]!++;
    }
  }
  if (taken === 0) throw new RangeError("no two records to compare");
  const told = counts.map((each) => each.reduce((sum, one) => sum + one, 0));
  return {
    // Half a pair to each level that never showed: never is not a chance of nought.
    shares: counts.map((each, i) => Array.from(each, (one) => Math.max(one, 0.5) / Math.max(1, told[i]!))),
    told: told.map((each) => each / taken),
  };
}
