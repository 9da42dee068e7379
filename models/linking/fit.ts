import { type Blocks, eachPair, type Stretch } from "./blocking.ts";
import { type Comparison, levellerOf, levelsOf, missing, type Records } from "./comparison.ts";
import type { Parameters } from "./em.ts";
import { posteriors } from "./em.ts";
import type { LinkModel } from "./model.ts";
import { PatternCounter, type Patterns } from "./patterns.ts";
import type { LevelShares } from "./random-pairs.ts";

/** The levels of all pairs that the stretches bring together, counted by pattern. */
export function countPatterns(
  comparisons: readonly Comparison[],
  records: Records,
  rules: readonly Blocks[],
  stretches: readonly Stretch[],
): Patterns {
  return patternsOf(comparisons, records, (visit) => {
    for (const stretch of stretches) eachPair(rules, stretch, records, visit);
  });
}

/** The same of pairs found elsewhere (by SQL): `each` calls back with one after the other. */
export function patternsOf(
  comparisons: readonly Comparison[],
  records: Records,
  each: (visit: (first: number, second: number) => void) => void,
): Patterns {
  const counter = new PatternCounter(comparisons.map((one) => levelsOf(one).length));
  const levellers = comparisons.map((one, i) => levellerOf(one, records.columns[i]!));
  const levels = new Uint8Array(comparisons.length);
  each((a, b) => {
    for (let i = 0; i < levellers.length; i++) levels[i] = levellers[i]!(a, b);
    counter.add(levels);
  });
  return counter.patterns();
}

export interface Candidates {
  patterns: Patterns;
  /** Only one in so many of the candidates was looked at. */
  oneIn: number;
}

export interface FitOptions {
  start?: Parameters;
  tolerance?: number;
  mostRounds?: number;
}

/**
 * EM over all pairs of the records, of which only the candidates of blocking were looked at: the others are taken to
 * be of two persons, which is what blocking supposes anyway. So m is learned from all matches at once, not from those
 * of one block, and u is what all pairs show (`random`) less what the matches among them do:
 * r = λ m + (1 − λ) u at every level. Needs blocking that misses few; what it misses lowers λ and raises m.
 */
export function fitModel(
  comparisons: readonly Comparison[],
  records: Pick<Records, "count" | "sources">,
  { patterns, oneIn }: Candidates,
  random: LevelShares,
  options: FitOptions = {},
): LinkModel {
  const { tolerance = 1e-6, mostRounds = 300 } = options;
  const pairs = pairsAmong(records);
  let now = options.start ?? firstGuess(comparisons, records, random);
  let rounds = 0;
  for (; rounds < mostRounds; rounds++) {
    const next = step(patterns, oneIn, pairs, random, now);
    const moved = Math.abs(Math.log(next.lambda / now.lambda)) + mostMoved(next.m, now.m);
    now = next;
    if (moved < tolerance) break;
  }
  return { comparisons, ...now, trained: { pairs, records: records.count, rounds } };
}

function pairsAmong({ count, sources }: Pick<Records, "count" | "sources">): number {
  const all = (count * (count - 1)) / 2;
  if (!sources) return all;
  const sizes = new Map<number, number>();
  for (const source of sources) sizes.set(source, (sizes.get(source) ?? 0) + 1);
  return [...sizes.values()].reduce((left, size) => left - (size * (size - 1)) / 2, all);
}

/** One match for each record, which agree nine times of ten. */
function firstGuess(
  comparisons: readonly Comparison[],
  records: Pick<Records, "count" | "sources">,
  random: LevelShares,
): Parameters {
  const m = comparisons.map((each) => {
    const { length } = levelsOf(each);
    return Array.from({ length }, (_, level) => (level === length - 1 ? 0.8 : 0.2 / (length - 1)));
  });
  const lambda = Math.min(0.1, records.count / 2 / pairsAmong(records));
  return { lambda, m, u: random.shares.map((each) => [...each]) };
}

function step(
  patterns: Patterns,
  oneIn: number,
  pairs: number,
  random: LevelShares,
  now: Parameters,
): Parameters {
  const { width, levels, counts } = patterns;
  const chances = posteriors(patterns, now);
  const sums = now.m.map((each) => each.map(() => 0));
  let same = 0;
  for (let row = 0; row < counts.length; row++) {
    const weight = chances[row]! * counts[row]! * oneIn;
    same += weight;
    for (let i = 0; i < width; i++) {
      const level = levels[row * width + i]!;
      if (level !== missing) sums[i]![level]! += weight;
    }
  }
  const lambda = Math.min(0.5, Math.max(same, 0.5) / pairs);
  // Half a match to each level: what no match has shown yet is rare, not impossible.
  const m = sums.map((each) => {
    const sum = each.reduce((total, one) => total + one + 0.5, 0);
    return each.map((one) => (one + 0.5) / sum);
  });
  const u = random.shares.map((each, i) => lessMatches(each, sums[i]!, random.told[i]! * pairs));
  return { lambda, m, u };
}

/** Shares of all pairs without the matches among them; never less than a tenth of what all show. */
function lessMatches(shares: readonly number[], matches: readonly number[], told: number): number[] {
  const left = shares.map((share, level) =>
    Math.max(share / 10, share - (told > 0 ? matches[level]! / told : 0)),
  );
  const sum = left.reduce((total, one) => total + one, 0);
  return left.map((one) => one / sum);
}

function mostMoved(a: number[][], b: number[][]): number {
  let most = 0;
  a.forEach((each, i) => {
    each.forEach((value, level) => {
      most = Math.max(most, Math.abs(value - b[i]![level]!));
    });
  });
  return most;
}
