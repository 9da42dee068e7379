import { ageCellAt, type Belief, births, massOf, openBelief, powerNow, takeIn, valueAt } from "./belief.ts";
import { cells, stepDays } from "./grid.ts";
import { type Guess, guessFrom } from "./guess.ts";
import { logLikelihood, type OpenModel } from "./model.ts";
import type { AgePurchase, Buyer } from "./purchase.ts";

/** What is believed of a family's children: how many, with which probability, and when each was born, youngest first. */
export interface Family {
  readonly counts: readonly [number, number, number];
  readonly children: readonly Guess[];
}

/** Pairs and triples are compared by whole months. */
const stride = 2;
const months = Math.ceil(births / stride);
/** Births of one mother lie at least ten months apart; twins are one birth here, and count as one. */
const leastGap = 10;
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
  const others = laterPrior(belief, lastDay);
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

/** A sister's or brother's birthday: any month from seven years before the first purchase to a pregnancy after the last. */
function laterPrior(belief: Belief, lastDay: number): Float64Array {
  const days = lastDay - belief.firstDay + 280;
  const laterDays = (births - cells) * stepDays + 280;
  const [from, to] = [(laterDays - days) / stepDays / stride, (laterDays + 2556) / stepDays / stride];
  const inside = Float64Array.from({ length: months }, (_, month) => (month >= from && month <= to ? 1 : 0));
  const sum = inside.reduce((total, one) => total + one, 0);
  return inside.map((one) => one / Math.max(1, sum));
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

function twoChildren(seen: readonly Seen[], prior: Float64Array, others: Float64Array) {
  const logs: number[] = [];
  const pairs: [number, number][] = [];
  let best = { pair: [0, 0] as [number, number], log: Number.NEGATIVE_INFINITY };
  for (let younger = 0; younger < months; younger++) {
    for (let elder = younger + leastGap; elder < months; elder++) {
      const before = 0.5 * (prior[younger]! * others[elder]! + prior[elder]! * others[younger]!);
      if (before < 1e-8) continue;
      const log = Math.log(before) + together(seen, [younger, elder]);
      logs.push(log);
      pairs.push([younger, elder]);
    }
  }
  // Only pairs near the best are worth the finer look.
  const top = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
  pairs.forEach(([younger, elder], i) => {
    if (logs[i]! > top - nearBest) {
      const before = 0.5 * (prior[younger]! * others[elder]! + prior[elder]! * others[younger]!);
      logs[i] = Math.log(before) + inAnyProportion(seen, younger, elder);
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
const thirdGain = (seen: readonly Seen[], pair: readonly [number, number], others: Float64Array): number =>
  logSum(thirdLogs(seen, pair, others)) - together(seen, pair);

function thirdLogs(seen: readonly Seen[], pair: readonly [number, number], others: Float64Array): number[] {
  return Array.from(others, (share, month) =>
    share === 0 || pair.some((one) => Math.abs(one - month) < leastGap)
      ? Number.NEGATIVE_INFINITY
      : Math.log(share) + together(seen, [...pair, month]),
  );
}

function third(
  open: OpenModel,
  belief: Belief,
  seen: readonly Seen[],
  pair: readonly [number, number],
  others: Float64Array,
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

/**
 * Evidence that is held back for purchases that resemble each other is too shy: without this factor per further child,
 * one family in two with two children was taken for one, and none with one child for two (measured on the town).
 */
const shyness = 5;

function shares(logs: readonly [number, number, number]): [number, number, number] {
  const weighed = logs.map((log, i) => log + Math.log(orders[i]! * shyness ** i));
  const all = logSum(weighed);
  const [one = 0, two = 0, three = 0] = weighed.map((log) => Math.exp(log - all));
  return [one, two, three];
}
