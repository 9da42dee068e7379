import { type Blocks, stretchesOf } from "./blocking.ts";
import { clustersOf, oneToOne } from "./clusters.ts";
import type { Comparison, Records } from "./comparison.ts";
import { countPatterns, fitModel } from "./fit.ts";
import { type LinkModel, scorerOf } from "./model.ts";
import { heaviestFirst, type WeighedPairs, weighPairs } from "./pairs.ts";
import { randomLevels } from "./random-pairs.ts";

export interface LinkOptions {
  seed: number;
  /** Bits from which two records are joined; 0 is as likely as not. */
  least?: number;
  /** Of two clusters to be joined, the least mean bits over their members; see clustersOf. */
  leastMean?: number;
  /** Each record joins one other at most. */
  onceEach?: boolean;
  /** Pairs below are not kept. */
  keep?: number;
}

export interface Linked {
  model: LinkModel;
  pairs: WeighedPairs;
  /** For each record the least number of those of its person. */
  persons: Int32Array;
  compared: number;
}

/**
 * Records of one person, found without labels in one thread: the model by EM over what blocking brings together
 * (fitModel), then the weights, then clusters. Larger work is shared among threads from the same parts.
 */
export function linkRecords(
  comparisons: readonly Comparison[],
  records: Records,
  rules: readonly Blocks[],
  options: LinkOptions,
): Linked {
  const { seed, least = 0, leastMean = defaultMean, onceEach = false, keep = -5 } = options;
  const stretches = stretchesOf(rules);
  const patterns = countPatterns(comparisons, records, rules, stretches);
  const random = randomLevels(comparisons, records, { seed, pairs: 500_000 });
  const model = fitModel(comparisons, records, { patterns, oneIn: 1 }, random);
  const weighed = weighPairs(model, records, rules, stretches, keep);
  const pairs = heaviestFirst([weighed]);
  const persons = onceEach
    ? oneToOne(records.count, pairs, least)
    : clustersOf(records.count, pairs, { least, leastMean, weight: scorerOf(model, records).weight });
  return { model, pairs, persons, compared: weighed.compared };
}

/**
 * Records of one person of which two differ by mistakes in several fields have a negative weight of their own and
 * positive ones with the rest; two persons joined by one such bridge are far below this.
 */
export const defaultMean = -3;
