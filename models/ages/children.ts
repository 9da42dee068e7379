import { ageCellAt, type Belief, births, massOf, openBelief, powerNow, takeIn, valueAt } from "./belief.ts";
import { cells, stepDays } from "./grid.ts";
import { type Guess, guessFrom } from "./guess.ts";
import { logLikelihood, type OpenModel } from "./model.ts";
import type { AgePurchase, Buyer } from "./purchase.ts";
import { leastGap } from "./spacing.ts";

/** What is believed of a family's children: how many, with which probability, and when each was born, youngest first. */
export interface Family {
  readonly counts: readonly [number, number, number];
  readonly children: readonly Guess[];
}

/** Pairs and triples are compared by whole months. */
const stride = 2;
const months = Math.ceil(births / stride);
/** Families with one, two and three births in the years when they shop (births by order in China, NBS 2022). */
const orders = [0.6, 0.34, 0.06] as const;
const nearBest = 10;
/** So many purchases are compared at most: the newest. */
const mostPurchases = 60;

interface Seen {
  /** Likelihood and rate of purchase by month of birth, and the power that holds back repeats. */
  readonly like: Float64Array;
  readonly rate: Float64Array;
  readonly power: number;
}

/**
 * How many births explain what was bought: marginal likelihoods of one, two and three children compared over the grid
 * (Kass & Raftery 1995, eq. 1), each purchase being for one of them in proportion to how much is bought at their ages, so
 * that p(purchase | births) = Σ p(purchase | age_j) rate(age_j) / Σ rate(age_j): a sum over assignments, with no
 * density estimated and no clusters formed. A third birth is weighed at the best pair.
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
  const seen = watch(open, belief.firstDay, sorted, buyer);
  const others = siblingPrior(open, belief, lastDay);
  const one = logSum(oneChild(seen, prior));
  const two = twoChildren(seen, prior, others);
  const three = two.log + thirdGain(seen, two.best, others);
  const counts = shares([one, two.log, three]);
  const most = counts.indexOf(Math.max(...counts));
  if (most === 0) return { counts, children: [alone] };
  const guesses = two.marginals.map((mass) => guessFrom(open, belief, spread(mass)));
  return {
    counts,
    children: most === 1 ? guesses : [...guesses, third(open, belief, seen, two.best, others)],
  };
}

function watch(open: OpenModel, firstDay: number, purchases: readonly AgePurchase[], buyer: Buyer): Seen[] {
  // Powers are reckoned anew, in the same order as for one child.
  const again = openBelief(open, firstDay);
  return purchases.map((purchase) => {
    const logs = logLikelihood(open, purchase, buyer);
    const at = ageCellAt(again, purchase.day);
    const like = new Float64Array(months);
    const rate = new Float64Array(months);
    for (let month = 0; month < months; month++) {
      const cell = month * stride + 0.5 + at;
      like[month] = Math.exp(valueAt(logs, cell, Math.log(0.002)));
      rate[month] = valueAt(open.rate, cell, 0.001) ** rateShare;
    }
    return { like, rate, power: powerNow(open, again, purchase) ** 0.5 };
  });
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

/** Families differ in what they buy from us at all, so that the rates of all of them say only half (overdispersion). */
const rateShare = 0.5;

const oneChild = (seen: readonly Seen[], prior: Float64Array): Float64Array =>
  prior.map((share, month) =>
    seen.reduce(
      (sum, { like, power }) => sum + power * Math.log(like[month]!),
      Math.log(Math.max(share, 1e-9)),
    ),
  );

/**
 * How much of the shopping here is for the younger of two: families buy more for one child elsewhere, hand clothes
 * down, breast-feed one and not the other. Averaged over, since nobody tells.
 */
const proportions = [0.1, 0.3, 0.5, 0.7, 0.9] as const;

