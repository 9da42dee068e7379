import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { correctedMonths, monthsBetween, monthsOld, pregnancyOn } from "./ages.ts";
import { addDays, addMonths, daysBetween } from "./calendar.ts";
import { nextStage, stageBounds, stageOn } from "./stages.ts";

const day = fc.integer({ min: 10_000, max: 24_000 }).map((n) => addDays("1970-01-01", n));
const childOf = fc.record({
  bornOn: fc.option(day),
  dueOn: fc.option(day),
  gestationDays: fc.option(fc.integer({ min: 150, max: 300 })),
  adoptedOn: fc.option(day, { freq: 2 }),
});

describe("months", () => {
  test("are completed on the same day, or at the end of a shorter month", () => {
    expect(monthsBetween("2026-01-31", "2026-02-27")).toBe(0);
    expect(monthsBetween("2026-01-31", "2026-02-28")).toBe(1);
    expect(monthsBetween("2024-02-29", "2025-02-28")).toBe(12);
    expect(monthsBetween("2024-02-29", "2025-02-27")).toBe(11);
  });
  test("never run ahead of the calendar nor behind it", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 3000 }), (from, days) => {
        const to = addDays(from, days);
        const months = monthsBetween(from, to);
        expect(addMonths(from, months) <= to).toBe(true);
        expect(addMonths(from, months + 1) > to).toBe(true);
      }),
    );
  });
});

describe("pregnancy", () => {
  test("is counted in weeks and days from 280 days before the due date", () => {
    const child = { dueOn: "2026-12-31" };
    expect(pregnancyOn(child, "2026-12-31")).toEqual({ weeks: 40, days: 0 });
    expect(pregnancyOn(child, addDays("2026-12-31", -1))).toEqual({ weeks: 39, days: 6 });
    expect(pregnancyOn(child, addDays("2026-12-31", -280))).toEqual({ weeks: 0, days: 0 });
    expect(pregnancyOn(child, addDays("2026-12-31", -281))).toBeNull();
    expect(pregnancyOn(child, addDays("2026-12-31", 43))).toBeNull();
  });
  test("of a child born at 32 weeks had lasted 31 weeks and 6 days the day before", () => {
    const child = { bornOn: "2026-05-06", gestationDays: 224 };
    expect(pregnancyOn(child, "2026-05-05")).toEqual({ weeks: 31, days: 6 });
    expect(pregnancyOn(child, "2026-05-06")).toBeNull();
    expect(stageOn(child, "2026-05-05")).toBe("pregnancy-3");
  });
  test("is not claimed for an adopted child", () => {
    expect(pregnancyOn({ bornOn: "2026-05-06", adoptedOn: "2026-08-01" }, "2026-04-01")).toBeNull();
  });
});

describe("born early", () => {
  // 32 weeks and 0 days: 56 days before 40 weeks.
  const child = { bornOn: "2025-01-10", gestationDays: 224 };
  test("months count from the due date until 24 months of age", () => {
    expect(monthsOld(child, "2025-07-10")).toBe(6);
    expect(correctedMonths(child, "2025-01-20")).toBe(0);
    expect(correctedMonths(child, "2025-07-10")).toBe(4);
    expect(correctedMonths(child, "2025-09-06")).toBe(5);
    expect(correctedMonths(child, "2025-09-07")).toBe(6);
    expect(correctedMonths(child, "2027-01-09")).toBe(22);
    expect(correctedMonths(child, "2027-01-10")).toBeNull();
  });
  test("stages follow the corrected months, and the calendar again from 24 months on", () => {
    expect(stageOn(child, "2025-01-10")).toBe("0-1");
    expect(stageOn(child, "2025-04-06")).toBe("0-1");
    expect(stageOn(child, "2025-04-07")).toBe("1-3");
    expect(stageOn(child, "2025-09-06")).toBe("3-6");
    expect(stageOn(child, "2025-09-07")).toBe("6-12");
    expect(stageOn(child, "2027-01-09")).toBe("12-24");
    expect(stageOn(child, "2027-01-10")).toBe("24-36");
  });
  test("37 weeks are a full term", () => {
    expect(correctedMonths({ bornOn: "2025-01-10", gestationDays: 259 }, "2025-07-10")).toBeNull();
    expect(correctedMonths({ bornOn: "2025-01-10", gestationDays: 258 }, "2025-07-10")).toBe(5);
  });
});

describe("adopted", () => {
  test("has no stage before it came, and the one of its age from then on", () => {
    const child = { bornOn: "2024-03-05", adoptedOn: "2026-01-20" };
    expect(stageOn(child, "2026-01-19")).toBeNull();
    expect(nextStage(child, "2026-01-01")).toEqual({ stage: "12-24", on: "2026-01-20" });
    expect(stageOn(child, "2026-01-20")).toBe("12-24");
    expect(nextStage(child, "2026-01-20")).toEqual({ stage: "24-36", on: "2026-03-05" });
  });
});

test("bounds of every child are in order, each day is in the stage that began last, and none is skipped twice", () => {
  fc.assert(
    fc.property(childOf, day, (child, on) => {
      const bounds = stageBounds(child);
      for (const [i, { from }] of bounds.entries())
        if (i > 0)
          expect(daysBetween((bounds[i - 1] as { from: string }).from, from)).toBeGreaterThanOrEqual(0);
      const stages = bounds.flatMap(({ stage }) => stage ?? []);
      expect(new Set(stages).size).toBe(stages.length);
      const current = bounds.filter(({ from }) => from <= on).at(-1);
      expect(stageOn(child, on)).toBe(current?.stage ?? null);
    }),
    { numRuns: 500 },
  );
});
