import { ageCellAt, type Belief, births, openBelief, powerNow, valueAt } from "./belief.ts";
import { stepDays } from "./grid.ts";
import { logLikelihood, type OpenModel } from "./model.ts";
import type { AgePurchase, Buyer } from "./purchase.ts";

/** Pairs and triples of births are compared by whole months. */
export const stride = 2;
export const months = Math.ceil(births / stride);

/** Purchases that say the same, as they look by month of birth. */
export interface Watched {
  readonly like: Float64Array;
  /** How much is bought at that age at all, and its product with the likelihood. */
  readonly rate: Float64Array;
  readonly both: Float64Array;
  /** What holds back repeats, summed. */
  power: number;
}

/** Families differ in what they buy from us at all, so that the rates of all of them say only half (overdispersion). */
const rateShare = 0.5;

/** What was bought, by month of birth. Likelihoods are looked up once for the same goods within half a month. */
export function watch(
  open: OpenModel,
  { firstDay }: Belief,
  purchases: readonly AgePurchase[],
  buyer: Buyer,
): Watched[] {
  // Powers are reckoned anew, in the same order as for one child.
  const again = openBelief(open, firstDay);
  const found = new Map<Float64Array, Map<number, Watched>>();
  for (const purchase of purchases) {
    const logs = logLikelihood(open, purchase, buyer);
    const power = powerNow(open, again, purchase) ** 0.5;
    const when = Math.floor((purchase.day - firstDay) / stepDays);
    const times = found.get(logs) ?? new Map<number, Watched>();
    found.set(logs, times);
    const same = times.get(when);
    if (same) same.power += power;
    else times.set(when, watchedAt(open, logs, ageCellAt(again, purchase.day), power));
  }
  return [...found.values()].flatMap((times) => [...times.values()]);
}

const unlikely = Math.log(0.002);

function watchedAt(open: OpenModel, logs: Float64Array, at: number, power: number): Watched {
  const like = new Float64Array(months);
  const rate = new Float64Array(months);
  const both = new Float64Array(months);
  for (let month = 0; month < months; month++) {
    const cell = month * stride + 0.5 + at;
    like[month] = Math.exp(valueAt(logs, cell, unlikely));
    rate[month] = valueAt(open.rate, cell, 0.001) ** rateShare;
    both[month] = like[month]! * rate[month]!;
  }
  return { like, rate, both, power };
}