/** log p(purchases | births in these two months), over all proportions. */
function inAnyProportion(seen: readonly Seen[], younger: number, elder: number): number {
  const sums = proportions.map((share) => {
    let sum = 0;
    for (const { like, rate, power } of seen) {
      const first = share * rate[younger]!;
      const second = (1 - share) * rate[elder]!;
      sum += power * Math.log((like[younger]! * first + like[elder]! * second) / (first + second));
    }
    return sum;
  });
  return logSum(sums) - Math.log(proportions.length);
}

/** log p(purchases | births in these months), each child bought for alike. */
function together(seen: readonly Seen[], born: readonly number[]): number {
  let sum = 0;
  for (const { like, rate, power } of seen) {
    let top = 0;
    let bottom = 0;
    for (const month of born) {
      top += like[month]! * rate[month]!;
      bottom += rate[month]!;
    }
    sum += power * Math.log(top / bottom);
  }
  return sum;
}

function twoChildren(seen: readonly Seen[], prior: Float64Array, others: SiblingPrior) {
  const logs: number[] = [];
  const pairs: [number, number][] = [];
  let best = { pair: [0, 0] as [number, number], log: Number.NEGATIVE_INFINITY };
  const before = (younger: number, elder: number): number =>
    0.5 * (prior[younger]! * others(younger, elder) + prior[elder]! * others(elder, younger));
  for (let younger = 0; younger < months; younger++) {
    for (let elder = younger + leastGap; elder < months; elder++) {
      const share = before(younger, elder);
      if (share < 1e-8) continue;
      logs.push(Math.log(share) + together(seen, [younger, elder]));
      pairs.push([younger, elder]);
    }
  }
  // Only pairs near the best are worth the finer look.
  const top = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
  pairs.forEach(([younger, elder], i) => {
    if (logs[i]! > top - nearBest) {
      logs[i] = Math.log(before(younger, elder)) + inAnyProportion(seen, younger, elder);
    }
    if (logs[i]! > best.log) best = { pair: [younger, elder], log: logs[i]! };
  });
  const log = logs.length === 0 ? Number.NEGATIVE_INFINITY : logSum(logs);
  const marginals = [new Float64Array(months), new Float64Array(months)] as const;
  pairs.forEach(([younger, elder], i) => {
    const share = Math.exp(logs[i]! - log);
    marginals[0][younger]! += share;
    marginals[1][elder]! += share;
  });
  return { log, marginals, best: best.pair };
}

/** log of how much better the purchases are explained with a third birth beside the best pair. */
const thirdGain = (seen: readonly Seen[], pair: readonly [number, number], others: SiblingPrior): number =>
  logSum(thirdLogs(seen, pair, others)) - together(seen, pair);

function thirdLogs(seen: readonly Seen[], pair: readonly [number, number], others: SiblingPrior): number[] {
  return Array.from({ length: months }, (_, month) => {
    const [nearer, farther] = pair.map((one) => Math.abs(one - month)) as [number, number];
    const share = others(nearer <= farther ? pair[0] : pair[1], month);
    return share === 0 || Math.min(nearer, farther) < leastGap
      ? Number.NEGATIVE_INFINITY
      : Math.log(share) + together(seen, [...pair, month]);
  });
}

function third(
  open: OpenModel,
  belief: Belief,
  seen: readonly Seen[],
  pair: readonly [number, number],
  others: SiblingPrior,
): Guess {
  return guessFrom(open, belief, spread(massOf(Float64Array.from(thirdLogs(seen, pair, others)))));
}

function logSum(logs: ArrayLike<number>): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logs.length; i++) most = Math.max(most, logs[i]!);
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (let i = 0; i < logs.length; i++) sum += Math.exp(logs[i]! - most);
  return most + Math.log(sum);
}

function shares(logs: readonly [number, number, number]): [number, number, number] {
  const weighed = logs.map((log, i) => log + Math.log(orders[i]!));
  const all = logSum(weighed);
  const [one = 0, two = 0, three = 0] = weighed.map((log) => Math.exp(log - all));
  return [one, two, three];
}
