import { type Blocks, eachPair, type Stretch } from "./blocking.ts";
import type { Records } from "./comparison.ts";
import { type LinkModel, scorerOf } from "./model.ts";

/** Pairs of records with their weights, side by side. */
export interface WeighedPairs {
  first: Int32Array;
  second: Int32Array;
  weight: Float32Array;
}

/** The candidates of the stretches whose weight is at least `least`, and how many were compared. */
export function weighPairs(
  model: LinkModel,
  records: Records,
  rules: readonly Blocks[],
  stretches: readonly Stretch[],
  least: number,
): WeighedPairs & { compared: number } {
  const scorer = scorerOf(model, records);
  const [first, second, weight]: [number[], number[], number[]] = [[], [], []];
  let compared = 0;
  for (const stretch of stretches)
    eachPair(rules, stretch, records, (a, b) => {
      compared++;
      const bits = scorer.weight(a, b);
      if (bits < least) return;
      first.push(a);
      second.push(b);
      weight.push(bits);
    });
  return {
    first: Int32Array.from(first),
    second: Int32Array.from(second),
    weight: Float32Array.from(weight),
    compared,
  };
}

/** Those of several workers as one, heaviest first; the same whatever the order they came in. */
export function heaviestFirst(parts: readonly WeighedPairs[]): WeighedPairs {
  const length = parts.reduce((sum, each) => sum + each.weight.length, 0);
  const all = {
    first: new Int32Array(length),
    second: new Int32Array(length),
    weight: new Float32Array(length),
  };
  let at = 0;
  for (const each of parts) {
    all.first.set(each.first, at);
    all.second.set(each.second, at);
    all.weight.set(each.weight, at);
    at += each.weight.length;
  }
  const order = Int32Array.from({ length }, (_, i) => i).sort(
    (x, y) =>
      all.weight[y]! - all.weight[x]! || all.first[x]! - all.first[y]! || all.second[x]! - all.second[y]!,
  );
  return {
    first: Int32Array.from(order, (i) => all.first[i]!),
    second: Int32Array.from(order, (i) => all.second[i]!),
    weight: Float32Array.from(order, (i) => all.weight[i]!),
  };
}
