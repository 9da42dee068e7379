import fc from "fast-check";
import { expect, test } from "vitest";
import {
  clothingSizeAt,
  diaperSizeAt,
  diaperSizes,
  diapersPerDay,
  foodPortionsPerDay,
  formulaGramsPerDay,
  formulaStageAt,
} from "./growth.ts";

const child = fc.record({
  sex: fc.constantFrom("female" as const, "male" as const),
  growth: fc.double({ min: 0.75, max: 1.3, noNaN: true }),
  ageDays: fc.integer({ min: -200, max: 3000 }),
  later: fc.nat({ max: 800 }),
});

test("a child never shrinks out of a size or goes back a stage", () => {
  fc.assert(
    fc.property(child, ({ sex, growth, ageDays, later }) => {
      const size = (age: number) => diaperSizes.indexOf(diaperSizeAt(sex, age, growth));
      expect(size(ageDays + later)).toBeGreaterThanOrEqual(size(ageDays));
      expect(clothingSizeAt(ageDays + later, growth)).toBeGreaterThanOrEqual(clothingSizeAt(ageDays, growth));
      expect(formulaStageAt(ageDays + later)).toBeGreaterThanOrEqual(formulaStageAt(ageDays));
    }),
  );
});

test("a child of middle weight wears NB at birth, M at half a year, XL at two and a half", () => {
  expect(diaperSizeAt("male", 0, 1)).toBe("NB");
  expect(diaperSizeAt("male", 60, 1)).toBe("S");
  expect(diaperSizeAt("male", 183, 1)).toBe("M");
  expect(diaperSizeAt("female", 600, 1)).toBe("L");
  expect(diaperSizeAt("female", 1000, 1)).toBe("XL");
  expect([0, 182, 183, 364, 365, 1095, 1096].map(formulaStageAt)).toEqual([1, 1, 2, 2, 3, 3, 4]);
});

const yearOf = (perDay: (ageDays: number) => number, from: number) => {
  let sum = 0;
  for (let day = from; day < from + 365; day++) sum += perDay(day);
  return sum;
};

test("what a child uses in its first year is what parents count", () => {
  // About seven diapers a day, about 40 kg of formula when there is nothing else to drink, food from six months.
  expect(yearOf(diapersPerDay, 0) / 365).toBeCloseTo(6.9, 0);
  expect(yearOf(formulaGramsPerDay, 0) / 1000).toBeGreaterThan(36);
  expect(yearOf(formulaGramsPerDay, 0) / 1000).toBeLessThan(46);
  expect(yearOf(foodPortionsPerDay, -183)).toBeLessThan(5);
  for (const perDay of [diapersPerDay, formulaGramsPerDay, foodPortionsPerDay]) expect(perDay(-1)).toBe(0);
});
