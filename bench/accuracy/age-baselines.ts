import type { AgePurchase, ToldFamily } from "@stork/models/ages/purchase.ts";

/** What a model of ages must beat: medians of the ages at which others bought the same kind of thing. */
export type Predict = (purchase: AgePurchase) => number;

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function mediansBy(families: readonly ToldFamily[], depth: number) {
  const ages = new Map<string, number[]>();
  const all: number[] = [];
  for (const {
    births: [born = 0],
    purchases,
  } of families) {
    for (const { day, path } of purchases) {
      const age = day - born;
      const key = path[depth] ?? "";
      const list = ages.get(key);
      if (list) list.push(age);
      else ages.set(key, [age]);
      all.push(age);
    }
  }
  const found = new Map([...ages].map(([key, list]) => [key, { n: list.length, median: median(list) }]));
  return { found, all: median(all) };
}

export function rootMedians(families: readonly ToldFamily[]): Predict {
  const { found, all } = mediansBy(families, 0);
  return ({ path }) => found.get(path[0] ?? "")?.median ?? all;
}

/** A leaf's median, drawn to its root's as if five more had been bought there (the best of 1 to 20 on this data). */
export function leafMedians(families: readonly ToldFamily[], strength = 5): Predict {
  const root = rootMedians(families);
  const { found } = mediansBy(families, 1);
  return (purchase) => {
    const leaf = found.get(purchase.path[1] ?? "");
    const n = leaf?.n ?? 0;
    return (n * (leaf?.median ?? 0) + strength * root(purchase)) / (n + strength);
  };
}
