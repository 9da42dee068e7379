import { levelsOf } from "@stork/models/linking/comparison.ts";
import { expect, test } from "vitest";
import { builtInModel } from "./built-in.ts";
import { isOfPersons, speaksOfOne } from "./of-one.ts";
import { comparisons } from "./told.ts";

const steps = (levels: Record<string, string>) =>
  comparisons.map((comparison) => {
    const name = levels[comparison.field];
    const level = name === undefined ? null : levelsOf(comparison).indexOf(name);
    expect(level).not.toBe(-1);
    return { field: comparison.field, level };
  });

test("a couple at one address with one child are not asked about as one person, whatever their chance", () => {
  const home = { addresses: "same", childBirthdays: "same" };
  expect(speaksOfOne(steps(home))).toBe(false);
  expect(speaksOfOne(steps({ ...home, names: "same surname", phones: "same last four" }))).toBe(false);
});

test.each([
  { names: "sounds the same" },
  { names: "masked or with characters missing", addresses: "same" },
  { phones: "masked, all that is shown agrees" },
  { emails: "same name, other host" },
  { birthdays: "a day apart" },
])("what is a person's own speaks of one: %j", (levels) => {
  expect(speaksOfOne(steps(levels as Record<string, string>))).toBe(true);
});

test("a model whose persons go by different names was learned of households", () => {
  const shipped = builtInModel(10_000);
  expect(isOfPersons(shipped)).toBe(true);
  const drifted = shipped.m.map((each, i) => (i === 0 ? [0.89, 0.06, 0.01, 0.01, 0.01, 0.01, 0.01] : each));
  expect(isOfPersons({ m: drifted })).toBe(false);
});
