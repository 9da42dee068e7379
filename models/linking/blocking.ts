import type { Records } from "./comparison.ts";

/**
 * Records that share a key of a rule are compared. A block above `most` records is not compared in full: within it
 * each record meets the `window` that follow it in the order of `within` (sorted neighbourhood, Hernández & Stolfo
 * 1995), so that the work stays bounded whatever the data.
 */
export interface Blocks {
  /** The key of each record; 0 where the rule does not apply to it. */
  keys: Uint32Array;
  /** Records in the order of their keys, those without left out. */
  order: Int32Array;
  /** The place of each record in `order`. */
  ranks: Int32Array;
  /** Where blocks of two and more begin and end in `order`, one after the other. */
  bounds: Int32Array;
  most: number;
  window: number;
}

export interface BlockOptions {
  most?: number;
  window?: number;
  /** Sorts records within a large block; by number where not given. */
  within?: Uint32Array;
  shared?: boolean;
}

export function blocksOf(keys: Uint32Array, options: BlockOptions = {}): Blocks {
  const { most = 100, window = 10, within, shared = false } = options;
  const n = keys.length;
  const ints = (length: number) =>
    shared ? new Int32Array(new SharedArrayBuffer(4 * length)) : new Int32Array(length);
  const sorted = sortedByKey(keys);
  const order = ints(sorted.length);
  order.set(sorted);
  const found: number[] = [];
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && keys[order[to]!] === keys[order[from]!]) to++;
    if (to - from > 1) found.push(from, to);
    if (to - from > most && within) order.subarray(from, to).sort((x, y) => within[x]! - within[y]! || x - y);
    from = to;
  }
  const ranks = ints(n);
  for (let i = 0; i < order.length; i++) ranks[order[i]!] = i;
  const bounds = ints(found.length);
  bounds.set(found);
  return { keys, order, ranks, bounds, most, window };
}

/** Key and number in one double, sorted as numbers: several times faster than a sort with a comparing function. */
function sortedByKey(keys: Uint32Array): Int32Array {
  const n = keys.length;
  if (n > 2 ** 21) throw new RangeError("more than two million records at once: link them by parts");
  const bits = 2 ** 21;
  let there = 0;
  for (let i = 0; i < n; i++) if (keys[i] !== 0) there++;
  const packed = new Float64Array(there);
  for (let i = 0, at = 0; i < n; i++) if (keys[i] !== 0) packed[at++] = keys[i]! * bits + i;
  packed.sort();
  const order = new Int32Array(there);
  for (let i = 0; i < there; i++) order[i] = packed[i]! % bits;
  return order;
}

/** How many pairs the block from–to of the rule has. */
export function pairsOf({ most, window }: Blocks, from: number, to: number): number {
  const n = to - from;
  if (n <= most) return (n * (n - 1)) / 2;
  return (n - window) * window + (window * (window - 1)) / 2;
}

/** Do the blocks of this rule bring the two together? */
function meet(blocks: Blocks, a: number, b: number): boolean {
  const key = blocks.keys[a]!;
  if (key === 0 || key !== blocks.keys[b]!) return false;
  const apart = Math.abs(blocks.ranks[a]! - blocks.ranks[b]!);
  // Farther apart than `most`: the block is certainly a large one.
  if (apart <= blocks.window) return true;
  return apart < blocks.most && sizeAround(blocks, a) <= blocks.most;
}

/** The size of the record's block, counted no farther than it matters. */
function sizeAround({ keys, order, ranks, most }: Blocks, record: number): number {
  const key = keys[record]!;
  let from = ranks[record]!;
  let to = from + 1;
  while (from > 0 && to - from <= most && keys[order[from - 1]!] === key) from--;
  while (to < order.length && to - from <= most && keys[order[to]!] === key) to++;
  return to - from;
}

export interface Stretch {
  rule: number;
  /** Of the pairs of places in `bounds`. */
  from: number;
  to: number;
}

/** All blocks of all rules in stretches of about so many pairs each: one worker's next piece of work. */
export function stretchesOf(rules: readonly Blocks[], pairs = 200_000): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [rule, blocks] of rules.entries()) {
    let from = 0;
    let sum = 0;
    const count = blocks.bounds.length / 2;
    for (let block = 0; block < count; block++) {
      sum += pairsOf(blocks, blocks.bounds[2 * block]!, blocks.bounds[2 * block + 1]!);
      if (sum < pairs) continue;
      stretches.push({ rule, from, to: block + 1 });
      from = block + 1;
      sum = 0;
    }
    if (from < count) stretches.push({ rule, from, to: count });
  }
  return stretches;
}

/** Every pair of the stretch that no rule before it brings together; the lower number first. */
export function eachPair(
  rules: readonly Blocks[],
  { rule, from, to }: Stretch,
  { sources }: Pick<Records, "sources">,
  visit: (first: number, second: number) => void,
): void {
  const blocks = rules[rule]!;
  const { order, bounds, most, window } = blocks;
  const before = rules.slice(0, rule);
  for (let block = from; block < to; block++) {
    const start = bounds[2 * block]!;
    const end = bounds[2 * block + 1]!;
    const reach = end - start > most ? window : end - start;
    for (let i = start; i < end; i++) {
      const a = order[i]!;
      const last = Math.min(end - 1, i + reach);
      for (let j = i + 1; j <= last; j++) {
        const b = order[j]!;
        if (sources && sources[a] === sources[b]) continue;
        if (before.some((each) => meet(each, a, b))) continue;
        if (a < b) visit(a, b);
        else visit(b, a);
      }
    }
  }
}

/** A key of several parts, 0 as soon as one of them is missing. */
export function keyOf(seed: number, ...parts: readonly number[]): number {
  let key = seed >>> 0;
  for (const each of parts) {
    if (each === 0) return 0;
    key = Math.imul(key ^ each, 0x9e3779b1);
    key = (key ^ (key >>> 15)) >>> 0;
  }
  return key === 0 ? 1 : key;
}
