import { warp } from "./grid.ts";
import type { AgePurchase, Buyer, Lesson } from "./purchase.ts";
import { type Term, termsOf } from "./signs.ts";

/** Coefficients by name; what was never seen counts as 0. */
export type Location = Readonly<Record<string, number>>;

/**
 * The middle of the (warped) age at a purchase: a hierarchical linear model in log(age + 330 d), where every category
 * of the path has an effect shrunk to its parent's (ridge = normal prior, Gelman & Hill 2007, ch. 12), fitted robustly by
 * Huber's weights (Huber 1964; iteratively reweighted, k = 0.3) so that a child of an earlier marriage or a present
 * bends nothing: with half of the rows beyond k this is near to a median, which is what an absolute error asks for.
 * Solved by coordinate descent over the sparse rows.
 */
export function fitLocation(lessons: readonly Lesson[], { rounds = 7, sweeps = 12 } = {}): Location {
  const names = new Map<string, number>();
  const penalty: number[] = [];
  const rows = lessons.map(({ purchase, tenure }) => {
    const terms = termsOf(purchase, { tenure });
    const at = Int32Array.from(terms, (term) => indexOf(names, penalty, term));
    return { at, value: Float64Array.from(terms, ({ value }) => value) };
  });
  const columns = transposed(rows, names.size);
  const theta = new Float64Array(names.size);
  const left = Float64Array.from(lessons, ({ ageDays }) => warp(ageDays));
  const weights = Float64Array.from(lessons, ({ weight }) => weight);
  for (let round = 0; round < rounds; round++) {
    for (let sweep = 0; sweep < sweeps; sweep++) descend(columns, penalty, theta, left, weights);
    lessons.forEach(({ weight }, i) => {
      weights[i] = (weight * huber) / Math.max(huber, Math.abs(left[i]!));
    });
  }
  return Object.fromEntries([...names].map(([name, i]) => [name, Math.round(theta[i]! * 1e6) / 1e6]));
}

const huber = 0.3;

interface Column {
  readonly row: Int32Array;
  readonly value: Float64Array;
}

function indexOf(names: Map<string, number>, penalty: number[], term: Term): number {
  const known = names.get(term.name);
  if (known !== undefined) return known;
  names.set(term.name, names.size);
  penalty.push(term.penalty);
  return names.size - 1;
}

function transposed(rows: readonly { at: Int32Array; value: Float64Array }[], size: number): Column[] {
  const counts = new Int32Array(size);
  for (const { at } of rows) for (const i of at) counts[i] = counts[i]! + 1;
  const columns = Array.from(counts, (n) => ({ row: new Int32Array(n), value: new Float64Array(n) }));
  const next = new Int32Array(size);
  rows.forEach(({ at, value }, r) => {
    at.forEach((i, k) => {
      const place = next[i]!;
      next[i] = place + 1;
      columns[i]!.row[place] = r;
      columns[i]!.value[place] = value[k]!;
    });
  });
  return columns;
}

/** One sweep of Gauss–Seidel: each coefficient in turn is set to its best, given the others. */
function descend(
  columns: readonly Column[],
  penalty: readonly number[],
  theta: Float64Array,
  left: Float64Array,
  weights: Float64Array,
): void {
  for (let j = 0; j < columns.length; j++) {
    const { row, value } = columns[j]!;
    let top = 0;
    let bottom = penalty[j]!;
    for (let k = 0; k < row.length; k++) {
      const w = weights[row[k]!]! * value[k]!;
      top += w * left[row[k]!]!;
      bottom += w * value[k]!;
    }
    const step = (top - penalty[j]! * theta[j]!) / bottom;
    theta[j] = theta[j]! + step;
    for (let k = 0; k < row.length; k++) left[row[k]!] = left[row[k]!]! - step * value[k]!;
  }
}

/** The middle of the warped age at this purchase. */
export function locate(location: Location, purchase: AgePurchase, buyer: Buyer): number {
  let sum = 0;
  for (const { name, value } of termsOf(purchase, buyer)) sum += (location[name] ?? 0) * value;
  return sum;
}
