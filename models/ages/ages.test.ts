import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { uniformOf } from "../imputation/draws.ts";
import { type Belief, birthQuantile, massOf, openBelief, powerOf, takeIn, weightOf } from "./belief.ts";
import { guessFamily } from "./children.ts";
import { coldModel, fitAges } from "./fit.ts";
import {
  cellOf,
  cells,
  earliestDays,
  latestDays,
  possible,
  quantileOf,
  shareBelow,
  smoothed,
} from "./grid.ts";
import { guessFrom } from "./guess.ts";
import { logLikelihood, mostLog, openModel } from "./model.ts";
import type { AgePurchase, ToldFamily } from "./purchase.ts";
import { statedOf } from "./stated.ts";

const start = 20_000;

/** Families whose goods change with age at known days: what is found must be what was put in. */
const shelves = [
  { leaf: "belly", from: -200, to: 0 },
  { leaf: "NB", from: -10, to: 60 },
  { leaf: "S", from: 30, to: 180 },
  { leaf: "M", from: 120, to: 400 },
  { leaf: "L", from: 300, to: 900 },
];
function purchase(leaf: string, day: number, more: Partial<AgePurchase> = {}): AgePurchase {
  return { day, path: ["diapers", leaf], item: `${leaf}-${day}`, quantity: 1, stated: null, ...more };
}
function familyOf(
  uniform: () => number,
  births = [start + Math.floor(uniform() * 300)],
  orders = 4,
): ToldFamily {
  const from = births[0]! - 150 + Math.floor(uniform() * 400);
  const purchases = Array.from({ length: orders }, (_, i) => from + i * 45 + Math.floor(uniform() * 20)).map(
    (day) => {
      const born = births[Math.floor(uniform() * births.length)]!;
      const open = shelves.filter((shelf) => day - born >= shelf.from && day - born < shelf.to);
      return purchase(open[Math.floor(uniform() * open.length)]?.leaf ?? "L", day);
    },
  );
  return { births, purchases, tenure: null };
}
const uniform = uniformOf(11);
const told = Array.from({ length: 250 }, () => familyOf(uniform));
const model = fitAges(told, { seed: 1 });
const open = openModel(model);

const believed = (purchases: readonly AgePurchase[]): Belief => {
  const belief = openBelief(open, Math.min(...purchases.map(({ day }) => day)));
  for (const one of purchases) takeIn(open, belief, one, { tenure: null });
  return belief;
};

describe("the grid", () => {
  test("quantiles and shares undo each other, and smoothing keeps the sum and the sign", () => {
    const counts = new Float64Array(cells);
    for (const age of [-100, 5, 6, 400, 401, 2000]) counts[cellOf(age)]! += 1;
    const mass = smoothed(counts, 4);
    expect(mass.reduce((sum, one) => sum + one, 0)).toBeCloseTo(6, 9);
    expect(Math.min(...mass)).toBeGreaterThanOrEqual(0);
    const even = mass.map((one) => one / 6);
    for (const share of [0.1, 0.5, 0.9])
      expect(shareBelow(even, quantileOf(even, share))).toBeCloseTo(share, 9);
  });

  test("a child is bought for from forty weeks before its birth to its twelfth birthday", () => {
    expect([-281, -280, 0, 4383, 4384].map(possible)).toEqual([false, true, true, true, false]);
    expect([cellOf(earliestDays - 500), cellOf(latestDays + 500)]).toEqual([0, cells - 1]);
  });
});

describe("learned from families that told", () => {
  test("finds birthdays of families that did not, and says how sure it is", () => {
    const asked = Array.from({ length: 150 }, () => familyOf(uniform));
    const guesses = asked.map((family) => guessFrom(open, believed(family.purchases)));
    const off = guesses.map(({ bornOn }, i) => Math.abs(bornOn - asked[i]!.births[0]!));
    const inside = guesses.filter(
      ({ interval80: [from, to] }, i) => asked[i]!.births[0]! >= from && asked[i]!.births[0]! <= to,
    );
    expect(off.reduce((sum, one) => sum + one, 0) / off.length).toBeLessThan(50);
    expect(inside.length / asked.length).toBeGreaterThan(0.7);
    expect(inside.length / asked.length).toBeLessThan(0.9);
    for (const { confidence, quantiles } of guesses) {
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
    }
  });

  test("is plain JSON, and the same for the same seed", () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    expect(fitAges(told, { seed: 1 })).toEqual(model);
  });

  test("the order of purchases does not matter, as long as none resembles another", () => {
    const purchases = [purchase("belly", start - 60), purchase("NB", start + 20), purchase("M", start + 200)];
    const [one, other] = [believed(purchases), believed([...purchases].reverse())];
    one.logs.forEach((value, i) => {
      expect(other.logs[i]).toBeCloseTo(value, 9);
    });
  });

  test("too few families, or none, leave what the catalogue states", () => {
    expect(fitAges([], { seed: 1 })).toEqual(coldModel());
    expect(fitAges(told.slice(0, 4), { seed: 1 })).toEqual(coldModel());
    const impossible: ToldFamily = {
      births: [start + 4000],
      purchases: [purchase("NB", start)],
      tenure: null,
    };
    expect(fitAges(Array(20).fill(impossible), { seed: 1 })).toEqual(coldModel());
    const cold = openModel(coldModel());
    const belief = openBelief(cold, start);
    takeIn(cold, belief, purchase("NB", start, { stated: [-40, 60] }), { tenure: null });
    const { bornOn } = guessFrom(cold, belief);
    expect(bornOn).toBeGreaterThan(start - 75);
    expect(bornOn).toBeLessThan(start + 60);
  });
});

