import { type Comparison, type Leveller, levellerOf, levelsOf, missing, type Records } from "./comparison.ts";
import type { Parameters } from "./em.ts";

/** A fitted model: plain JSON. */
export interface LinkModel extends Parameters {
  comparisons: readonly Comparison[];
  /** How the value of λ and each m was found, for the card. */
  trained: { pairs: number; records: number; rounds: number };
}

/** No chance below this is believed, whatever the data: one weight is at most about ±17 bits by it. */
const leastChance = 1e-6;
/** A value seen once is not as rare as it looks (Winkler 2000 bounds it likewise). */
const leastFrequency = 1e-5;

const bits = (chance: number): number => Math.log2(Math.max(chance, leastChance));

const priorBits = (lambda: number): number => Math.log2(lambda / (1 - lambda));

const chanceOf = (weight: number): number => 1 / (1 + 2 ** -weight);

/** log2 (m/u) of each level of each comparison. */
export const weightsOf = ({ m, u }: Pick<Parameters, "m" | "u">): number[][] =>
  m.map((each, i) => each.map((chance, level) => bits(chance) - bits(u[i]![level]!)));

/** The bits of one pair, comparison by comparison. */
export interface Step {
  field: string;
  /** Of levelsOf; null: one of the two says nothing. */
  level: number | null;
  bits: number;
  /** Of these, how many for a rare (or common) value. */
  frequencyBits: number;
}

export interface Waterfall {
  priorBits: number;
  steps: Step[];
  weight: number;
  chance: number;
}

export interface Scorer {
  /** Bits for one person, the prior included. */
  weight(first: number, second: number): number;
  /** The levels of the last pair weighed or looked at. */
  levels: Uint8Array;
  look(first: number, second: number): Uint8Array;
  explain(first: number, second: number): Waterfall;
}

/**
 * The weight of a pair: log2 of the odds of λ plus, of each comparison, log2 (m/u) at its level (Fellegi & Sunter
 * 1969, eq. 12 and 13). At the top level of a field by frequency u is replaced by the share of the value itself,
 * u/share more or less (Winkler 2000; Splink's term-frequency adjustment).
 */
export function scorerOf(model: LinkModel, records: Records): Scorer {
  const { comparisons } = model;
  const levellers: Leveller[] = comparisons.map((each, i) => levellerOf(each, records.columns[i]!));
  const weights = weightsOf(model);
  const tops = comparisons.map((each) => levelsOf(each).length - 1);
  const prior = priorBits(model.lambda);
  const levels = new Uint8Array(comparisons.length);

  const frequencyBits = (i: number, first: number, second: number): number => {
    const occurrences = records.occurrences[i];
    if (!occurrences || levels[i] !== tops[i]) return 0;
    const share = Math.max(occurrences[first]!, occurrences[second]!) / records.count;
    return bits(model.u[i]![tops[i]!]!) - Math.log2(Math.max(share, leastFrequency));
  };
  const look = (first: number, second: number): Uint8Array => {
    for (let i = 0; i < levellers.length; i++) levels[i] = levellers[i]!(first, second);
    return levels;
  };
  const weigh = (i: number, first: number, second: number): number =>
    levels[i] === missing ? 0 : weights[i]![levels[i]!]! + frequencyBits(i, first, second);

  return {
    levels,
    look,
    weight(first, second) {
      look(first, second);
      let weight = prior;
      for (let i = 0; i < levellers.length; i++) weight += weigh(i, first, second);
      return weight;
    },
    explain(first, second) {
      look(first, second);
      const steps = comparisons.map(({ field }, i) => ({
        ...{ field, level: levels[i] === missing ? null : levels[i]! },
        ...{ bits: weigh(i, first, second), frequencyBits: frequencyBits(i, first, second) },
      }));
      const weight = steps.reduce((sum, step) => sum + step.bits, prior);
      return { priorBits: prior, steps, weight, chance: chanceOf(weight) };
    },
  };
}
