import { uniformOf } from "../imputation/draws.ts";
import { type Belief, massOf, openBelief, shareAfter, takeIn, weightOf } from "./belief.ts";
import { type Counts, countAges } from "./densities.ts";
import { cellOf, cells, normalise, possible, smoothed, warp } from "./grid.ts";
import { fitLocation, type Location, locate } from "./location.ts";
import { type AgeModel, type Calibration, logLikelihood, type OpenModel, openModel } from "./model.ts";
import type { Lesson, ToldFamily } from "./purchase.ts";
import { type Residuals, residualsOf } from "./residuals.ts";
import { spacingOf } from "./spacing.ts";

export interface FitOptions {
  readonly seed: number;
  /** The location's work is bounded by so many rows; spreads are counted from all. */
  readonly mostRows?: number;
  readonly mostCalibrated?: number;
}

const folds = 5;
/** One great family must not teach as much as ten small ones. */
const mostPerFamily = 12;

/** Learns from families that told their children's birthdays. Families without a possible age teach nothing. */
export function fitAges(families: readonly ToldFamily[], options: FitOptions): AgeModel {
  const { seed, mostRows = 12_000, mostCalibrated = 1500 } = options;
  const usable = families.filter(({ births, purchases }) =>
    births.some((born) => purchases.some(({ day }) => possible(day - born))),
  );
  if (usable.length < folds) return coldModel();
  const foldOf = foldsOf(usable.length, seed);
  const single = usable.map((family) => (family.births.length === 1 ? lessonsOf(family) : []));
  const first = partsOf(single.flat(), usable, mostRows);
  const start = openModel(first);
  const taught = usable.map((family) => assigned(start, family));
  return learned(usable, taught, foldOf, { mostRows, mostCalibrated });
}

function learned(
  families: readonly ToldFamily[],
  taught: readonly Lesson[][],
  foldOf: Int32Array,
  { mostRows, mostCalibrated }: { mostRows: number; mostCalibrated: number },
): AgeModel {
  const parts = Array.from({ length: folds }, (_, fold) => {
    const lessons = taught.filter((_, i) => foldOf[i] !== fold).flat();
    return { location: fitLocation(thinned(lessons, mostRows)), counts: countAges(lessons) };
  });
  const residuals = heldOutResiduals(taught, foldOf, parts);
  const lessons = taught.flat();
  const model = { ...partsOf(lessons, families, mostRows), residuals };
  const held = parts.map(({ location, counts }) => openModel({ ...model, location, counts }));
  return { ...model, calibration: calibrate(held, families, foldOf, mostCalibrated) };
}

function partsOf(lessons: readonly Lesson[], families: readonly ToldFamily[], mostRows: number): AgeModel {
  const base = new Float64Array(cells);
  for (const { ageDays, weight } of lessons) base[cellOf(ageDays)]! += weight;
  return {
    families: families.length,
    lessons: lessons.length,
    location: fitLocation(thinned(lessons, mostRows)),
    residuals: null,
    counts: countAges(lessons),
    base: shares(base, 0.03),
    first: shares(firstAges(families)),
    rate: rates(lessons, families),
    birthMonths: birthMonths(families),
    spacing: spacingOf(families),
    accounts: [],
    dependence: 0.4,
    calibration: [],
  };
}

/**
 * Smoothed, with a little spread over all ages so that nothing is ruled out. Where hardly anything was ever bought, a
 * share of nearly nothing would make the tail of any purchase look telling: so `base` is held up more.
 */
function shares(counts: Float64Array, spread = 0.001): number[] {
  const mass = normalise(smoothed(counts, 4));
  return Array.from(mass, (share) => round((1 - spread) * share + spread / cells));
}

const round = (value: number): number => Number(value.toPrecision(5));

function firstAges(families: readonly ToldFamily[]): Float64Array {
  const counts = new Float64Array(cells);
  for (const { births, purchases } of families) {
    const day = Math.min(...purchases.map((one) => one.day));
    const ages = births.map((born) => day - born).filter(possible);
    for (const age of ages) counts[cellOf(age)]! += 1 / ages.length;
  }
  return counts;
}

/** Purchases per family under observation, by age: from its first purchase to its last. */
function rates(lessons: readonly Lesson[], families: readonly ToldFamily[]): number[] {
  const bought = new Float64Array(cells);
  const watched = new Float64Array(cells);
  for (const { ageDays, weight } of lessons) bought[cellOf(ageDays)]! += weight;
  for (const { births, purchases } of families) {
    const days = purchases.map(({ day }) => day);
    const [from, to] = [Math.min(...days), Math.max(...days) + 30];
    for (const born of births) {
      const last = Math.min(cells - 1, cellOf(to - born));
      for (let cell = cellOf(from - born); cell <= last; cell++) watched[cell]! += 1;
    }
  }
  const top = smoothed(bought, 20);
  const bottom = smoothed(watched, 20);
  return Array.from(top, (value, cell) => round((value + 0.02) / (bottom[cell]! + 0.2)));
}

function birthMonths(families: readonly ToldFamily[]): number[] {
  // As if 40 births a month had been seen before: a few hundred births tell little of a season of ± 10 %.
  const counts = new Array<number>(12).fill(40);
  for (const { births } of families) {
    for (const born of births) counts[new Date(born * 86_400_000).getUTCMonth()]! += 1;
  }
  const mean = counts.reduce((sum, n) => sum + n, 0) / 12;
  return counts.map((n) => round(n / mean));
}

