import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { imputeChained } from "./chained.ts";
import { chiSquaredDraw, normalDraw, uniformOf } from "./draws.ts";
import { medianFences, outside, sigmaFences, tukeyFences } from "./outliers.ts";
import { type QuantileType, quantile } from "./quantiles.ts";
import { regress, standardErrors } from "./regression.ts";
import { type Pooled, pool } from "./rubin.ts";
import { meanOf, medianOf, mostFrequentOf } from "./single.ts";

interface Term {
  estimate: number;
  "std.error": number;
}
interface OutlierCase {
  x: number[];
  iqr_outliers: number | number[];
  three_sigma: number | number[];
  modified_z_outliers: (number | "NA")[] | number;
  lower: number;
  upper: number;
  mean: number;
  sd_sample: number;
  mad_const: number;
}
interface Reference {
  nhanes: Record<string, number>[];
  pool_m200_seed1: Term[];
  pool_norm_m200: Term[];
  means_m200: { var: string; mean_imputed: number }[];
  complete_case: { coef: number[]; se: number[] };
  rubin: Record<"qbar" | "ubar" | "b" | "t" | "df" | "r" | "fmi", number> & {
    est: number[];
    se: number[];
    n: number;
    k: number;
  };
  quantile_types: { x: number[]; probs: number[]; types: number[][] };
  outliers: OutlierCase[];
}

/** R 4.2.2 with mice 3.15.0; its script stands beside the figures. */
const path = join(import.meta.dirname, "../../../shared/refs/13_imputation_R.json");
const reference = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Reference) : null;
const known = reference as Reference;
const listOf = (value: unknown): number[] =>
  [value].flat().filter((one): one is number => typeof one === "number");
const within = (value: number, expected: number, share: number) =>
  Math.abs(value - expected) <= share * Math.abs(expected);

describe.skipIf(reference === null)("against R (../shared/refs/13_imputation_R.json)", () => {
  test("quantiles of all nine types", () => {
    const { x, probs, types } = known.quantile_types;
    for (const [t, expected] of types.entries())
      for (const [i, p] of probs.entries())
        expect(quantile(x, p, (t + 1) as QuantileType), `type ${t + 1}, p ${p}`).toBeCloseTo(
          expected[i] as number,
          9,
        );
  });

  test("outliers by quartiles, deviations and medians", () => {
    for (const one of known.outliers) {
      const values = (places: number[]) => places.map((i) => one.x[i]);
      const fences = tukeyFences(one.x);
      expect([fences?.low, fences?.high]).toEqual([one.lower, one.upper]);
      expect(values(outside(one.x, fences))).toEqual(listOf(one.iqr_outliers));
      expect(values(outside(one.x, sigmaFences(one.x)))).toEqual(listOf(one.three_sigma));
      // Half of the values equal: R divides by nought, here no bound can be drawn.
      if (one.mad_const === 0) expect(medianFences(one.x)).toBeNull();
      else expect(values(outside(one.x, medianFences(one.x)))).toEqual(listOf(one.modified_z_outliers));
    }
  });

  test("Rubin's rules, exactly", () => {
    const { est, se, n, k, ...expected } = known.rubin;
    const pooled = pool(est, se, n - k);
    const found: Pooled = pooled;
    expect(found.estimate).toBeCloseTo(expected.qbar, 10);
    expect(found.within).toBeCloseTo(expected.ubar, 10);
    expect(found.between).toBeCloseTo(expected.b, 10);
    expect(found.standardError ** 2).toBeCloseTo(expected.t, 10);
    expect(found.degreesOfFreedom).toBeCloseTo(expected.df, 8);
    expect(found.increase).toBeCloseTo(expected.r, 10);
    expect(found.missingInformation).toBeCloseTo(expected.fmi, 10);
  });

  const columns = ["age", "bmi", "hyp", "chl"].map((name) =>
    Float64Array.from(reference?.nhanes ?? [], (row) => row[name] ?? Number.NaN),
  );

  test("the regression of the rows without gaps", () => {
    const rows = columns[0]?.length ?? 0;
    const complete = Array.from({ length: rows }, (_, i) => i).filter((i) =>
      columns.every((column) => !Number.isNaN(column[i])),
    );
    const of = (j: number) => Float64Array.from(complete, (i) => columns[j]?.[i] as number);
    const fitted = regress([of(0), of(1)], of(3));
    for (const [j, coefficient] of known.complete_case.coef.entries()) {
      expect(fitted.coefficients[j]).toBeCloseTo(coefficient, 6);
      expect(standardErrors(fitted)[j]).toBeCloseTo(known.complete_case.se[j] as number, 6);
    }
  });

  test.each(["matching", "normal"] as const)("chained equations by %s on nhanes", (method) => {
    const sets = imputeChained(columns, { method, imputations: 200, seed: 11 });
    const fits = sets.map(([age, bmi, , chl]) => regress([age, bmi] as Float64Array[], chl as Float64Array));
    const expected = method === "matching" ? known.pool_m200_seed1 : known.pool_norm_m200;
    for (const [j, term] of expected.entries()) {
      const pooled = pool(
        fits.map((fit) => fit.coefficients[j] as number),
        fits.map((fit) => standardErrors(fit)[j] as number),
        22,
      );
      expect(within(pooled.standardError, term["std.error"], 0.15), `error ${j}`).toBe(true);
      // The intercept lies within an error of nought, where a share of it means nothing.
      const isNear =
        j === 0
          ? Math.abs(pooled.estimate - term.estimate) < 0.15 * term["std.error"]
          : within(pooled.estimate, term.estimate, 0.15);
      expect(isNear, `estimate ${j}: ${pooled.estimate} for ${term.estimate}`).toBe(true);
    }
    for (const [j, { mean_imputed }] of known.means_m200.entries()) {
      const all = sets.flatMap((set) => [...(set[j + 1] as Float64Array)]);
      expect(within(all.reduce((sum, one) => sum + one, 0) / all.length, mean_imputed, 0.02)).toBe(true);
    }
  });
});

