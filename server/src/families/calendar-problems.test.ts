import { expect, test } from "vitest";
import { standardCalendar } from "../catalog/moments.ts";
import { calendarProblems } from "./calendar-problems.ts";

const [entry] = standardCalendar;
if (entry === undefined) throw new Error("an empty calendar");
const stated = { id: "own-1", kind: entry.kind, name: { zh: "", en: "" }, from: { unit: "month", at: 90 } };

test("what makes no sense is said in each language by itself", () => {
  const wanted = {
    version: 0,
    changed: [{ ...entry, ...stated, until: { unit: "month", at: 80 } }],
    removed: ["own-2"],
  };
  const problems = calendarProblems(wanted as never);
  expect(problems.map(({ path }) => path)).toEqual([
    ...["changed.0.until", "changed.0.from", "changed.0.name"],
    "removed.0",
  ]);
  expect(problems[1]?.message).toEqual({ zh: "own-1：月龄最多 84", en: "own-1: at most 84 months" });
  for (const { message } of problems) expect(message.en).not.toMatch(/\p{Script=Han}|\//u);
});
