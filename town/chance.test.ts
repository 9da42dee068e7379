import { expect, test } from "vitest";
import { chanceOf, code, digits, normal, share, spin, wheelOf } from "./chance.ts";

const draw = (n: number, one: () => number) => Array.from({ length: n }, one);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("the same path gives the same numbers, another path others", () => {
  const first = (...path: (number | string)[]) => draw(8, chanceOf(...path));
  expect(first(1, 2, "births")).toEqual(first(1, 2, "births"));
  for (const other of [
    [1, 3, "births"],
    [2, 2, "births"],
    [1, 2, "people"],
    [1 + 2 ** 32, 2, "births"],
  ]) {
    expect(first(...other)).not.toEqual(first(1, 2, "births"));
  }
});

test("the first numbers of neighbouring families are even and unrelated", () => {
  const firsts = Array.from({ length: 50_000 }, (_, family) => chanceOf(1, family, "x")());
  expect(mean(firsts)).toBeCloseTo(0.5, 2);
  const neighbours = firsts.slice(1).map((value, i) => (value - 0.5) * (firsts[i]! - 0.5) * 12);
  expect(Math.abs(mean(neighbours))).toBeLessThan(0.02);
  const tenths = new Array<number>(10).fill(0);
  for (const value of firsts) tenths[Math.floor(value * 10)]!++;
  const chiSquared = tenths.reduce((sum, count) => sum + (count - 5000) ** 2 / 5000, 0);
  // 99.9 % point of chi-squared with 9 degrees of freedom.
  expect(chiSquared).toBeLessThan(27.9);
});

test("normal, share and wheel have the shape they promise", () => {
  const chance = chanceOf(5, "shape");
  const normals = draw(40_000, () => normal(chance, 10, 2));
  expect(mean(normals)).toBeCloseTo(10, 1);
  expect(Math.sqrt(mean(normals.map((value) => (value - 10) ** 2)))).toBeCloseTo(2, 1);
  expect(mean(draw(40_000, () => share(chance, 1, 1)))).toBeCloseTo(0.5, 2);
  const wheel = wheelOf([1, 2, 7], (weight) => weight);
  const sevens = draw(20_000, () => spin(chance, wheel)).filter((item) => item === 7).length;
  expect(sevens / 20_000).toBeCloseTo(0.7, 2);
});

test("codes and digits have the length asked for and do not repeat", () => {
  const chance = chanceOf(6, "codes");
  const codes = Array.from({ length: 20_000 }, () => code(chance, 13));
  expect(new Set(codes).size).toBe(20_000);
  expect(codes.every((text) => /^[0-9a-z]{13}$/.test(text))).toBe(true);
  expect(digits(chance, 19)).toMatch(/^[1-9]\d{18}$/);
});
