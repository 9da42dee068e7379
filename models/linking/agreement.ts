/** Two groupings of the same records, pair by pair. */
export interface Agreement {
  truePairs: number;
  foundPairs: number;
  rightPairs: number;
  precision: number;
  recall: number;
  f1: number;
}

/** Pairwise precision and recall; NaN where there is nothing to divide by. With `sources`, across sources only. */
export function agreementOf(
  truth: ArrayLike<number>,
  found: ArrayLike<number>,
  sources?: Uint8Array,
): Agreement {
  if (truth.length !== found.length) throw new RangeError("two groupings of one number of records");
  const truePairs = pairsWithin(truth.length, (i) => truth[i]!, sources);
  const foundPairs = pairsWithin(truth.length, (i) => found[i]!, sources);
  const rightPairs = pairsWithin(truth.length, (i) => truth[i]! * 2 ** 26 + found[i]!, sources);
  const precision = rightPairs / foundPairs;
  const recall = rightPairs / truePairs;
  return {
    truePairs,
    foundPairs,
    rightPairs,
    precision,
    recall,
    f1: (2 * rightPairs) / (truePairs + foundPairs),
  };
}

function pairsWithin(count: number, groupOf: (record: number) => number, sources?: Uint8Array): number {
  const sizes = new Map<number, number>();
  const bySource = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const group = groupOf(i);
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
    if (sources) bySource.set(group * 256 + sources[i]!, (bySource.get(group * 256 + sources[i]!) ?? 0) + 1);
  }
  let pairs = 0;
  for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
  for (const size of bySource.values()) pairs -= (size * (size - 1)) / 2;
  return pairs;
}
