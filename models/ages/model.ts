import { type Counts, narrowed, spreadOf, statedMass } from "./densities.ts";
import { cells } from "./grid.ts";
import { type Location, locate } from "./location.ts";
import type { AgePurchase, Buyer } from "./purchase.ts";
import { massAt, type Residuals } from "./residuals.ts";
import { isGreatDay } from "./signs.ts";

/** Everything that was learned, as plain JSON. */
export interface AgeModel {
  readonly families: number;
  readonly lessons: number;
  readonly location: Location;
  readonly residuals: Residuals | null;
  readonly counts: Counts;
  /** Ages at any purchase, and at a family's first: shares by cell. */
  readonly base: readonly number[];
  readonly first: readonly number[];
  /** Purchases per family and cell of age; only their proportions matter. */
  readonly rate: readonly number[];
  /** Births by calendar month, relative to the mean month. */
  readonly birthMonths: readonly number[];
  /** Months between births that follow each other: shares by whole months, see spacing.ts. */
  readonly spacing: readonly number[];
  /** When the accounts learned from were first seen, see tenure.ts; empty where nobody knows. */
  readonly accounts: readonly number[];
  /** What holds back purchases that resemble each other, see belief.ts. */
  readonly dependence: number;
  readonly calibration: Calibration;
}

/** By purchases known, at least `from`: how far from the median the 80 % interval must reach, as a share (0.4 if perfect). */
export type Calibration = readonly { readonly from: number; readonly reach: number; readonly n: number }[];

/** One purchase in so many was for nobody we know of: no age is made less likely than by this factor, none more. */
const background = 0.002;
const mostRatio = 20;
/** So no purchase makes one birthday more than 10 000 times likelier than another, whatever was learned. */
export const mostLog = Math.log(mostRatio / background);

/** A model used for many purchases: spreads are smoothed once. */
export interface OpenModel {
  readonly model: AgeModel;
  readonly base: Float64Array;
  readonly first: Float64Array;
  readonly rate: Float64Array;
  spread(node: string): { mass: Float64Array; n: number } | null;
  /** Likelihoods already reckoned, by what they depend on. */
  readonly known: Map<string, Float64Array>;
}

export function openModel(model: AgeModel): OpenModel {
  const spreads = new Map<string, { mass: Float64Array; n: number }>();
  return {
    model,
    base: Float64Array.from(model.base),
    first: Float64Array.from(model.first),
    rate: Float64Array.from(model.rate),
    known: new Map(),
    spread(node) {
      const list = model.counts[node];
      if (list === undefined) return null;
      const spread = spreads.get(node) ?? spreadOf(list);
      spreads.set(node, spread);
      return spread;
    },
  };
}

/**
 * The distribution of ages at this purchase, p(age | purchase): the location's with its residuals; beside it what the
 * catalogue states, as long as few buyers were seen; narrowed to what was counted of the leaf and the product.
 */
function ageMass(open: OpenModel, purchase: AgePurchase, buyer: Buyer): Float64Array {
  const { model } = open;
  const [root = "", ...below] = purchase.path;
  const mass =
    model.residuals === null
      ? Float64Array.from(open.base)
      : massAt(model.residuals, root, locate(model.location, purchase, buyer));
  const [leaf] = below;
  if (purchase.stated !== null) {
    const seen = (leaf === undefined ? null : open.spread(leaf))?.n ?? 0;
    const stated = statedMass(purchase.stated);
    const share = statedBelieved / (statedBelieved + seen);
    for (let cell = 0; cell < cells; cell++) mass[cell] = share * stated[cell]! + (1 - share) * mass[cell]!;
  }
  below.forEach((node) => {
    const spread = open.spread(node);
    if (spread !== null) narrowed(mass, spread, node === leaf ? "leaf" : "product");
  });
  return mass;
}

/** The catalogue's word weighs as much as so many buyers. */
const statedBelieved = 60;

/** log p(purchase | age), up to a constant: log of ageMass against the ages at which anything is bought (Bayes). */
export function logLikelihood(open: OpenModel, purchase: AgePurchase, buyer: Buyer): Float64Array {
  const day = open.model.residuals === null ? 0 : seasonDay(purchase.day);
  const quantity = Math.min(purchase.quantity, 20);
  const key = `${purchase.path.join(">")} ${purchase.stated} ${day} ${quantity} ${buyer.tenure}`;
  const known = open.known.get(key);
  if (known !== undefined) return known;
  const mass = ageMass(open, { ...purchase, day, quantity }, buyer);
  const logs = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const ratio = (1 - background) * (mass[cell]! / open.base[cell]!) + background;
    logs[cell] = Math.log(Math.min(ratio, mostRatio));
  }
  if (open.known.size >= mostKnown) open.known.clear();
  open.known.set(key, logs);
  return logs;
}

/** 2.5 kB each. */
const mostKnown = 6_000;

/** Seasons are told apart by half months, so that the same goods need be reckoned once; the great day stays itself. */
function seasonDay(day: number): number {
  const date = new Date(day * 86_400_000);
  const [month, inMonth] = [date.getUTCMonth(), date.getUTCDate()];
  const middle = isGreatDay(date) ? inMonth : inMonth <= 15 ? 8 : 23;
  return Date.UTC(2001, month, middle) / 86_400_000;
}
