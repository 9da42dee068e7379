import { leastGap } from "./spacing.ts";
import { months, type Watched } from "./watched.ts";

/** How likely births in these two months are before anything was bought. */
type PairPrior = (younger: number, elder: number) => number;

/** Two births: how well they explain what was bought, when each may have been, and the best pair. */
interface Two {
  readonly log: number;
  readonly marginals: readonly [Float64Array, Float64Array];
  readonly best: readonly [number, number];
}

/** Pairs are first compared at every second month; the best of them at every month, with all proportions. */
const coarse = 2;
const mostFine = 100;
const nearBest = 10;

/**
 * How much of the shopping here is for the younger of two: families buy more for one child elsewhere, hand clothes
 * down, breast-feed one and not the other. Averaged over, since nobody tells.
 */
const proportions = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/** log p(purchases | births in these two months), over all proportions. */
function inAnyProportion(watched: readonly Watched[], younger: number, elder: number): number {
  const sums = proportions.map((share) => {
    let sum = 0;
    for (const { both, rate, power } of watched) {
      const top = share * both[younger]! + (1 - share) * both[elder]!;
      sum += power * Math.log(top / (share * rate[younger]! + (1 - share) * rate[elder]!));
    }
    return sum;
  });
  return logSum(sums) - Math.log(proportions.length);
}

/** log p(purchases | births in these two months), each child bought for alike. */
export function pairLog(watched: readonly Watched[], younger: number, elder: number): number {
  let sum = 0;
  for (const { both, rate, power } of watched) {
    sum += power * Math.log((both[younger]! + both[elder]!) / (rate[younger]! + rate[elder]!));
  }
  return sum;
}

interface Pair {
  readonly younger: number;
  readonly elder: number;
  readonly log: number;
}

/** Sums over all pairs of months; those far from the best stand for the months beside them. */
export function twoChildren(watched: readonly Watched[], prior: PairPrior): Two {
  const rough = roughly(watched, prior);
  const top = rough.reduce((most, { log }) => Math.max(most, log), Number.NEGATIVE_INFINITY);
  const near = rough.filter(({ log }) => log > top - nearBest);
  if (near.length > mostFine) near.sort((a, b) => b.log - a.log);
  const fine = new Set(near.slice(0, mostFine));
  return summed([
    ...[...fine].flatMap((pair) => finer(watched, prior, pair)),
    // What is further off than this adds nothing to any sum.
    ...rough
      .filter((pair) => pair.log > top - 2 * nearBest && !fine.has(pair))
      .map((pair) => ({ ...pair, log: pair.log + 2 * Math.log(coarse) })),
  ]);
}

function roughly(watched: readonly Watched[], prior: PairPrior): Pair[] {
  const pairs: Pair[] = [];
  for (let younger = 0; younger < months; younger += coarse) {
    for (let elder = younger + leastGap; elder < months; elder += coarse) {
      const share = prior(younger, elder);
      if (share < 1e-8) continue;
      pairs.push({ younger, elder, log: Math.log(share) + pairLog(watched, younger, elder) });
    }
  }
  return pairs;
}

function finer(watched: readonly Watched[], prior: PairPrior, pair: Pair): Pair[] {
  const found: Pair[] = [];
  for (let younger = pair.younger; younger < Math.min(months, pair.younger + coarse); younger++) {
    for (let elder = pair.elder; elder < Math.min(months, pair.elder + coarse); elder++) {
      const share = elder - younger < leastGap ? 0 : prior(younger, elder);
      if (share > 0)
        found.push({ younger, elder, log: Math.log(share) + inAnyProportion(watched, younger, elder) });
    }
  }
  return found;
}

function summed(pairs: readonly Pair[]): Two {
  const log = logSum(pairs.map((pair) => pair.log));
  const marginals = [new Float64Array(months), new Float64Array(months)] as const;
  let [best, most]: [readonly [number, number], number] = [[0, 0], Number.NEGATIVE_INFINITY];
  for (const pair of pairs) {
    const share = Math.exp(pair.log - log);
    marginals[0][pair.younger]! += share;
    marginals[1][pair.elder]! += share;
    if (pair.log > most) [best, most] = [[pair.younger, pair.elder], pair.log];
  }
  return { log, marginals, best };
}

export function logSum(logs: ArrayLike<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logs.length; i++) most = Math.max(most, logs[i]!);
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (let i = 0; i < logs.length; i++) sum += Math.exp(logs[i]! - most);
  return most + Math.log(sum);
}
