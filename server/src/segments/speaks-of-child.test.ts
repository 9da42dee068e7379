import type { Condition } from "@stork/contract/segments.ts";
import { expect, test } from "vitest";
import { speaksOfChild } from "./sentence.ts";

const toddlers: Condition = { kind: "stage", in: ["24-36"] };
const buyers: Condition = { kind: "did", event: "Order Completed" };
const segments = new Map([["3", { name: "幼儿", where: toddlers }]]);

test.each<[string, Condition, boolean]>([
  ["a stage", toddlers, true],
  ["an age", { kind: "childAge", fromDays: 0, toDays: 30 }, true],
  ["what was bought", buyers, false],
  ["a stage and what was bought", { kind: "all", of: [buyers, toddlers] }, true],
  [
    "a stage or what was bought: it may hold without the child",
    { kind: "any", of: [toddlers, buyers] },
    false,
  ],
  ["either of two stages", { kind: "any", of: [toddlers, { kind: "stage", in: ["36-72"] }] }, true],
  ["not in a stage", { kind: "not", of: toddlers }, false],
  ["a saved segment that does", { kind: "member", segment: "3" }, true],
  ["everybody", { kind: "all", of: [] }, false],
  ["nobody", { kind: "any", of: [] }, false],
])("%s", (_name, condition, speaks) => {
  expect(speaksOfChild(condition, segments)).toBe(speaks);
});
