import { expect, test } from "vitest";
import { bounds } from "./bounds.ts";

const context = { zone: "Asia/Shanghai", now: 0 };
const marksOf = (category: string, quantity: number, unitPriceFen: number | null, learned = {}) =>
  bounds.find([{ category, quantity, unitPriceFen }], { ...context, learned })[0]?.marks ?? [];

test("what a household buys is usual", () => {
  expect(marksOf("formula", 6, 26_800)).toEqual([]);
  expect(marksOf("diapers", 4, 9_900)).toEqual([]);
  expect(marksOf("clothing", 1, null)).toEqual([]);
  expect(marksOf("", 2, 9_900)).toEqual([]);
});

test("a hundred tins, or a price a hundred times too high or low, is not", () => {
  expect(marksOf("formula", 100, 26_800)).toEqual(["quantity-unusual"]);
  expect(marksOf("formula", 1, 2_680_000)).toEqual(["price-unusual"]);
  expect(marksOf("formula", 1, 268)).toEqual(["price-unusual"]);
  expect(marksOf("diapers", 500, 990_000)).toEqual(["quantity-unusual", "price-unusual"]);
});

test("a gift costs nothing", () => expect(marksOf("toys", 1, 0)).toEqual([]));

test("learned bounds take the place of the table's, each for itself", () => {
  const learned = { formula: { quantity: [1, 200] as const } };
  expect(marksOf("formula", 100, 26_800, learned)).toEqual([]);
  expect(marksOf("formula", 100, 2_680_000, learned)).toEqual(["price-unusual"]);
});