test("draws have the mean and variance they should, and a seed gives the same", () => {
  const uniform = uniformOf(5);
  const draws = (draw: () => number) => {
    const values = Array.from({ length: 40_000 }, draw);
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    return [mean, values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length];
  };
  const near = (found: number[], mean: number, variance: number) => {
    expect(Math.abs((found[0] as number) - mean)).toBeLessThan(4 * Math.sqrt(variance / 40_000));
    expect(within(found[1] as number, variance, 0.08)).toBe(true);
  };
  near(draws(uniform), 0.5, 1 / 12);
  near(
    draws(() => normalDraw(uniform)),
    0,
    1,
  );
  for (const df of [0.7, 1, 4, 30])
    near(
      draws(() => chiSquaredDraw(df, uniform)),
      df,
      2 * df,
    );
  expect(Array.from({ length: 5 }, uniformOf(9))).toEqual(Array.from({ length: 5 }, uniformOf(9)));
  expect(uniformOf(1)()).not.toBe(uniformOf(2)());
});

test("a known relation is found again in data with gaps, with an error that covers it", () => {
  const uniform = uniformOf(3);
  const n = 600;
  const x = Float64Array.from({ length: n }, () => normalDraw(uniform));
  const y = x.map((one) => 3 + 2 * one + normalDraw(uniform));
  // Missing depends on x, which is seen: those with a large x say y seldom.
  const holed = y.map((one, i) => (uniform() < ((x[i] as number) > 0 ? 0.6 : 0.1) ? Number.NaN : one));
  const sets = imputeChained([x, holed], { imputations: 20, seed: 4 });
  const means = sets.map(([, filled]) => meanOf(filled as Float64Array) as number);
  const errors = sets.map(([, filled]) => {
    const mean = meanOf(filled as Float64Array) as number;
    const squares = (filled as Float64Array).reduce((sum, one) => sum + (one - mean) ** 2, 0);
    return Math.sqrt(squares / (n - 1) / n);
  });
  const pooled = pool(means, errors, n - 1);
  const truth = meanOf(y) as number;
  expect(Math.abs(pooled.estimate - truth)).toBeLessThan(0.2);
  expect(pooled.low < truth && truth < pooled.high).toBe(true);
  // The mean of what is seen is far off.
  expect(Math.abs((meanOf(holed) as number) - truth)).toBeGreaterThan(0.3);
});

test("what is seen is never touched, and the same seed gives the same", () => {
  const a = Float64Array.of(1, 2, Number.NaN, 4, 5, Number.NaN);
  const b = Float64Array.of(2, Number.NaN, 6, 8, 10, 12);
  const sets = imputeChained([a, b], { seed: 1, imputations: 3 });
  for (const [first, second] of sets as [Float64Array, Float64Array][]) {
    expect([first[0], first[1], first[3], first[4]]).toEqual([1, 2, 4, 5]);
    expect([1, 2, 4, 5]).toContain(first[2]);
    expect([2, 6, 8, 10, 12]).toContain(second[1]);
  }
  expect(imputeChained([a, b], { seed: 1, imputations: 3 })).toEqual(sets);
});

test("columns that depend on each other, or never change, do no harm", () => {
  const a = Float64Array.from({ length: 50 }, (_, i) => (i % 7 === 0 ? Number.NaN : i));
  const twice = Float64Array.from({ length: 50 }, (_, i) => 2 * i);
  const constant = new Float64Array(50).fill(3);
  const sets = imputeChained([a, twice, twice.map((one) => one + 1), constant], {
    seed: 2,
    method: "normal",
  });
  for (const [filled] of sets as [Float64Array][]) {
    expect(filled.every(Number.isFinite)).toBe(true);
    expect(Math.abs((filled[49] as number) - 49)).toBeLessThan(1);
  }
});

test("bad input is refused", () => {
  const empty = Float64Array.of(Number.NaN, Number.NaN);
  expect(() => imputeChained([empty], { seed: 1 })).toThrow(RangeError);
  expect(() => imputeChained([Float64Array.of(1), Float64Array.of(1, 2)], { seed: 1 })).toThrow(RangeError);
  expect(() => imputeChained([Float64Array.of(1, 2)], { seed: 1, imputations: 0 })).toThrow(RangeError);
  expect(() => pool([1], [1], 10)).toThrow(RangeError);
  expect(() => pool([1, Number.NaN], [1, 1], 10)).toThrow(RangeError);
  expect(() => quantile([], 0.5)).toThrow(RangeError);
  expect(() => quantile([1], 1.5)).toThrow(RangeError);
  expect(() => chiSquaredDraw(0, uniformOf(1))).toThrow(RangeError);
  expect([meanOf(empty), medianOf(empty), mostFrequentOf([null])]).toEqual([null, null, null]);
  expect([tukeyFences([1]), sigmaFences([1]), medianFences([1, 1, 1, 2])]).toEqual([null, null, null]);
});

test("single values", () => {
  const values = Float64Array.of(1, Number.NaN, 2, 9);
  expect([meanOf(values), medianOf(values)]).toEqual([4, 2]);
  expect(mostFrequentOf(["L", null, "M", "L", "M", "S"])).toBe("L");
});
