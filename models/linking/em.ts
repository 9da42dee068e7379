import { missing } from "./comparison.ts";
import type { Patterns } from "./patterns.ts";

/** Of two records of one person (m), of two persons (u): the chance of each level, from the least alike. */
export interface Parameters {
  /** Of a pair taken at random: the chance that it is one person. */
  lambda: number;
  m: number[][];
  u: number[][];
}

export interface EmOptions {
  fix?: { lambda?: boolean; m?: boolean; u?: boolean };
  /** Comparisons that say nothing here: pairs were chosen by them. */
  without?: readonly number[];
  /** Ends when no parameter moves by more. */
  tolerance?: number;
  mostRounds?: number;
  /** Each level's count of matches and of others begins with this: no chance becomes nought. */
  prior?: number;
}

export interface EmResult extends Parameters {
  rounds: number;
  history: Parameters[];
}

/**
 * Estimates the model of Fellegi & Sunter 1969 (JASA 64, 1183–1210) without labels: expectation–maximisation as in
 * Winkler 1988 and Splink's notes, levels independent given match or not. A missing level has the factor 1 and counts
 * in no table. Fails quietly where matches are a tiny share of the pairs and few fields tell them apart: λ then drifts
 * to another grouping; block first, and fix u. Throws RangeError without pairs.
 */
export function expectMaximise(patterns: Patterns, start: Parameters, options: EmOptions = {}): EmResult {
  const { tolerance = 1e-8, mostRounds = 200 } = options;
  if (!patterns.counts.some((count) => count > 0)) throw new RangeError("no pairs to learn from");
  if (!(start.lambda > 0 && start.lambda < 1)) throw new RangeError("lambda must lie between 0 and 1");
  let now = start;
  const history = [start];
  for (let round = 1; round <= mostRounds; round++) {
    const next = step(patterns, now, options);
    history.push(next);
    const moved = distance(now, next);
    now = next;
    if (moved < tolerance) break;
  }
  return { ...now, rounds: history.length - 1, history };
}

/** The chance of one person for each pattern. */
export function posteriors(patterns: Patterns, parameters: Parameters, without: readonly number[] = []) {
  const { width, levels, counts } = patterns;
  const chances = new Float64Array(counts.length);
  for (let row = 0; row < counts.length; row++) {
    let same = parameters.lambda;
    let other = 1 - parameters.lambda;
    for (let i = 0; i < width; i++) {
      const level = levels[row * width + i]!;
      if (level === missing || without.includes(i)) continue;
      same *= parameters.m[i]![level]!;
      other *= parameters.u[i]![level]!;
    }
    chances[row] = same + other === 0 ? 0 : same / (same + other);
  }
  return chances;
}

function step(patterns: Patterns, now: Parameters, options: EmOptions): Parameters {
  const { fix = {}, without = [], prior = 0 } = options;
  const { width, levels, counts } = patterns;
  const chances = posteriors(patterns, now, without);
  const m = now.m.map((each) => each.map(() => prior));
  const u = now.u.map((each) => each.map(() => prior));
  let all = 0;
  let same = 0;
  for (let row = 0; row < counts.length; row++) {
    const [count, chance] = [counts[row]!, chances[row]!];
    all += count;
    same += chance * count;
    for (let i = 0; i < width; i++) {
      const level = levels[row * width + i]!;
      if (level === missing) continue;
      m[i]![level]! += chance * count;
      u[i]![level]! += (1 - chance) * count;
    }
  }
  const kept = (table: number[][], old: number[][], fixed = false) =>
    table.map((each, i) => (fixed || without.includes(i) ? old[i]! : shares(each, old[i]!)));
  return {
    lambda: fix.lambda ? now.lambda : same / all,
    m: kept(m, now.m, fix.m),
    u: kept(u, now.u, fix.u),
  };
}

/** As shares of their sum; the old ones where there is nothing to share. */
function shares(counts: number[], old: number[]): number[] {
  const sum = counts.reduce((total, each) => total + each, 0);
  return sum > 0 ? counts.map((each) => each / sum) : old;
}

function distance(a: Parameters, b: Parameters): number {
  let most = Math.abs(a.lambda - b.lambda);
  for (const table of ["m", "u"] as const)
    a[table].forEach((each, i) => {
      each.forEach((value, level) => {
        most = Math.max(most, Math.abs(value - b[table][i]![level]!));
      });
    });
  return most;
}
