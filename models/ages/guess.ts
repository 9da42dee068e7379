import { type Belief, birthQuantile, massOf, shareAfter } from "./belief.ts";
import type { OpenModel } from "./model.ts";

/** A guess at a birthday, in days since 1970; never a fact. */
export interface Guess {
  readonly bornOn: number;
  readonly interval80: readonly [number, number];
  /** The probability that the birthday lies within a month and a half of `bornOn`. */
  readonly confidence: number;
  /** Birth days below which lie 5 %, 10 %, … 95 % of the belief: the whole belief, compact. */
  readonly quantiles: readonly number[];
}

const nearDays = 45.65625;

/** How far from the median the interval reaches, as learned from families that told. */
function reachOf(open: OpenModel, purchases: number): number {
  const steps = open.model.calibration.filter(({ from }) => purchases >= from);
  return Math.min(0.495, steps.at(-1)?.reach ?? 0.4);
}

export function guessFrom(open: OpenModel, belief: Belief, mass = massOf(belief.logs)): Guess {
  const bornOn = birthQuantile(belief, mass, 0.5);
  const reach = reachOf(open, belief.purchases);
  return {
    bornOn,
    interval80: [birthQuantile(belief, mass, 0.5 + reach), birthQuantile(belief, mass, 0.5 - reach)],
    confidence: shareAfter(belief, mass, bornOn - nearDays) - shareAfter(belief, mass, bornOn + nearDays),
    quantiles: Array.from({ length: 19 }, (_, i) =>
      Math.round(birthQuantile(belief, mass, 1 - (i + 1) / 20)),
    ),
  };
}
