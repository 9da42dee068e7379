import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alarmLevel } from "./allowance.ts";
import { fitGaps, gapBound, gapTail } from "./gaps.ts";
import { binOf, fitLevel, shiftOf } from "./levels.ts";
import { type CountedDay, fitSeasonal, hourMean, rateAt } from "./seasonal.ts";
import { fitShare, isSurelyAbove, shareBound, shareTail, usualShare } from "./shares.ts";
import { betaBinomialAtLeast, binomialAtLeast, countAtLeast, countAtMost, logGamma } from "./tails.ts";
import { fitVocabulary } from "./unseen.ts";

/** A seeded generator (mulberry32), so that what is drawn is the same everywhere. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const normal = (draw: () => number) => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
function poisson(draw: () => number, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(draw)));
  let product = draw();
  let count = 0;
  for (const limit = Math.exp(-mean); product > limit; count += 1) product *= draw();
  return count;
}
const bins = (values: readonly number[]) => {
  const found = new Map<number, number>();
  for (const value of values) found.set(binOf(value), (found.get(binOf(value)) ?? 0) + 1);
  return found;
};
const near = (actual: number, expected: number, tolerance = 1e-10) =>
  expect(Math.abs(actual - expected) / Math.abs(expected)).toBeLessThan(tolerance);

describe("tails", () => {
  test("ln Γ of whole and half numbers", () => {
    near(logGamma(5), Math.log(24));
    near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)));
    near(logGamma(171), 706.573062245787, 1e-13);
  });

  test("Poisson and negative binomial tails are the sums of their terms", () => {
    const poissonTerm = (j: number, mean: number) => Math.exp(j * Math.log(mean) - mean - logGamma(j + 1));
    for (const mean of [0.3, 4, 25])
      for (const k of [0, 1, 7, 30]) {
        let below = 0;
        for (let j = 0; j <= k; j += 1) below += poissonTerm(j, mean);
        expect(Math.abs(countAtMost(k, { mean, dispersion: 0 }) - below)).toBeLessThan(1e-12);
      }
    for (const [mean, dispersion] of [
      [5, 0.5],
      [40, 0.1],
    ] as const) {
      const r = 1 / dispersion;
      const p = r / (r + mean);
      let above = 0;
      for (let j = 30; j < 4000; j += 1)
        above += Math.exp(
          logGamma(j + r) - logGamma(r) - logGamma(j + 1) + r * Math.log(p) + j * Math.log1p(-p),
        );
      near(countAtLeast(30, { mean, dispersion }), above, 1e-9);
    }
  });

  test("stay accurate where they are very small", () => {
    near(countAtMost(0, { mean: 300, dispersion: 0 }), Math.exp(-300), 1e-9);
    near(countAtMost(0, { mean: 300, dispersion: 0.1 }), (1 / 31) ** 10, 1e-9);
    // Ten of ten at Beta(1, 99): 10! / (100 · 101 · … · 109).
    let product = 1;
    for (let i = 0; i < 10; i += 1) product *= (i + 1) / (100 + i);
    near(betaBinomialAtLeast(10, 10, 1, 99), product, 1e-9);
  });

  test("lie between 0 and 1 and fall as the count rises", () => {
    const share = fc.double({ min: 0.01, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), share, share, (n, a, b) => {
        let last = 1;
        for (let k = 0; k <= n; k += Math.ceil(n / 7)) {
          const tail = betaBinomialAtLeast(k, n, a, b);
          expect(tail).toBeGreaterThanOrEqual(0);
          expect(tail).toBeLessThanOrEqual(last + 1e-9);
          last = tail;
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("shares", () => {
  const draw = chance(1);
  const hours = (count: number, of: number, share: () => number) =>
    Array.from({ length: count }, () => {
      const p = share();
      let bad = 0;
      for (let i = 0; i < of; i += 1) if (draw() < p) bad += 1;
      return { bad, of };
    });

  test("a share that is steady is learned as steady, one that wanders as wandering", () => {
    const steady = fitShare(hours(200, 50, () => 0.2));
    expect(usualShare(steady)).toBeCloseTo(0.2, 1);
    const wandering = fitShare(hours(200, 50, () => Math.min(0.9, Math.max(0.01, 0.2 + 0.1 * normal(draw)))));
    expect(wandering.a + wandering.b).toBeLessThan(60);
    expect(steady.a + steady.b).toBeGreaterThan(120);
  });

  test("alarms on a steady share come no more often than the level says", () => {
    const model = fitShare(hours(200, 50, () => 0.1));
    const alarms = hours(20_000, 60, () => 0.1).filter((one) => shareTail(model, one) < 0.001).length;
    expect(alarms).toBeLessThan(40);
  });

  test("a field that was always there and is gone in eight of eight is beyond doubt", () => {
    expect(shareTail(fitShare([{ bad: 0, of: 300 }]), { bad: 8, of: 8 })).toBeLessThan(1e-12);
    expect(shareTail(fitShare([{ bad: 0, of: 300 }]), { bad: 1, of: 8 })).toBeGreaterThan(1e-3);
  });

  test("a past breakage does not teach", () => {
    const model = fitShare([...hours(40, 50, () => 0.02), ...hours(4, 50, () => 0.95)]);
    expect(usualShare(model)).toBeLessThan(0.06);
  });

  test("the bound is where the tail crosses the level", () => {
    const model = fitShare(hours(100, 50, () => 0.1));
    const bound = shareBound(model, 100, 1e-6);
    expect(shareTail(model, { bad: Math.round(bound * 100), of: 100 })).toBeGreaterThan(1e-6);
    expect(shareTail(model, { bad: Math.round(bound * 100) + 1, of: 100 })).toBeLessThanOrEqual(1e-6);
  });

  test("a few rows are not surely above anything; their limit is Clopper and Pearson's", () => {
    // The lower limits by summing the binomial in Python (math.comb) and bisecting: 0.0236636 of 3/9, 0.1628602 of 6/9.
    expect(binomialAtLeast(3, 9, 0.0236636)).toBeCloseTo(0.001, 6);
    expect(binomialAtLeast(6, 9, 0.1628602)).toBeCloseTo(0.001, 6);
    expect(binomialAtLeast(8, 8, 0.001 ** (1 / 8))).toBeCloseTo(0.001, 12);
    expect(isSurelyAbove({ bad: 3, of: 9 }, 0.001)).toBe(false);
    expect(isSurelyAbove({ bad: 5, of: 50 }, 0.05)).toBe(false);
    expect(isSurelyAbove({ bad: 8, of: 8 }, 0.4)).toBe(true);
    expect(isSurelyAbove({ bad: 8, of: 8 }, 0.44)).toBe(false);
  });
});

describe("seasons", () => {
  const shape = Array.from({ length: 24 }, (_, hour) => (hour < 7 ? 0.1 : hour > 18 ? 2 : 1));
  const whole = shape.reduce((sum, one) => sum + one, 0);
  const factor = (weekday: number) => (weekday >= 5 ? 1.4 : 0.84);
  function town(days: number, level: number, dispersion: number, seed: number): CountedDay[] {
    const draw = chance(seed);
    return Array.from({ length: days }, (_, i) => {
      const special = i === 20 ? "sale" : null;
      const today = Math.exp(Math.sqrt(dispersion) * normal(draw)) * (special === null ? 1 : 6);
      const weekday = i % 7;
      return {
        weekday,
        special,
        hours: shape.map((s) => poisson(draw, (level * factor(weekday) * today * s) / whole)),
      };
    });
  }

  test("find the known process: level, hours, weekdays, the sale and the dispersion", () => {
    const model = fitSeasonal(town(56, 2400, 0.02, 3))!;
    expect(model.level / 2400).toBeGreaterThan(0.85);
    expect(model.level / 2400).toBeLessThan(1.15);
    expect(model.weekdays[6]! / model.weekdays[2]!).toBeCloseTo(1.4 / 0.84, 0);
    expect(model.workday[21]! / model.workday[12]!).toBeCloseTo(2, 0);
    expect(model.special["sale"]).toBeGreaterThan(4);
    expect(model.dispersion).toBeGreaterThan(0.01);
    expect(model.dispersion).toBeLessThan(0.08);
  });

  test("a day of outage does not teach", () => {
    const days = town(28, 2400, 0.01, 4);
    days[24] = { ...days[24]!, hours: new Array<number>(24).fill(0) };
    expect(fitSeasonal(days)!.level).toBeGreaterThan(2000);
  });

  test("hours of the next weeks stay within their bounds; half of the events missing does not", () => {
    const model = fitSeasonal(town(56, 2400, 0.02, 5))!;
    let alarms = 0;
    for (const day of town(140, 2400, 0.02, 6).filter(({ special }) => special === null))
      for (const [hour, count] of day.hours.entries()) {
        const law = { mean: hourMean(model, day, hour), dispersion: model.dispersion };
        if (Math.min(countAtMost(count, law), countAtLeast(count, law)) < 1e-5) alarms += 1;
      }
    expect(alarms).toBeLessThanOrEqual(1);
    const evening = {
      mean: hourMean(model, { weekday: 2, special: null }, 21),
      dispersion: model.dispersion,
    };
    expect(countAtMost(evening.mean / 4, evening)).toBeLessThan(1e-5);
  });

  test("the rate between hours is a straight line, and no events make no model", () => {
    const model = fitSeasonal(town(28, 2400, 0.01, 7))!;
    const day = { weekday: 2, special: null };
    expect(rateAt(model, day, 12.5)).toBeCloseTo(hourMean(model, day, 12), 6);
    expect(rateAt(model, day, 19)).toBeCloseTo((hourMean(model, day, 18) + hourMean(model, day, 19)) / 2, 6);
    expect(fitSeasonal([])).toBeNull();
  });
});

describe("gaps", () => {
  test("of independent arrivals have an exponential tail; the bound is its inverse", () => {
    const draw = chance(8);
    const model = fitGaps(Array.from({ length: 5000 }, () => -Math.log(1 - draw())))!;
    expect(model.shape).toBeLessThan(0.1);
    expect(gapBound(model, 1e-9)).toBeGreaterThan(20);
    expect(gapBound(model, 1e-9)).toBeLessThan(60);
    near(gapTail(model, gapBound(model, 1e-9)), 1e-9, 1e-6);
  });

  test("of arrivals in bursts are given more room", () => {
    const draw = chance(9);
    const gaps = Array.from({ length: 5000 }, () => (draw() < 0.8 ? 0 : -5 * Math.log(1 - draw())));
    expect(gapBound(fitGaps(gaps)!, 1e-9)).toBeGreaterThan(80);
    expect(fitGaps([1, 2, 3])).toBeNull();
  });
});

describe("levels and vocabularies", () => {
  test("prices times a hundred are found in eight, tomorrow's prices are not", () => {
    const draw = chance(10);
    const prices = (n: number, times = 1) =>
      Array.from({ length: n }, () => times * Math.exp(4.5 + 0.9 * normal(draw)));
    const model = fitLevel(bins(prices(400)))!;
    const hundredfold = shiftOf(model, bins(prices(8, 100)))!;
    expect(hundredfold.factor).toBeGreaterThan(20);
    expect(hundredfold.chance).toBeLessThan(1e-9);
    const alarms = Array.from({ length: 2000 }, () => shiftOf(model, bins(prices(20)))!).filter(
      ({ factor, chance }) => chance < 1e-5 && (factor > 5 || factor < 0.2),
    );
    expect(alarms).toEqual([]);
    expect(fitLevel(new Map())).toBeNull();
  });

  test("numbers in clumps are not shifted by the few that are far out", () => {
    const clumps = new Map([
      [2, 3500],
      [4, 3000],
      [12, 300],
    ]);
    const model = fitLevel(clumps)!;
    const few = shiftOf(
      model,
      new Map([
        [4, 4],
        [12, 5],
      ]),
    )!;
    expect(few.factor).toBeGreaterThan(10);
    expect(few.chance).toBeGreaterThan(1e-6);
    expect(shiftOf(model, new Map([[12, 20]]))!.chance).toBeLessThan(1e-12);
  });

  test("an enumeration knows how likely a new value is; free text is none", () => {
    const paid = new Map([
      ["paid", 300],
      ["shipped", 120],
      ["closed", 3],
    ]);
    const found = fitVocabulary(paid)!;
    expect(found.known).toEqual(["closed", "paid", "shipped"]);
    expect(shareTail(found.fresh, { bad: 6, of: 10 })).toBeLessThan(1e-9);
    expect(fitVocabulary(new Map(Array.from({ length: 200 }, (_, i) => [`t${i}`, 1])))).toBeNull();
  });

  test("the allowance is divided among all that is looked at", () => {
    expect(alarmLevel(400)).toBeCloseTo(alarmLevel(100) / 4, 15);
    expect(alarmLevel(400)).toBeLessThan(1e-7);
  });
});
