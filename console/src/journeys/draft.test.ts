import { NewJourney } from "@stork/contract/journeys.ts";
import { expect, test } from "vitest";
import {
  type Draft,
  entryBeginnings,
  inUnit,
  minutesOf,
  missingIn,
  moved,
  nextKey,
  stepBeginnings,
  unitOf,
  wantedOf,
} from "./draft.ts";

const beginnings = stepBeginnings({ subject: "s", body: "b" });
const draft = (more: Partial<Draft>): Draft => ({
  name: "n",
  entry: entryBeginnings.date,
  reentry: { kind: "once" },
  steps: [{ key: 0, step: { ...beginnings.message, channel: "1" } }],
  ...more,
});

test("what is whole is what the interface takes", () => {
  const steps = Object.values(beginnings).map((step, key) => ({
    key,
    step: step.kind === "message" ? { ...step, channel: "1" } : step,
  }));
  const entries = [
    entryBeginnings.event,
    entryBeginnings.date,
    { ...entryBeginnings.segment, segment: "7" },
    { kind: "stage" as const, in: ["3-6" as const] },
  ];
  for (const entry of entries) {
    const whole = draft({ entry, steps });
    expect(missingIn(whole)).toEqual({ name: false, entry: null, noSteps: false, steps: new Map() });
    expect(NewJourney.parse(wantedOf(whole))).toEqual(wantedOf(whole));
  }
});

test("what is missing is named, each step by its key", () => {
  const { segment, stage, event } = entryBeginnings;
  expect(missingIn(draft({ name: " ", entry: segment }))).toMatchObject({ name: true, entry: "segment" });
  expect(missingIn(draft({ entry: stage }))).toMatchObject({ entry: "stage" });
  const filter = { property: "total", op: ">=" as const, value: undefined };
  expect(missingIn(draft({ entry: { ...event, where: [filter] } }))).toMatchObject({ entry: "filter" });
  expect(missingIn(draft({ steps: [] }))).toMatchObject({ noSteps: true });
  const steps = [
    { key: 4, step: beginnings.message },
    { key: 2, step: { kind: "wait" as const, minutes: 0 } },
    { key: 9, step: { kind: "condition" as const, where: { kind: "all" as const, of: [] } } },
  ];
  expect([...missingIn(draft({ steps })).steps]).toEqual([
    [4, "channel"],
    [2, "wait"],
    [9, "condition"],
  ]);
});

test("a step moves by one place, and keeps its key", () => {
  const steps = ["wait", "message", "exit"].map((kind, key) => ({
    key,
    step: beginnings[kind as keyof typeof beginnings],
  }));
  const keys = (list: typeof steps) => list.map(({ key }) => key);
  expect(keys(moved(steps, 2, -1))).toEqual([0, 2, 1]);
  expect(keys(moved(steps, 0, -1))).toEqual([0, 1, 2]);
  expect(keys(moved(steps, 2, 1))).toEqual([0, 1, 2]);
  expect(nextKey(steps)).toBe(3);
});

test("minutes read in the largest unit that fits", () => {
  for (const [minutes, unit] of [
    [10_080, "days"],
    [90, "minutes"],
    [180, "hours"],
    [0, "days"],
  ] as const) {
    expect(unitOf(minutes)).toBe(unit);
    expect(minutesOf(inUnit(minutes, unit), unit)).toBe(minutes);
  }
});
