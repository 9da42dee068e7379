import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalQuantile, normalTail } from "./normal.ts";
import { studentQuantile, studentTail } from "./student.ts";
import { compareProportions } from "./two-proportions.ts";
import { compareMeans, type Sample } from "./welch.ts";

interface Golden {
  prop2_nocorrect: {
    x: [number, number];
    n: [number, number];
    stat: number;
    p: number;
    ci: [number, number];
  }[];
  prop2_yates: Golden["prop2_nocorrect"];
  ztest: {
    x: [number, number];
    n: [number, number];
    z_pooled: number;
    p_pooled: number;
    ci_wald: [number, number];
  }[];
  sleep: { g1: number[]; g2: number[]; welch: { t: number; df: number; p: number; ci: [number, number] } };
}

// Values by R 4.2.2 (prop.test, t.test, pnorm); kept outside the repository with other published numbers.
const file = new URL("../../../shared/refs/04_ab_classic_R.json", import.meta.url);
const golden = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Golden) : null;

const near = (actual: number, expected: number, tolerance = 1e-8) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1e-300, Math.abs(expected)));

const sample = (values: readonly number[]): Sample => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return {
    count: values.length,
    mean,
    variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1),
  };
};

describe.skipIf(golden === null)("against R 4.2.2 (shared/refs/04_ab_classic_R.json)", () => {
  test.each([
    ["without correction", false],
    ["with Yates's correction", true],
  ])("two proportions %s", (_, continuity) => {
    for (const { x, n, stat, p, ci } of continuity ? golden!.prop2_yates : golden!.prop2_nocorrect) {
      const ours = compareProportions(
        { successes: x[0], trials: n[0] },
        { successes: x[1], trials: n[1] },
        { continuity },
      );
      near(ours.statistic, stat);
      near(ours.pValue, p);
      near(ours.low, ci[0]);
      near(ours.high, ci[1]);
    }
  });

  test("the pooled z and its p value, down to 1e-112", () => {
    for (const { x, n, z_pooled, p_pooled, ci_wald } of golden!.ztest) {
      // This table counts the second minus the first.
      const ours = compareProportions({ successes: x[1], trials: n[1] }, { successes: x[0], trials: n[0] });
      near(Math.sqrt(ours.statistic), Math.abs(z_pooled));
      near(ours.pValue, p_pooled);
      near(ours.low, ci_wald[0]);
      near(ours.high, ci_wald[1]);
    }
  });

  test("Welch on Student's sleep data", () => {
    const { g1, g2, welch } = golden!.sleep;
    const ours = compareMeans(sample(g1), sample(g2));
    near(ours.t, welch.t);
    near(ours.degreesOfFreedom, welch.df);
    near(ours.pValue, welch.p);
    near(ours.low, welch.ci[0]);
    near(ours.high, welch.ci[1]);
  });
});

test("Student's sleep data as printed by R's ?t.test", () => {
  const ours = compareMeans(
    sample([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]),
    sample([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]),
  );
  expect(ours.t).toBeCloseTo(-1.8608, 4);
  expect(ours.degreesOfFreedom).toBeCloseTo(17.776, 3);
  expect(ours.pValue).toBeCloseTo(0.07939, 5);
});