/** Every purchase of a family with one child, each for that child. */
function lessonsOf({ births, purchases, tenure }: ToldFamily): Lesson[] {
  const [born] = births as [number];
  const own = purchases.filter((one) => possible(one.day - born) && weightOf(one) >= 1);
  const weight = Math.min(1, mostPerFamily / Math.max(1, own.length));
  return own.map((purchase) => ({ purchase, tenure, ageDays: purchase.day - born, weight }));
}

/**
 * Purchases by child, once a first model says for whom: each teaches of the child that it suits best, by the
 * probability that it was for that child and not for somebody we were not told of (one step of EM).
 */
function assigned(open: OpenModel, family: ToldFamily): Lesson[] {
  const { births, tenure } = family;
  const found = family.purchases.flatMap((purchase): Lesson[] => {
    if (weightOf(purchase) < 1) return [];
    const list = open.spread(purchase.path.at(1) ?? "");
    const suits = births.map((born) => {
      const age = purchase.day - born;
      if (!possible(age)) return 0;
      if (list === null) return 1;
      return (list.mass[cellOf(age)]! + 0.05) / (list.n + 0.05 * cells) / open.base[cellOf(age)]!;
    });
    const best = suits.indexOf(Math.max(...suits));
    const sum = suits.reduce((total, one) => total + one, 0);
    const own = births.length === 1 && family.purchases.length === 1 ? 1 : suits[best]! / (sum + stranger);
    if (own < 0.3) return [];
    return [{ purchase, tenure, ageDays: purchase.day - births[best]!, weight: own }];
  });
  const scale = Math.min(1, mostPerFamily / Math.max(1, found.length));
  return found.map((lesson) => ({ ...lesson, weight: round(lesson.weight * scale) }));
}

/** The odds that a purchase is for nobody we were told of. */
const stranger = 0.5;

const thinned = (lessons: readonly Lesson[], most: number): readonly Lesson[] => {
  const every = Math.ceil(lessons.length / most);
  return every <= 1 ? lessons : lessons.filter((_, i) => i % every === 0);
};

function foldsOf(n: number, seed: number): Int32Array {
  const uniform = uniformOf(seed);
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const fold = new Int32Array(n);
  order.forEach((index, place) => {
    fold[index] = place % folds;
  });
  return fold;
}

type Part = { readonly location: Location; readonly counts: Counts };

function heldOutResiduals(
  taught: readonly Lesson[][],
  foldOf: Int32Array,
  parts: readonly Part[],
): Residuals {
  const rows = taught.flatMap((lessons, i) =>
    lessons.map(({ purchase, tenure, ageDays }) => ({
      root: purchase.path[0] ?? "",
      residual: warp(ageDays) - locate(parts[foldOf[i]!]!.location, purchase, { tenure }),
    })),
  );
  return residualsOf(rows);
}

/** Where the truth lay in what was believed, among families of other folds; 80 % of them must lie within `reach`. */
function calibrate(
  held: readonly OpenModel[],
  families: readonly ToldFamily[],
  foldOf: Int32Array,
  most: number,
): Calibration {
  const steps = [1, 2, 3, 5, 10, 20];
  const off = steps.map((): number[] => []);
  const every = Math.ceil(families.length / most);
  families.forEach((family, i) => {
    if (i % every !== 0 || family.births.length !== 1) return;
    const open = held[foldOf[i]!]!;
    if (forStrangers(open, family) >= 2) return;
    const sorted = [...family.purchases].sort((a, b) => a.day - b.day);
    const belief: Belief = openBelief(open, sorted[0]!.day);
    sorted.forEach((purchase, k) => {
      takeIn(open, belief, purchase, family);
      const step = steps.indexOf(k + 1);
      if (step < 0) return;
      off[step]!.push(Math.abs(shareAfter(belief, massOf(belief.logs), family.births[0]!) - 0.5));
    });
  });
  return steps.flatMap((from, step) => {
    const sorted = off[step]!.sort((a, b) => a - b);
    if (sorted.length < 30) return [];
    const at = Math.min(sorted.length - 1, Math.ceil(0.8 * (sorted.length + 1)) - 1);
    return [{ from, reach: round(sorted[at]!), n: sorted.length }];
  });
}

/**
 * Purchases that can hardly be for the one child that was told (seven times likelier at any age than at this): a family
 * with several of them has another child, and would make every interval wider than families with one child need.
 */
function forStrangers(open: OpenModel, family: ToldFamily): number {
  const [born = 0] = family.births;
  return family.purchases.filter((purchase) => {
    const age = purchase.day - born;
    return !possible(age) || logLikelihood(open, purchase, family)[cellOf(age)]! < -2;
  }).length;
}

/** Nothing learned yet: what the catalogue states is all there is. */
export function coldModel(): AgeModel {
  const even = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) even[cell] = cell < cellOf(2192) ? 1 : 0.2;
  const base = shares(even);
  return {
    families: 0,
    lessons: 0,
    location: {},
    residuals: null,
    counts: {},
    base,
    first: base,
    rate: base.map(() => 1),
    birthMonths: new Array<number>(12).fill(1),
    spacing: spacingOf([]),
    accounts: [],
    dependence: 0.4,
    calibration: [],
  };
}
