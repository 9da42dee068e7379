import { missing } from "./comparison.ts";

/** How many pairs show the same levels in every comparison: all that EM needs to know of millions of pairs. */
export interface Patterns {
  /** Comparisons. */
  width: number;
  /** width levels for each pattern, one after the other; `missing` where nothing was said. */
  levels: Uint8Array;
  counts: Float64Array;
}

/** Counts patterns; each level takes its own places of one number. */
export class PatternCounter {
  readonly #places: number[];
  readonly #radices: readonly number[];
  readonly #counts = new Map<number, number>();

  /** `sizes`: how many levels each comparison has. */
  constructor(sizes: readonly number[]) {
    this.#radices = sizes.map((size) => size + 1);
    let place = 1;
    this.#places = this.#radices.map((radix) => {
      const here = place;
      place *= radix;
      return here;
    });
    if (place > Number.MAX_SAFE_INTEGER) throw new RangeError("too many comparisons for one pattern number");
  }

  add(levels: Uint8Array, count = 1): void {
    let code = 0;
    for (let i = 0; i < this.#places.length; i++) {
      const level = levels[i]!;
      if (level !== missing) code += (level + 1) * this.#places[i]!;
    }
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + count);
  }

  addAll({ width, levels, counts }: Patterns): void {
    for (let i = 0; i < counts.length; i++) this.add(levels.subarray(i * width, (i + 1) * width), counts[i]!);
  }

  /** Sorted, so that sums do not depend on the order of pairs. */
  patterns(): Patterns {
    const width = this.#places.length;
    const sorted = [...this.#counts].sort((x, y) => x[0] - y[0]);
    const levels = new Uint8Array(width * sorted.length);
    const counts = new Float64Array(sorted.length);
    for (const [row, [code, count]] of sorted.entries()) {
      counts[row] = count;
      for (let i = 0; i < width; i++) {
        const digit = Math.floor(code / this.#places[i]!) % this.#radices[i]!;
        levels[row * width + i] = digit === 0 ? missing : digit - 1;
      }
    }
    return { width, levels, counts };
  }
}
