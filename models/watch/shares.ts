import { betaBinomialAtLeast, binomialAtLeast } from "./tails.ts";

/** What a share usually is, as a beta distribution: its mean a / (a + b), and how much it moves from hour to hour. */
export interface ShareModel {
  a: number;
  b: number;
  /** How many it was learned from. */
  of: number;
}

/** So many of so many, in one stretch of time. */
export interface Portion {
  bad: number;
  of: number;
}

/**
 * Beyond this precision the beta would claim to know the share better than sources keep it: much for what hardly ever
 * happens, little for what is now so, now so (within minutes events come in visits, and those of one visit are alike).
 */
const mostPrecise = (share: number): number => Math.min(2000, 25 / (share * (1 - share)));

/**
 * Learns a share from stretches of time (hours, days). The spread between them beyond what chance gives is estimated
 * by moments (Kleinman, 1973, JASA 68, eq. 2.3–2.5); with few data the beta is as wide as the data are few. Half an
 * event is added to either side, so that what was never seen is improbable, not impossible. Stretches far from the rest
 * (a past breakage) are left out.
 */
export function fitShare(portions: readonly Portion[]): ShareModel {
  const usable = portions.filter(({ bad, of }) => of > 0 && bad >= 0 && bad <= of);
  const kept = withoutBreakages(usable);
  const of = sum(kept, (p) => p.of);
  if (of === 0) return { a: 0.5, b: 0.5, of: 0 };
  const share = (sum(kept, (p) => p.bad) + 0.5) / (of + 1);
  const precision = Math.max(1, Math.min(mostPrecise(share), of + 1, precisionOf(kept, share, of)));
  return { a: share * precision, b: (1 - share) * precision, of };
}

function precisionOf(portions: readonly Portion[], share: number, of: number): number {
  if (portions.length < 2) return of + 1;
  const spread = sum(portions, (p) => p.of * (p.bad / p.of - share) ** 2);
  const chance = share * (1 - share);
  const room = of - sum(portions, (p) => p.of * p.of) / of - (portions.length - 1);
  const correlation = (spread - chance * (portions.length - 1)) / Math.max(1e-9, chance * room);
  return correlation <= 0 ? Number.POSITIVE_INFINITY : 1 / correlation - 1;
}

/** Few stay out: those more than six standard errors above all together, and by a fifth at least. */
function withoutBreakages(portions: readonly Portion[]): readonly Portion[] {
  const all =
    sum(portions, (p) => p.bad) /
    Math.max(
      1,
      sum(portions, (p) => p.of),
    );
  const calm = portions.filter(({ bad, of }) => {
    const error = Math.sqrt(of * all * (1 - all) + 1);
    return bad - of * all <= 6 * error || bad / of <= all + 0.2;
  });
  return calm.length * 2 >= portions.length ? calm : portions;
}

export const usualShare = ({ a, b }: ShareModel): number => a / (a + b);

/** The chance of so many or more if the share were as usual. */
export const shareTail = ({ a, b }: ShareModel, { bad, of }: Portion): number =>
  betaBinomialAtLeast(bad, of, a, b);

/** The greatest share of `of` that is no breach; `isBreach` of so many bad, and of all that are more. */
export function mostUsual(of: number, isBreach: (bad: number) => boolean): number {
  if (of <= 0 || !isBreach(of)) return 1;
  let low = 0;
  let high = of;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isBreach(middle)) high = middle;
    else low = middle;
  }
  return low / of;
}

/** The greatest share of `of` that is not less likely than `level`. */
export const shareBound = (model: ShareModel, of: number, level: number): number =>
  mostUsual(of, (bad) => shareTail(model, { bad, of }) <= level);

/** So few are a handful: one family's visit, whatever share of a quiet hour it is. */
const handful = 4;
const doubt = 0.001;

/**
 * Whether the share itself is above a limit, as far as so many tell: the lower limit of Clopper and Pearson (1934,
 * Biometrika 26, 404–413), one-sided at 99.9 %, lies above it. Three of nine are not surely above a twentieth.
 */
export const isSurelyAbove = ({ bad, of }: Portion, limit: number): boolean =>
  bad > handful && bad / of > limit && binomialAtLeast(bad, of, limit) < doubt;

const sum = (portions: readonly Portion[], value: (portion: Portion) => number): number =>
  portions.reduce((total, portion) => total + value(portion), 0);