describe("the distributions", () => {
  test("known values", () => {
    near(normalQuantile(0.975), 1.959963984540054, 1e-14);
    near(normalQuantile(1e-10), -6.361340902404056, 1e-12);
    near(normalTail(1), 0.15865525393145705, 1e-14);
    near(normalTail(10), 7.61985302416047e-24, 1e-12);
    // df = 1 is Cauchy's, df = 2 has a closed form; both are independent of the fraction used.
    near(studentTail(3, 1), 0.5 - Math.atan(3) / Math.PI, 1e-12);
    near(studentTail(0.1, 1), 0.5 - Math.atan(0.1) / Math.PI, 1e-12);
    near(studentTail(5, 2), 0.5 - 5 / (2 * Math.sqrt(27)), 1e-12);
    // qt(0.975, c(3, 30)) of R.
    near(studentQuantile(0.975, 3), 3.182446305284263, 1e-12);
    near(studentQuantile(0.975, 30), 2.042272456301238, 1e-12);
  });

  test("Student's density, summed numerically, gives the tail at every df", () => {
    for (const df of [3.3, 17.776, 59, 240]) {
      // The density is normalised by its own numerical total: no gamma function shared with the code.
      const density = (t: number) => (1 + (t * t) / df) ** (-(df + 1) / 2);
      const integral = (from: number, to: number) => {
        // With t = tan u the range is finite, and Simpson's rule with 200 000 steps is exact enough.
        const [a, b] = [Math.atan(from), Math.atan(to)];
        const n = 200_000;
        const f = (u: number) => density(Math.tan(u)) / Math.cos(u) ** 2;
        let sum = f(a) + f(b);
        for (let i = 1; i < n; i++) sum += f(a + ((b - a) * i) / n) * (i % 2 === 1 ? 4 : 2);
        return (sum * (b - a)) / n / 3;
      };
      near(studentTail(1.7, df), integral(1.7, 1e9) / (2 * integral(0, 1e9)), 1e-7);
    }
  });

  test("t with very many degrees of freedom is normal", () => {
    near(studentTail(1.96, 1e8), normalTail(1.96), 1e-7);
    near(studentQuantile(0.975, 1e9), normalQuantile(0.975), 1e-8);
  });

  test("a quantile undoes its tail", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
        fc.double({ min: 1, max: 1e5, noNaN: true }),
        (p, df) => {
          near(1 - normalTail(normalQuantile(p)), p, 1e-9);
          near(1 - studentTail(studentQuantile(p, df), df), p, 1e-9);
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe("properties", () => {
  const proportion = fc
    .integer({ min: 1, max: 100_000 })
    .chain((trials) =>
      fc.record({ trials: fc.constant(trials), successes: fc.integer({ min: 0, max: trials }) }),
    );

  test("swapping the arms turns the sign and keeps the p value", () => {
    fc.assert(
      fc.property(proportion, proportion, fc.boolean(), (a, b, continuity) => {
        const ab = compareProportions(a, b, { continuity });
        const ba = compareProportions(b, a, { continuity });
        expect(ab.difference).toBe(-ba.difference);
        expect(ab.low).toBeCloseTo(-ba.high, 12);
        expect(ab.pValue).toBeCloseTo(ba.pValue, 12);
        expect(ab.low).toBeLessThanOrEqual(ab.difference);
        expect(ab.high).toBeGreaterThanOrEqual(ab.difference);
        expect(ab.pValue).toBeGreaterThanOrEqual(0);
        expect(ab.pValue).toBeLessThanOrEqual(1);
      }),
      { seed: 2 },
    );
  });

  test("Welch's interval leaves out 0 exactly when p < 0.05", () => {
    const arm = fc.record({
      count: fc.integer({ min: 2, max: 50_000 }),
      mean: fc.double({ min: -100, max: 100, noNaN: true }),
      variance: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const { low, high, pValue, degreesOfFreedom } = compareMeans(a, b);
        if (Math.abs(pValue - 0.05) > 1e-9) expect(low > 0 || high < 0).toBe(pValue < 0.05);
        expect(degreesOfFreedom).toBeGreaterThanOrEqual(Math.min(a.count, b.count) - 1 - 1e-6);
        expect(degreesOfFreedom).toBeLessThanOrEqual((a.count + b.count - 2) * (1 + 1e-9));
      }),
      { seed: 3 },
    );
  });

  test("nothing happened in either arm: no evidence of a difference", () => {
    expect(compareProportions({ successes: 0, trials: 50 }, { successes: 0, trials: 9 })).toMatchObject({
      difference: 0,
      pValue: 1,
    });
  });
});

test("bad input is refused", () => {
  const fine = { successes: 1, trials: 2 };
  for (const bad of [
    { successes: 0, trials: 0 },
    { successes: 3, trials: 2 },
    { successes: -1, trials: 2 },
    { successes: Number.NaN, trials: 2 },
    { successes: 1, trials: Number.NaN },
    { successes: 1, trials: Number.POSITIVE_INFINITY },
  ]) {
    expect(() => compareProportions(bad, fine)).toThrow(RangeError);
    expect(() => compareProportions(fine, bad)).toThrow(RangeError);
  }
  const sound = { count: 5, mean: 1, variance: 1 };
  for (const bad of [
    { count: 1, mean: 1, variance: 0 },
    { count: 0, mean: 0, variance: 0 },
    { count: 5, mean: Number.NaN, variance: 1 },
    { count: 5, mean: 1, variance: -1 },
    { count: 5, mean: 1, variance: Number.NaN },
  ]) {
    expect(() => compareMeans(bad, sound)).toThrow(RangeError);
    expect(() => compareMeans(sound, bad)).toThrow(RangeError);
  }
  expect(() => compareMeans({ ...sound, variance: 0 }, { ...sound, variance: 0 })).toThrow(RangeError);
  expect(() => normalQuantile(0)).toThrow(RangeError);
  expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
  expect(() => studentTail(1, 0)).toThrow(RangeError);
});
