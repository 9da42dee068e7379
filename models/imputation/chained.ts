import { normalDraw, type Uniform, uniformOf } from "./draws.ts";
import { drawFrom, predict, regress } from "./regression.ts";

export interface ChainedOptions {
  /** "matching": the value of a donor whose prediction is near; "normal": prediction plus noise. */
  readonly method?: "matching" | "normal";
  /** How many completed copies; 5 show the uncertainty, 20 and more measure it. */
  readonly imputations?: number;
  /** How often the columns are gone through; 5 as in mice. */
  readonly iterations?: number;
  /** Among how many nearest donors one is drawn. */
  readonly donors?: number;
  readonly seed: number;
}

/**
 * Multiple imputation by chained equations: each column with gaps is in turn regressed on the others, its coefficients
 * are drawn from their posterior, and its gaps filled anew (van Buuren and Groothuis-Oudshoorn 2011, mice, Journal of
 * Statistical Software 45(3), algorithm of §2.3; predictive mean matching after Little 1988 with the donors of van
 * Buuren 2018, algorithm 3.3, matching type 1: ŷ of the donors by β̂, of the gaps by the drawn β).
 *
 * Columns are numbers of equal length, NaN where missing. Gives `imputations` completed copies; a column without gaps is
 * the same array in all of them. Right when what is missing depends on what is seen ("missing at random"); wrong when
 * it depends on the missing value itself. RangeError when a column has fewer than two values to learn from, when the
 * lengths differ, or when nothing is asked for.
 */
export function imputeChained(columns: readonly Float64Array[], options: ChainedOptions): Float64Array[][] {
  const { method = "matching", imputations = 5, iterations = 5, donors = 5, seed } = options;
  const n = columns[0]?.length ?? 0;
  if (!(imputations >= 1 && iterations >= 1 && donors >= 1))
    throw new RangeError("counts must be at least 1");
  if (columns.some((column) => column.length !== n)) throw new RangeError("columns must be equally long");
  const gaps = columns.map((column) => gapsOf(column));
  for (const [j, { seen }] of gaps.entries())
    if ((gaps[j]?.missing.length ?? 0) > 0 && seen.length < 2)
      throw new RangeError("a column with gaps needs at least two values");
  const uniform = uniformOf(seed);
  return Array.from({ length: imputations }, () => {
    const filled = columns.map((column, j) => startOf(column, gaps[j] as Gaps, uniform));
    for (let round = 0; round < iterations; round++)
      for (let j = 0; j < columns.length; j++)
        if ((gaps[j] as Gaps).missing.length > 0)
          refill(filled, j, gaps[j] as Gaps, { method, donors }, uniform);
    return filled;
  });
}

interface Gaps {
  readonly seen: Int32Array;
  readonly missing: Int32Array;
}

function gapsOf(column: Float64Array): Gaps {
  const seen: number[] = [];
  const missing: number[] = [];
  for (let i = 0; i < column.length; i++) (Number.isNaN(column[i]) ? missing : seen).push(i);
  return { seen: Int32Array.from(seen), missing: Int32Array.from(missing) };
}

/** Gaps begin with values drawn from those seen. */
function startOf(column: Float64Array, { seen, missing }: Gaps, uniform: Uniform): Float64Array {
  if (missing.length === 0) return column;
  const filled = Float64Array.from(column);
  for (const i of missing) filled[i] = column[seen[Math.floor(uniform() * seen.length)] as number] as number;
  return filled;
}

function refill(
  filled: Float64Array[],
  target: number,
  { seen, missing }: Gaps,
  { method, donors }: { method: "matching" | "normal"; donors: number },
  uniform: Uniform,
): void {
  const own = filled[target] as Float64Array;
  const others = filled.filter((_, j) => j !== target);
  const rowsOf = (rows: Int32Array) =>
    others.map((column) => Float64Array.from(rows, (i) => column[i] as number));
  const [before, within] = [rowsOf(seen), rowsOf(missing)];
  const known = Float64Array.from(seen, (i) => own[i] as number);
  const model = regress(before, known);
  const drawn = drawFrom(model, uniform);
  const wanted = predict(drawn.coefficients, within, missing.length);
  if (method === "normal") {
    for (const [k, i] of missing.entries())
      own[i] = (wanted[k] as number) + drawn.deviation * normalDraw(uniform);
    return;
  }
  const offered = predict(model.coefficients, before, seen.length);
  const order = Int32Array.from(seen.keys()).sort((a, b) => (offered[a] as number) - (offered[b] as number));
  const sorted = Float64Array.from(order, (k) => offered[k] as number);
  for (const [k, i] of missing.entries()) {
    const place = nearest(sorted, wanted[k] as number, donors, uniform);
    own[i] = known[order[place] as number] as number;
  }
}

/** The place of one of the `count` values nearest to `wanted`, drawn evenly. */
function nearest(sorted: Float64Array, wanted: number, count: number, uniform: Uniform): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  let [left, right] = [low, low];
  const most = Math.min(count, sorted.length);
  while (right - left < most) {
    const below = left > 0 ? wanted - (sorted[left - 1] as number) : Number.POSITIVE_INFINITY;
    const above = right < sorted.length ? (sorted[right] as number) - wanted : Number.POSITIVE_INFINITY;
    if (below < above || (below === above && left > 0)) left--;
    else right++;
  }
  return left + Math.floor(uniform() * most);
}
