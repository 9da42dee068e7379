import { chiSquaredDraw, normalDraw, type Uniform } from "./draws.ts";

/** A linear regression with an intercept: y = β₀ + Σ βⱼ xⱼ + ε. */
export interface Regression {
  /** β̂, the intercept first. */
  readonly coefficients: Float64Array;
  /** Σ (y − ŷ)². */
  readonly residualSum: number;
  /** Rows minus coefficients, at least 1. */
  readonly degreesOfFreedom: number;
  /** Lower Cholesky factor of X'X (columns scaled by `scales`), by rows. */
  readonly factor: Float64Array;
  readonly scales: Float64Array;
}

/**
 * Least squares by the normal equations X'X β = X'y, columns scaled to length one, solved by Cholesky's decomposition
 * (Golub and Van Loan, Matrix Computations, 4th ed., §5.3.2). Where columns depend on each other the diagonal grows by a
 * ridge of 1e-5, as in mice (van Buuren 2018, Flexible Imputation of Missing Data, algorithm 3.1).
 * `columns` are the predictors, each as long as `y`; nothing may be NaN. Throws RangeError for no rows.
 */
export function regress(columns: readonly Float64Array[], y: Float64Array): Regression {
  const n = y.length;
  if (n === 0) throw new RangeError("a regression needs at least one row");
  const p = columns.length + 1;
  const column = (j: number): Float64Array | null => (j === 0 ? null : (columns[j - 1] as Float64Array));
  const scales = Float64Array.from({ length: p }, (_, j) => Math.sqrt(product(column(j), column(j), n)) || 1);
  const cross = new Float64Array(p * p);
  const right = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++)
      cross[i * p + j] = product(column(i), column(j), n) / (at(scales, i) * at(scales, j));
    right[i] = product(column(i), y, n) / at(scales, i);
  }
  const factor = cholesky(cross, p, 0) ?? cholesky(cross, p, 1e-5) ?? cholesky(cross, p, 1e-2);
  if (factor === null) throw new RangeError("the predictors hold values that are not finite");
  const scaled = backward(factor, forward(factor, right, p), p);
  const coefficients = scaled.map((value, j) => value / at(scales, j));
  const fitted = predict(coefficients, columns, n);
  let residualSum = 0;
  for (let i = 0; i < n; i++) residualSum += (at(y, i) - at(fitted, i)) ** 2;
  return { coefficients, residualSum, degreesOfFreedom: Math.max(1, n - p), factor, scales };
}

export function predict(
  coefficients: Float64Array,
  columns: readonly Float64Array[],
  rows: number,
): Float64Array {
  const fitted = new Float64Array(rows).fill(at(coefficients, 0));
  for (const [j, column] of columns.entries()) {
    const slope = at(coefficients, j + 1);
    for (let i = 0; i < rows; i++) fitted[i] = at(fitted, i) + slope * at(column, i);
  }
  return fitted;
}

/**
 * Coefficients and deviation drawn from their posterior under the flat prior (Rubin 1987, Multiple Imputation for
 * Nonresponse in Surveys, p. 167): σ² = RSS/χ²(df), β = β̂ + σ (X'X)^(-1/2) z.
 */
export function drawFrom(
  { coefficients, residualSum, degreesOfFreedom, factor, scales }: Regression,
  uniform: Uniform,
): { coefficients: Float64Array; deviation: number } {
  const p = coefficients.length;
  const deviation = Math.sqrt(residualSum / chiSquaredDraw(degreesOfFreedom, uniform));
  const noise = backward(
    factor,
    Float64Array.from({ length: p }, () => normalDraw(uniform)),
    p,
  );
  const drawn = coefficients.map((value, j) => value + (deviation * at(noise, j)) / at(scales, j));
  return { coefficients: drawn, deviation };
}

/** Standard errors of the coefficients: √(RSS/df · diag (X'X)⁻¹). */
export function standardErrors({ residualSum, degreesOfFreedom, factor, scales }: Regression): Float64Array {
  const p = scales.length;
  const variance = residualSum / degreesOfFreedom;
  return scales.map((scale, j) => {
    const unit = new Float64Array(p);
    unit[j] = 1;
    const z = forward(factor, unit, p);
    return Math.sqrt(variance * z.reduce((sum, one) => sum + one * one, 0)) / scale;
  });
}

const at = (values: Float64Array, index: number): number => values[index] as number;

function product(a: Float64Array | null, b: Float64Array | null, n: number): number {
  if (a === null && b === null) return n;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (a === null ? 1 : at(a, i)) * (b === null ? 1 : at(b, i));
  return sum;
}

function cholesky(matrix: Float64Array, p: number, ridge: number): Float64Array | null {
  const factor = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j <= i; j++) {
      let sum = at(matrix, i * p + j) * (i === j ? 1 + ridge : 1);
      for (let k = 0; k < j; k++) sum -= at(factor, i * p + k) * at(factor, j * p + k);
      if (i !== j) factor[i * p + j] = sum / at(factor, j * p + j);
      else if (sum > 1e-10) factor[i * p + i] = Math.sqrt(sum);
      else return null;
    }
  return factor;
}

/** L z = b. */
function forward(factor: Float64Array, b: Float64Array, p: number): Float64Array {
  const z = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    let sum = at(b, i);
    for (let k = 0; k < i; k++) sum -= at(factor, i * p + k) * at(z, k);
    z[i] = sum / at(factor, i * p + i);
  }
  return z;
}

/** L' x = z. */
function backward(factor: Float64Array, z: Float64Array, p: number): Float64Array {
  const x = new Float64Array(p);
  for (let i = p - 1; i >= 0; i--) {
    let sum = at(z, i);
    for (let k = i + 1; k < p; k++) sum -= at(factor, k * p + i) * at(x, k);
    x[i] = sum / at(factor, i * p + i);
  }
  return x;
}
