import { cellOf, cells, normalise, smoothed, startOfCell, stepDays } from "./grid.ts";
import type { Lesson } from "./purchase.ts";

/** Ages at purchase counted by what was bought: [cell, weight] pairs, since most cells are empty. */
export type Counts = Readonly<Record<string, readonly (readonly [number, number])[]>>;

/**
 * How many buyers a leaf or a product must have before its own distribution counts for half, beside that of what it is a
 * kind of. A few dozen sales tell where an article's ages lie (see location.ts) but not yet how they spread.
 */
const believed = { leaf: 150, product: 40 };
/** Of smoothing, see grid.ts: about two cells to either side. */
const lambda = 4;

/** The nodes whose spread is learned: the leaf and, below it, the product. */
const learnedNodes = (path: readonly string[]): readonly string[] => path.slice(1);

export function countAges(lessons: readonly Lesson[]): Counts {
  const found = new Map<string, Float64Array>();
  for (const { purchase, ageDays, weight } of lessons) {
    for (const node of learnedNodes(purchase.path)) {
      const counts = found.get(node) ?? new Float64Array(cells);
      found.set(node, counts);
      const cell = cellOf(ageDays);
      counts[cell] = counts[cell]! + weight;
    }
  }
  return Object.fromEntries([...found].map(([node, counts]) => [node, pairs(counts)]));
}

function pairs(counts: Float64Array): [number, number][] {
  const list: [number, number][] = [];
  counts.forEach((weight, cell) => {
    if (weight > 0) list.push([cell, Math.round(weight * 1000) / 1000]);
  });
  return list;
}

/** Counts of a node, smoothed, with their sum. */
export function spreadOf(list: readonly (readonly [number, number])[]): { mass: Float64Array; n: number } {
  const counts = new Float64Array(cells);
  let n = 0;
  for (const [cell, weight] of list) {
    counts[cell] = counts[cell]! + weight;
    n += weight;
  }
  return { mass: smoothed(counts, lambda), n };
}

/**
 * A Dirichlet posterior mean with the wider kind's distribution as its prior (MacKay & Peto 1995, eq. 9):
 * (counts + κ · prior) / (n + κ). In place.
 */
export function narrowed(
  prior: Float64Array,
  { mass, n }: { mass: Float64Array; n: number },
  level: "leaf" | "product",
): Float64Array {
  const strength = believed[level];
  for (let cell = 0; cell < cells; cell++) {
    prior[cell] = (mass[cell]! + strength * prior[cell]!) / (n + strength);
  }
  return prior;
}

/** What a catalogue states, as a distribution: even within the ages, with a tenth of it in a soft edge around them. */
export function statedMass([from, to]: readonly [number, number]): Float64Array {
  const counts = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const start = startOfCell(cell);
    counts[cell] = Math.max(0, Math.min(to, start + stepDays) - Math.max(from, start)) / stepDays;
  }
  return normalise(smoothed(counts, 6));
}
