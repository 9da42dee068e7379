import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, dayNumber, daysBetween } from "./calendar.ts";
import { ageDays, nextStage, stageOn } from "./stages.ts";

const day = fc.integer({ min: 8000, max: 22000 }).map((n) => addDays("1970-01-01", n));

describe("calendar", () => {
  test("refuses dates that do not exist", () => {
    for (const text of ["2026-02-30", "2025-02-29", "2026-13-01", "26-01-01", "2026/01/01", ""]) {
      expect(dayNumber(text), text).toBeNull();
    }
    expect(dayNumber("1970-01-02")).toBe(1);
  });
  test("the end of a month stays in its month", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
    expect(addMonths("2024-02-29", 12)).toBe("2025-02-28");
    expect(addMonths("2025-11-30", 3)).toBe("2026-02-28");
  });
});

describe("stage of a child", () => {
  test("goes by calendar months, not by thirty days", () => {
    const child = { bornOn: "2026-01-31" };
    expect(stageOn(child, "2026-01-31")).toBe("0-1");
    expect(stageOn(child, "2026-02-27")).toBe("0-1");
    expect(stageOn(child, "2026-02-28")).toBe("1-3");
    expect(stageOn(child, "2026-04-29")).toBe("1-3");
    expect(stageOn(child, "2026-04-30")).toBe("3-6");
    expect(stageOn(child, "2027-01-31")).toBe("12-24");
    expect(stageOn(child, "2032-01-30")).toBe("36-72");
    expect(stageOn(child, "2032-01-31")).toBeNull();
  });
  test("counts trimesters back from the due date", () => {
    const child = { dueOn: "2026-12-31" };
    expect(stageOn(child, addDays("2026-12-31", -281))).toBeNull();
    expect(stageOn(child, addDays("2026-12-31", -280))).toBe("pregnancy-1");
    expect(stageOn(child, addDays("2026-12-31", -280 + 97))).toBe("pregnancy-1");
    expect(stageOn(child, addDays("2026-12-31", -280 + 98))).toBe("pregnancy-2");
    expect(stageOn(child, addDays("2026-12-31", -280 + 195))).toBe("pregnancy-2");
    expect(stageOn(child, addDays("2026-12-31", -280 + 196))).toBe("pregnancy-3");
    expect(stageOn(child, addDays("2026-12-31", 42))).toBe("pregnancy-3");
    expect(stageOn(child, addDays("2026-12-31", 43))).toBeNull();
    expect(nextStage(child, addDays("2026-12-31", -10))).toBeNull();
  });
  test("a birthday outweighs the due date, and a past date is counted back from it", () => {
    const child = { bornOn: "2026-06-10", dueOn: "2026-06-20" };
    expect(stageOn(child, "2026-06-10")).toBe("0-1");
    expect(stageOn(child, "2026-06-09")).toBe("pregnancy-3");
    expect(ageDays(child, "2026-06-09")).toBe(-1);
    expect(nextStage(child, "2026-06-09")).toEqual({ stage: "0-1", on: "2026-06-10" });
  });
  test("claims nothing without a usable date", () => {
    for (const child of [
      {},
      { bornOn: "2026-02-30" },
      { bornOn: "1884-01-01" },
      { bornOn: "2084-01-01" },
      { dueOn: "" },
    ]) {
      expect(stageOn(child, "2026-11-21")).toBeNull();
    }
    expect(nextStage({ bornOn: "1984-01-01" }, "2026-11-21")).toBeNull();
    expect(ageDays({}, "2026-11-21")).toBeNull();
  });
  test("the next stage begins on the day it is announced for, and the day before is still the old one", () => {
    fc.assert(
      fc.property(day, day, fc.boolean(), (anchor, on, born) => {
        const child = born ? { bornOn: anchor } : { dueOn: anchor };
        const next = nextStage(child, on);
        if (next === null) return;
        expect(daysBetween(on, next.on)).toBeGreaterThan(0);
        expect(stageOn(child, next.on)).toBe(next.stage);
        expect(stageOn(child, addDays(next.on, -1))).toBe(stageOn(child, on));
      }),
    );
  });
});