describe("no purchase moves a birthday by more than its weight", () => {
  test("no likelihood is further than e^mostLog from another", () => {
    for (const { leaf } of shelves) {
      const logs = logLikelihood(open, purchase(leaf, start, { stated: [0, 1] }), { tenure: null });
      expect(Math.max(...logs) - Math.min(...logs)).toBeLessThanOrEqual(mostLog + 1e-9);
    }
  });

  test("a present or a wholesale order moves at most its weight of anybody's belief, and the median as little", () => {
    const leaf = fc.constantFrom(...shelves.map((shelf) => shelf.leaf));
    const before = fc.array(fc.tuple(leaf, fc.integer({ min: 0, max: 600 })), { minLength: 1, maxLength: 5 });
    const odd = fc.constantFrom({ gift: true }, { quantity: 400 }, { quantity: 60 }, { quantity: 20 });
    fc.assert(
      fc.property(before, leaf, fc.integer({ min: 0, max: 900 }), odd, (bought, what, after, more) => {
        const known = bought.map(([one, at], i) => purchase(one, start + at, { item: `${i}` }));
        const belief = believed(known);
        const was = massOf(belief.logs);
        const extra = purchase(what, start + 600 + after, more);
        const weight = weightOf(extra);
        takeIn(open, belief, extra, { tenure: null });
        const is = massOf(belief.logs);
        const moved = is.reduce((sum, share, i) => sum + Math.abs(share - was[i]!), 0) / 2;
        expect(moved).toBeLessThanOrEqual(weight + 1e-9);
        const median = birthQuantile(belief, is, 0.5);
        expect(median).toBeLessThanOrEqual(birthQuantile(belief, was, 0.5 - weight) + 1e-6);
        expect(median).toBeGreaterThanOrEqual(birthQuantile(belief, was, 0.5 + weight) - 1e-6);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  test("the power grows with the weight up to the whole", () => {
    const powers = [0.01, 0.05, 0.2, 0.5, 0.9, 1].map(powerOf);
    expect(powers).toEqual([...powers].sort((a, b) => a - b));
    expect(powers.at(-1)).toBe(1);
  });
});

describe("several children", () => {
  const grown = (leaves: readonly [string, number][]) =>
    guessFamily(
      open,
      leaves.map(([leaf, at]) => purchase(leaf, start + at)),
      { tenure: null },
    );

  test("goods for a newborn beside those for a toddler make two, years apart", () => {
    const family = grown([
      ["L", 0],
      ["L", 50],
      ["NB", 60],
      ["L", 100],
      ["NB", 80],
      ["S", 140],
      ["L", 150],
      ["S", 170],
    ]);
    expect(family?.counts.indexOf(Math.max(...family.counts))).toBe(1);
    const [younger, elder] = family?.children ?? [];
    expect(younger?.bornOn).toBeGreaterThan(start);
    expect(elder?.bornOn).toBeLessThan(start - 150);
  });

  test("one who grows stays one; nothing bought is nobody", () => {
    const family = grown([
      ["NB", 0],
      ["S", 60],
      ["S", 120],
      ["M", 200],
      ["M", 280],
      ["L", 420],
    ]);
    expect(family?.children).toHaveLength(1);
    expect(family?.counts[0]).toBeGreaterThan(0.5);
    expect(guessFamily(open, [], { tenure: null })).toBeNull();
  });
});

test("reads the ages that packs and titles state", () => {
  const read = (category: string, name: string) => statedOf({ category, name })?.label ?? null;
  expect(read("formula", "牧原珠 婴幼儿配方奶粉 2段 800克")).toBe("2段");
  expect(read("formula", "启赋 三段 900g")).toBe("3段");
  expect(read("formula", "妈妈奶粉 1段")).toBeNull();
  expect(read("diapers", "云朵兔 纸尿裤 NB码 84片")).toBe("NB");
  expect(read("diapers", "花王 L54")).toBe("L");
  expect(read("clothing", "纯棉连体衣 73cm")).toBe("73");
  expect(read("toys", "牙胶 6月龄以上")).toBe("6m+");
  expect(read("food", "6-12个月 米粉")).toBe("6–12m");
  expect(read("toys", "3-6岁 积木")).toBe("36–72m");
  expect(read("toys", "积木 100块")).toBeNull();
  expect(statedOf({ category: "formula", stage: 2 })?.ages).toEqual([183, 365]);
});
