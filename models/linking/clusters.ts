import type { WeighedPairs } from "./pairs.ts";

export interface ClusterOptions {
  /** Pairs below are not joined. */
  least: number;
  /** No cluster grows above this. */
  mostMembers?: number;
  /**
   * Bits of any two records: two clusters are joined only when the mean over their members reaches `leastMean`. One
   * strong pair then makes no bridge between two persons that are otherwise told apart.
   */
  weight?(first: number, second: number): number;
  leastMean?: number;
  /** Of two clusters so many pairs are weighed at most. */
  looks?: number;
}

/**
 * Persons as clusters of pairs, heaviest pair first (as average-link agglomeration does): for each record the least
 * number of its cluster. `pairs` must be sorted as heaviestFirst does.
 */
export function clustersOf(count: number, pairs: WeighedPairs, options: ClusterOptions): Int32Array {
  const { least, mostMembers = 50, weight, leastMean = 0, looks = 40 } = options;
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const next = Int32Array.from({ length: count }, () => -1);
  const last = Int32Array.from({ length: count }, (_, i) => i);
  const size = new Int32Array(count).fill(1);
  const find = (record: number): number => {
    let root = record;
    while (parent[root] !== root) root = parent[root]!;
    for (let at = record; at !== root; ) {
      const up = parent[at]!;
      parent[at] = root;
      at = up;
    }
    return root;
  };
  const mean = (a: number, b: number): number => {
    if (!weight) return Number.POSITIVE_INFINITY;
    const stride = Math.max(1, Math.ceil((size[a]! * size[b]!) / looks));
    let [sum, seen, at] = [0, 0, 0];
    for (let i = a; i !== -1; i = next[i]!)
      for (let j = b; j !== -1; j = next[j]!)
        if (at++ % stride === 0) {
          sum += weight(Math.min(i, j), Math.max(i, j));
          seen++;
        }
    return sum / seen;
  };
  for (let i = 0; i < pairs.weight.length && pairs.weight[i]! >= least; i++) {
    const x = find(pairs.first[i]!);
    const y = find(pairs.second[i]!);
    if (x === y || size[x]! + size[y]! > mostMembers) continue;
    const [a, b] = x < y ? [x, y] : [y, x];
    if (size[a]! + size[b]! > 2 && mean(a, b) < leastMean) continue;
    parent[b] = a;
    next[last[a]!] = b;
    last[a] = last[b]!;
    size[a]! += size[b]!;
  }
  return Int32Array.from({ length: count }, (_, i) => find(i));
}

/** Each record in one pair at most, heaviest first: where both sides hold each person once. */
export function oneToOne(count: number, pairs: WeighedPairs, least: number): Int32Array {
  const cluster = Int32Array.from({ length: count }, (_, i) => i);
  const taken = new Uint8Array(count);
  for (let i = 0; i < pairs.weight.length && pairs.weight[i]! >= least; i++) {
    const [a, b] = [pairs.first[i]!, pairs.second[i]!];
    if (taken[a] || taken[b]) continue;
    taken[a] = 1;
    taken[b] = 1;
    cluster[Math.max(a, b)] = Math.min(a, b);
  }
  return cluster;
}
