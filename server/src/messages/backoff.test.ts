import { expect, test } from "vitest";
import { nextAttempt } from "./backoff.ts";

const now = new Date("2026-06-01T02:00:00Z");
const minutes = (attempts: number, after = 0) => {
  const at = nextAttempt(attempts, now, after);
  return at === null ? null : (at.getTime() - now.getTime()) / 60_000;
};

test("each failure waits longer than the one before, and after the sixth it is given up", () => {
  expect([1, 2, 3, 4, 5, 6].map((n) => minutes(n))).toEqual([1, 5, 15, 60, 180, null]);
});

test("a server that asks for more time gets it, up to a day", () => {
  expect(minutes(1, 600)).toBe(10);
  expect(minutes(1, 10)).toBe(1);
  expect(minutes(1, 10_000_000)).toBe(1440);
});
