import { expect, test } from "vitest";
import { type ImputationAsk, planImputation, withImputed } from "./imputation.ts";

const ask = (more: Partial<ImputationAsk>): ImputationAsk => ({
  field: "price",
  method: "mean",
  seed: 1,
  identifies: (field) => field === "phone",
  ...more,
});
const rows = [{ price: 10 }, { price: "" }, { price: "20" }, { price: null }, { price: 60 }];

test("mean, median and the commonest go where nothing was, and nowhere else", () => {
  expect(planImputation(rows, ask({ method: "mean" }))).toEqual({
    field: "price",
    method: "mean",
    observed: 3,
    filled: [
      { row: 1, value: 30, spread: null },
      { row: 3, value: 30, spread: null },
    ],
    mean: null,
  });
  expect(planImputation(rows, ask({ method: "median" }))).toMatchObject({
    filled: [{ value: 20 }, { value: 20 }],
  });
  const sizes = [{ size: "L" }, { size: "M" }, { size: "L" }, {}];
  expect(planImputation(sizes, ask({ field: "size", method: "most-frequent" }))).toMatchObject({
    filled: [{ row: 3, value: "L" }],
  });
});

test("many draws learn from other fields and say how sure they are", () => {
  const known = Array.from({ length: 200 }, (_, i) => ({
    grams: (i % 10) * 100 + 100,
    price: i % 7 === 0 ? null : 10 + (i % 10) * 30 + (i % 3),
  }));
  const plan = planImputation(known, ask({ method: "multiple", predictors: ["grams"] }));
  if ("declined" in plan) throw new Error(plan.declined);
  expect(plan.filled).toHaveLength(29);
  for (const { row, value, spread } of plan.filled) {
    const expected = 10 + (row % 10) * 30 + 1;
    expect(Math.abs(Number(value) - expected)).toBeLessThan(15);
    expect(spread).toBeGreaterThan(0);
  }
  expect(plan.mean?.low).toBeLessThan(146);
  expect(plan.mean?.high).toBeGreaterThan(144);
  expect(planImputation(known, ask({ method: "multiple", predictors: ["grams"] }))).toEqual(plan);
});

test.each([
  ["nothing-missing", [{ price: 1 }], {}],
  ["nothing-known", [{ price: null }], {}],
  ["not-numbers", [{ price: "L" }, {}], {}],
  ["identifying", [{ phone: "1" }, {}], { field: "phone", method: "most-frequent" }],
  ["no-predictors", rows, { method: "multiple" }],
  ["no-predictors", rows, { method: "multiple", predictors: ["phone"] }],
  ["too-few", rows.map((row) => ({ ...row, grams: 1 })), { method: "multiple", predictors: ["grams"] }],
] as [string, Record<string, unknown>[], Partial<ImputationAsk>][])(
  "declined: %s",
  (declined, some, more) => {
    expect(planImputation(some, ask(more))).toEqual({ declined });
  },
);

test("a filled row says which of its fields were filled, and the one it came from is untouched", () => {
  const row = { price: null, size: "L" };
  const once = withImputed(row, "price", 30);
  expect(once).toEqual({ price: 30, size: "L", imputed: ["price"] });
  expect(withImputed(once, "size", "M")).toMatchObject({ imputed: ["price", "size"] });
  expect(row).toEqual({ price: null, size: "L" });
});
