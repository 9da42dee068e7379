import { expect, test } from "vitest";
import { armOf } from "./arms.ts";

const persons = Array.from({ length: 20_000 }, (_, i) => i + 1);
const heldOut = (seed: string, share: number) =>
  persons.filter((person) => armOf(seed, person, share) === "holdout");

test("the holdout has the size asked for, within chance", () => {
  for (const share of [0.05, 0.1, 0.5]) {
    const expected = persons.length * share;
    const four = 4 * Math.sqrt(expected * (1 - share));
    expect(Math.abs(heldOut("a", share).length - expected)).toBeLessThan(four);
  }
  expect(heldOut("a", 0)).toEqual([]);
});

test("the answer is always the same; a larger share keeps whoever was held out", () => {
  expect(heldOut("a", 0.1)).toEqual(heldOut("a", 0.1));
  const larger = new Set(heldOut("a", 0.2));
  expect(heldOut("a", 0.1).every((person) => larger.has(person))).toBe(true);
});

test("two campaigns hold out different people", () => {
  const first = new Set(heldOut("a", 0.1));
  const both = heldOut("b", 0.1).filter((person) => first.has(person)).length;
  expect(both).toBeGreaterThan(120);
  expect(both).toBeLessThan(280);
});
