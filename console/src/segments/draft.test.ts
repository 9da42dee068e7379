import type { Condition } from "@stork/contract/segments.ts";
import { expect, test } from "vitest";
import { asGroup, beginnings, daysOfMonths, finished, monthsOfDays, readWhere, unfinished } from "./draft.ts";

const stage: Condition = { kind: "stage", in: ["3-6"] };

test("what is not filled in is left out of the count, and counted", () => {
  const draft: Condition = {
    kind: "all",
    of: [stage, beginnings.trait, { kind: "not", of: beginnings.member }, { kind: "any", of: [] }],
  };
  expect(finished(draft)).toEqual({ kind: "all", of: [stage] });
  expect(unfinished(draft)).toBe(2);
  expect(finished({ kind: "any", of: [beginnings.stage] })).toBeNull();
});

test("every kind begins as something the editor can show", () => {
  for (const beginning of Object.values(beginnings)) expect(asGroup(beginning).of.length).toBeLessThan(2);
  expect(unfinished(beginnings.did)).toBe(0);
  expect(unfinished(beginnings.childAge)).toBe(0);
});

test("an age from later to earlier is not filled in", () => {
  expect(unfinished({ kind: "childAge", fromDays: 200, toDays: 100 })).toBe(1);
});

test("an address holds a condition, or nothing", () => {
  expect(readWhere(JSON.stringify(stage))).toEqual(stage);
  expect(readWhere('{"kind":"drop table"}')).toBeNull();
  expect(readWhere("{")).toBeNull();
});

test("months round-trip as days", () => {
  for (const months of [0, 1, 3, 6, 12, 24, 36, 72]) expect(monthsOfDays(daysOfMonths(months))).toBe(months);
  expect(monthsOfDays(100)).toBeNull();
});
