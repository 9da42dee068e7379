import { expect, test } from "vitest";
import { comparedRange, daysBetween, presetRange, readRange } from "./range.ts";

const today = "2026-11-21";

test("presets end today and hold as many days as they say", () => {
  expect(presetRange("7d", today)).toEqual({ from: "2026-11-15", to: today });
  expect(presetRange("month", today)).toEqual({ from: "2026-11-01", to: today });
  expect(daysBetween(presetRange("365d", today).from, today)).toBe(364);
});

test("the comparison has the same length, or the same days a year ago", () => {
  expect(comparedRange({ from: "2026-11-15", to: today }, "previous")).toEqual({
    from: "2026-11-08",
    to: "2026-11-14",
  });
  expect(comparedRange({ from: "2024-02-29", to: "2024-03-01" }, "year")).toEqual({
    from: "2023-02-28",
    to: "2023-03-01",
  });
  expect(comparedRange({ from: today, to: today }, "none")).toBeNull();
});

test("an address that makes no sense falls back to thirty days", () => {
  const get = (values: Record<string, string>) => (name: string) => values[name] ?? null;
  expect(readRange(get({ from: "2026-13-45", to: "x" }), today).range).toEqual({
    from: "2026-10-23",
    to: today,
  });
  expect(readRange(get({ from: "2026-02-01", to: "2026-01-01" }), today).preset).toBe("30d");
  expect(readRange(get({ from: "2026-01-01", to: "2026-01-31", compare: "year" }), today)).toEqual({
    range: { from: "2026-01-01", to: "2026-01-31" },
    preset: null,
    comparison: "year",
  });
});
