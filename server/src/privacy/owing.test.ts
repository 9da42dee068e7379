import { expect, test } from "vitest";
import { countsUntil } from "./owing.ts";

const texts = [
  { version: 3, from: "2026-05-15T00:00:00Z", againUntil: "2026-08-01" },
  { version: 1, from: "2026-04-01T00:00:00Z", againUntil: "2026-06-01" },
];

test.each([
  ["an older yes keeps the day that the first change gave it", 0, "2026-06-01"],
  ["a yes to the first change has until the second one's day", 1, "2026-08-01"],
  ["a change of wording in between asks nothing", 2, "2026-08-01"],
])("%s", (_what, version, until) => {
  expect(countsUntil(texts, { version, at: new Date("2026-03-01T00:00:00Z") })).toBe(until);
});

test("a yes passed on without its text counts as one to what was read at that time", () => {
  expect(countsUntil(texts, { version: null, at: new Date("2026-03-01T00:00:00Z") })).toBe("2026-06-01");
  expect(countsUntil(texts, { version: null, at: new Date("2026-05-01T00:00:00Z") })).toBe("2026-08-01");
});
