import type { Arm, CampaignReport, Difference } from "@stork/contract/outcomes.ts";
import { compareProportions } from "@stork/models/stats/two-proportions.ts";
import { compareMeans } from "@stork/models/stats/welch.ts";

/** What one arm came to, as sums over its persons. */
export interface ArmSums {
  persons: number;
  converted: number;
  revenueFen: number;
  /** Of each person's revenue, for its variance. */
  revenueSquares: number;
}

/** Fewer persons in an arm say nothing that an interval could honestly carry. */
const fewest = 10;
/** Cochran's rule for the chi-squared approximation. */
const fewestExpected = 5;

export function armOf({ persons, converted, revenueFen }: ArmSums): Arm {
  const each = (sum: number) => (persons === 0 ? 0 : sum / persons);
  return {
    persons,
    converted,
    conversionRate: each(converted),
    revenueFen,
    revenuePerPersonFen: each(revenueFen),
  };
}

type Lifts = Pick<CampaignReport, "conversionLift" | "revenueLift" | "extraRevenueFen">;

/** Treated minus holdout, each with its 95 % interval; null where the arms are too small or nothing varies. */
export function liftsOf(treated: ArmSums, holdout: ArmSums): Lifts {
  const none: Lifts = { conversionLift: null, revenueLift: null, extraRevenueFen: null };
  if (treated.persons < fewest || holdout.persons < fewest) return none;
  const converted = treated.converted + holdout.converted;
  if (converted === 0) return none;
  const share = converted / (treated.persons + holdout.persons);
  const expected = Math.min(treated.persons, holdout.persons) * Math.min(share, 1 - share);
  const enough = expected >= fewestExpected;
  const conversion = compareProportions(proportionOf(treated), proportionOf(holdout));
  const conversionLift = differenceOf(conversion, enough);

  const [first, second] = [sampleOf(treated), sampleOf(holdout)];
  if (first.variance === 0 && second.variance === 0) return { ...none, conversionLift };
  const revenueLift = differenceOf(compareMeans(first, second), enough);
  const extra = (each: number) => each * treated.persons;
  return {
    conversionLift,
    revenueLift,
    extraRevenueFen: {
      estimate: extra(revenueLift.estimate),
      low: extra(revenueLift.low),
      high: extra(revenueLift.high),
    },
  };
}

const proportionOf = ({ persons, converted }: ArmSums) => ({ successes: converted, trials: persons });

function sampleOf({ persons, revenueFen, revenueSquares }: ArmSums) {
  const mean = revenueFen / persons;
  // Rounding can leave a hair below zero where everybody's revenue is the same.
  const variance = Math.max(0, (revenueSquares - persons * mean * mean) / (persons - 1));
  return { count: persons, mean, variance };
}

function differenceOf(
  { difference, low, high, pValue }: { difference: number; low: number; high: number; pValue: number },
  enough: boolean,
): Difference {
  return { estimate: difference, low, high, pValue, significant: enough && pValue < 0.05 };
}
