import { expect, test } from "vitest";
import { clockOn, dueOn, workingDaysLeft } from "./deadline.ts";

test("fifteen working days over the National Day of 2026 end after its holidays and count its working Saturday", () => {
  // 2026-09-20 (Sunday) and 2026-10-10 (Saturday) are worked; 25–27 September and 1–7 October are free.
  expect(dueOn("2026-09-18", 15)).toBe("2026-10-15");
  expect(dueOn("2026-06-01", 1)).toBe("2026-06-02");
  expect(dueOn("2026-06-05", 1)).toBe("2026-06-08");
});

test("a clock is green, amber in the last five working days, red on the last day and when late", () => {
  const due = dueOn("2026-06-01", 15);
  expect(workingDaysLeft(due, "2026-06-01")).toBe(15);
  expect(clockOn(due, "2026-06-01").colour).toBe("green");
  const five = dueOn("2026-06-01", 10);
  expect(clockOn(due, five)).toMatchObject({ workingDaysLeft: 5, colour: "amber" });
  expect(clockOn(due, due)).toMatchObject({ workingDaysLeft: 0, colour: "red" });
  expect(clockOn("2026-09-30", "2026-10-03")).toMatchObject({ workingDaysLeft: -1, colour: "red" });
});
