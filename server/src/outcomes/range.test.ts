import { expect, test } from "vitest";
import { Refusal } from "../platform/refusal.ts";
import { spanOf } from "./range.ts";

test("a range of dates covers its days in the workspace's time zone", () => {
  const span = spanOf({ from: "2026-05-31", to: "2026-06-01" }, "Asia/Shanghai");
  expect(span.from.toISOString()).toBe("2026-05-30T16:00:00.000Z");
  expect(span.until.toISOString()).toBe("2026-06-01T16:00:00.000Z");
  expect(span.days).toEqual(["2026-05-31", "2026-06-01"]);
});

test("a day in which the clocks change has 23 hours", () => {
  const { from, until } = spanOf({ from: "2026-03-29", to: "2026-03-29" }, "Europe/Berlin");
  expect((until.getTime() - from.getTime()) / 3_600_000).toBe(23);
});

test("a range that ends before it begins, or is endless, is refused", () => {
  expect(() => spanOf({ from: "2026-06-02", to: "2026-06-01" }, "UTC")).toThrow(Refusal);
  expect(() => spanOf({ from: "1990-01-01", to: "2026-06-01" }, "UTC")).toThrow(Refusal);
});

test.each(["0000-01-01", "1989-12-31", "2101-01-01", "9999-12-31"])("the year of %s is refused", (day) => {
  expect(() => spanOf({ from: day, to: day }, "UTC")).toThrow("outcomes/impossible-year");
});
