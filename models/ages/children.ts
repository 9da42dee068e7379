import { type Belief, births, massOf, openBelief, takeIn } from "./belief.ts";
import { cells, stepDays } from "./grid.ts";
import { type Guess, guessFrom } from "./guess.ts";
import type { OpenModel } from "./model.ts";
import { logSum, pairLog, twoChildren } from "./pairs.ts";
import type { AgePurchase, Buyer } from "./purchase.ts";
import { leastGap } from "./spacing.ts";
import { months, stride, type Watched, watch } from "./watched.ts";

/** What is believed of a family's children: how many, with which probability, and when each was born, youngest first. */
export interface Family {
  readonly counts: readonly [number, number, number];
  readonly children: readonly Guess[];
}

/**
 * An assumption: families with one, two and three births in the years when they shop. Of the births in China in 2022 more
 * than half had an elder sister or brother (National Health Commission, 2022年我国卫生健康事业发展统计公报, 12 October
 * 2023: second 38.9 %, third and later 15.0 %), which says nothing of how many of both are shopped for at once; a third is
 * weighed at the best pair alone, so it is given less. Rounded on the towns of seeds 101 to 103.
 */
const orders = [0.4, 0.5, 0.1] as const;
/** So many purchases are compared at most: the newest. */
const mostPurchases = 60;

/**
 * How many births explain what was bought: marginal likelihoods of one, two and three children compared over the grid
 * (Kass & Raftery 1995, eq. 1), each purchase being for one of them in proportion to how much is bought at their ages, so
 * that p(purchase | births) = Σ p(purchase | age_j) rate(age_j) / Σ rate(age_j): a sum over assignments, with no
 * density estimated and no clusters formed.
 */
export function guessFamily(open: OpenModel, purchases: readonly AgePurchase[], buyer: Buyer): Family | null {
  const sorted = [...purchases].sort((a, b) => a.day - b.day).slice(-mostPurchases);
  const first = sorted[0];
  if (first === undefined) return null;
  const belief = openBelief(open, first.day);
  const prior = monthly(massOf(belief.logs));
  for (const purchase of sorted) takeIn(open, belief, purchase, buyer);
  const alone = guessFrom(open, belief);
  if (sorted.length < 2) return { counts: [1, 0, 0], children: [alone] };
  const lastDay = sorted.at(-1)!.day;
  const watched = watch(open, belief, sorted, buyer);
  const others = siblingPrior(open, belief, lastDay);
  const one = logSum(oneChild(watched, prior));
  const two = twoChildren(
    watched,
    (younger, elder) =>
      0.5 * (prior[younger]! * others(younger, elder) + prior[elder]! * others(elder, younger)),
  );
  // A third birth is weighed at the best pair.
  const third = thirdLogs(watched, two.best, others);
  const three = two.log + logSum(third) - pairLog(watched, ...two.best);
  const counts = shares([one, two.log, three]);
  const most = counts.indexOf(Math.max(...counts));
  if (most === 0) return { counts, children: [alone] };
  const masses = most === 1 ? two.marginals : [...two.marginals, massOf(third)];
  return { counts, children: masses.map((mass) => guessFrom(open, belief, spread(mass))) };
}

function monthly(mass: Float64Array): Float64Array {
  const sums = new Float64Array(months);
  mass.forEach((share, cell) => {
    sums[Math.floor(cell / stride)]! += share;
  });
  return sums;
}

/** Months back to half months. */
function spread(mass: Float64Array): Float64Array {
  return Float64Array.from({ length: births }, (_, cell) => mass[Math.floor(cell / stride)]! / stride);
}

/** How likely a birth in the month `other` is where one in the month `known` is certain. */
type SiblingPrior = (known: number, other: number) => number;

/**
 * A sister's or brother's birthday: any month from seven years before the first purchase to a pregnancy after the last,
 * by the spacing of births in families that told.
 */
function siblingPrior(open: OpenModel, belief: Belief, lastDay: number): SiblingPrior {
  const days = lastDay - belief.firstDay + 280;
  const laterDays = (births - cells) * stepDays + 280;
  const [from, to] = [(laterDays - days) / stepDays / stride, (laterDays + 2556) / stepDays / stride];
  const { spacing } = open.model;
  const shareOf = (known: number, other: number): number =>
    other < from || other > to ? 0 : (spacing[Math.abs(known - other)] ?? 0);
  const sums = Float64Array.from({ length: months }, (_, known) => {
    let sum = 0;
    for (let other = 0; other < months; other++) sum += shareOf(known, other);
    return sum;
  });
  return (known, other) => (sums[known] === 0 ? 0 : shareOf(known, other) / sums[known]!);
}

function oneChild(watched: readonly Watched[], prior: Float64Array): Float64Array {
  const logs = prior.map((share) => Math.log(Math.max(share, 1e-9)));
  for (const { like, power } of watched) {
    for (let month = 0; month < months; month++) logs[month] = logs[month]! + power * Math.log(like[month]!);
  }
  return logs;
}

/** By month, how well a third birth beside the pair explains the purchases, each child bought for alike. */
function thirdLogs(
  watched: readonly Watched[],
  pair: readonly [number, number],
  others: SiblingPrior,
): Float64Array {
  const [younger, elder] = pair;
  return new Float64Array(months).map((_, month) => {
    const [nearer, farther] = [Math.abs(younger - month), Math.abs(elder - month)];
    const share = others(nearer <= farther ? younger : elder, month);
    if (share === 0 || Math.min(nearer, farther) < leastGap) return Number.NEGATIVE_INFINITY;
    let sum = Math.log(share);
    for (const { both, rate, power } of watched) {
      const top = both[younger]! + both[elder]! + both[month]!;
      sum += power * Math.log(top / (rate[younger]! + rate[elder]! + rate[month]!));
    }
    return sum;
  });
}

function shares(logs: readonly [number, number, number]): [number, number, number] {
  const weighed = logs.map((log, i) => log + Math.log(orders[i]!));
  const all = logSum(weighed);
  const [one = 0, two = 0, three = 0] = weighed.map((log) => Math.exp(log - all));
  return [one, two, three];
}
