import { cells, earliestDays, normalise, quantileOf, stepDays } from "./grid.ts";
import { logLikelihood, mostLog, type OpenModel } from "./model.ts";
import type { AgePurchase, Buyer } from "./purchase.ts";

/**
 * What is believed of a birthday: a weight (log) for each half month from twelve years before the first purchase to
 * three years and a pregnancy after it. A discrete Bayesian filter (Särkkä 2013, ch. 4.1: the state, a birth date,
 * stands still): each purchase adds its log-likelihood, so that the order of purchases does not matter.
 */
export interface Belief {
  readonly firstDay: number;
  readonly logs: Float64Array;
  /** How many purchases of each leaf and article were taken in. */
  readonly seen: Map<string, number>;
  purchases: number;
}

const laterCells = Math.ceil(1096 / stepDays);
export const births = cells + laterCells;
/** The day of birth in the middle of a cell; cell 0 is the latest birth, like the youngest age. */
const birthDay = ({ firstDay }: Belief, cell: number): number =>
  firstDay - earliestDays + (laterCells - cell - 0.5) * stepDays;

/** The prior: ages at a first purchase among those who told, births by season; a thousandth for births much later. */
export function openBelief(open: OpenModel, firstDay: number): Belief {
  const logs = new Float64Array(births);
  const belief = { firstDay, logs, seen: new Map<string, number>(), purchases: 0 };
  for (let i = 0; i < births; i++) {
    const month = new Date(birthDay(belief, i) * 86_400_000).getUTCMonth();
    const share = i < laterCells ? 0.001 / laterCells : open.first[i - laterCells]!;
    logs[i] = Math.log(Math.max(share, 1e-7) * (open.model.birthMonths[month] ?? 1));
  }
  return belief;
}

/** A wholesale order or a present says little about the buyer's own child. */
const weights = { gift: 0.05, wholesale: 0.05, wholesaleFrom: 50 };
export function weightOf({ gift, quantity }: AgePurchase): number {
  if (quantity >= weights.wholesaleFrom) return weights.wholesale;
  if (gift === true) return weights.gift;
  return quantity > 12 ? Math.max(weights.wholesale, 12 / quantity / 2) : 1;
}

/**
 * The power that a likelihood is raised to so that a purchase of weight w < 1 moves at most the share w of anybody's
 * belief. With likelihoods within a factor R of each other, no belief moves by more than tanh(ln R / 4) in total
 * variation; ln R is at most `mostLog` times the power. So the median stays between the quantiles 0.5 − w and 0.5 + w
 * of what was believed before.
 */
export const powerOf = (weight: number): number =>
  weight >= 1 ? 1 : Math.min(1, (4 * Math.atanh(weight)) / mostLog);

/**
 * Purchases of one family are not independent: she buys the same brand and size again because it is in her cupboard.
 * The k-th purchase of an article counts 1/k, of a leaf 1 / (1 + dependence · earlier ones) (a power likelihood, as in
 * Holmes & Walker 2017).
 */
export function powerNow(open: OpenModel, belief: Belief, purchase: AgePurchase): number {
  const leaf = `leaf ${purchase.path[1] ?? purchase.path[0] ?? ""}`;
  const item = `item ${purchase.item}`;
  const sameLeaf = belief.seen.get(leaf) ?? 0;
  const sameItem = belief.seen.get(item) ?? 0;
  belief.seen.set(leaf, sameLeaf + 1);
  belief.seen.set(item, sameItem + 1);
  return powerOf(weightOf(purchase)) / Math.max(1 + sameItem, 1 + open.model.dependence * sameLeaf);
}

/** Takes in one purchase, in place. */
export function takeIn(open: OpenModel, belief: Belief, purchase: AgePurchase, buyer: Buyer): void {
  const logs = logLikelihood(open, purchase, buyer);
  const power = powerNow(open, belief, purchase);
  const at = ageCellAt(belief, purchase.day);
  const never = Math.log(0.02);
  for (let i = 0; i < births; i++) {
    belief.logs[i] = belief.logs[i]! + power * valueAt(logs, i + at, never);
  }
  belief.purchases += 1;
}

/** At a purchase the child of birth cell i is in age cell i + this (not whole: cells are read between). */
export const ageCellAt = ({ firstDay }: Belief, day: number): number =>
  (day - firstDay) / stepDays - laterCells;

/** Between two cells straight; before a pregnancy or past twelve years, `outside`. */
export function valueAt(values: Float64Array, at: number, outside: number): number {
  if (at < -0.5 || at > cells - 0.5) return outside;
  const low = Math.max(0, Math.floor(at));
  const high = Math.min(cells - 1, low + 1);
  const share = Math.max(0, at - low);
  return values[low]! * (1 - share) + values[high]! * share;
}

/** Probabilities of the birth cells. */
export function massOf(logs: Float64Array): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of logs) most = Math.max(most, value);
  return normalise(logs.map((value) => Math.exp(value - most)));
}

/** The day of birth with `share` of the belief on younger children, i.e. later days. */
export const birthQuantile = ({ firstDay }: Belief, mass: Float64Array, share: number): number =>
  firstDay - quantileOf(mass, share) + laterCells * stepDays;

/** The share of belief on days of birth after this one. */
export function shareAfter({ firstDay }: Belief, mass: Float64Array, day: number): number {
  const at = (firstDay - day - earliestDays) / stepDays + laterCells;
  let sum = 0;
  for (let i = 0; i < births && i < at; i++) sum += mass[i]! * Math.min(1, at - i);
  return sum;
}
