import { Step, type StepKind } from "@stork/contract/journeys.ts";
import { expect, test } from "vitest";
import { advance } from "./advance.ts";
import { restsUntil } from "./steps/wait.ts";
import { steps } from "./steps.ts";

const timeZone = "Asia/Shanghai";
const now = new Date("2026-06-01T02:00:00Z");
const fits = { kind: "trait", key: "x", op: "exists" } as const;
const message = { kind: "message", channel: "1", content: { subject: "您好", body: "" } } as const;
const examples = {
  wait: { kind: "wait", minutes: 1440 },
  message,
  condition: { kind: "condition", where: fits },
  exit: { kind: "exit" },
} satisfies { [K in StepKind]: Step };
const names = { segments: new Map(), channels: new Map([["1", "邮件"]]) };

test.each(Object.keys(steps) as StepKind[])(
  "%s: the contract takes it, it reads in both languages",
  (kind) => {
    const step = examples[kind];
    expect(Step.parse(step)).toEqual(step);
    const { zh, en } = steps[kind].sentence(step as never, names);
    expect([zh, en].every((text) => text.length > 3)).toBe(true);
    expect(en).not.toMatch(/\p{Script=Han}{3}/u);
    // Nothing is done twice: whoever comes back to it after a rest goes on.
    const situation = { resting: false, holds: true, now, timeZone };
    const { next } = steps[kind].take(step as never, situation);
    if (next === "rest")
      expect(steps[kind].take(step as never, { ...situation, resting: true })).toEqual({ next: "on" });
  },
);

test("a run goes to its next rest, to an open question, or to the end", () => {
  const way = [message, examples.wait, examples.condition, message] as const;
  const moment = { now, timeZone };
  const first = advance(way, { step: 0, resting: false }, new Map(), moment);
  expect(first).toMatchObject({ step: 1, resting: true, state: "waiting", begun: [0, 1], sends: [0] });
  expect(first.dueAt?.toISOString()).toBe("2026-06-02T02:00:00.000Z");
  const asked = advance(way, first, new Map(), moment);
  expect(asked).toMatchObject({ step: 2, resting: false, asks: 2, begun: [], sends: [] });
  expect(advance(way, first, new Map([[2, true]]), moment)).toMatchObject({
    ...{ state: "done", step: 3, begun: [2, 3], sends: [3], asks: null },
  });
  expect(advance(way, first, new Map([[2, false]]), moment)).toMatchObject({
    ...{ state: "exited", reason: "condition", step: 2, begun: [2], sends: [] },
  });
  const ended = advance([examples.exit, message], { step: 0, resting: false }, new Map(), moment);
  expect(ended).toMatchObject({ state: "done", step: 0, sends: [] });
});

test("a wait is counted in days of the calendar, and then to a time of day", () => {
  const until = (minutes: number, at: Date, zone: string, time?: string) =>
    restsUntil(
      { kind: "wait", minutes, ...(time === undefined ? {} : { until: time }) },
      at,
      zone,
    ).toISOString();
  expect(until(90, now, timeZone)).toBe("2026-06-01T03:30:00.000Z");
  expect(until(0, now, timeZone, "19:00")).toBe("2026-06-01T11:00:00.000Z");
  expect(until(0, now, timeZone, "09:00")).toBe("2026-06-02T01:00:00.000Z");
  expect(until(3 * 1440, now, timeZone, "10:00")).toBe("2026-06-04T02:00:00.000Z");
  // Clocks go forward on 29 March there: the hour of the day stays.
  expect(until(1440, new Date("2026-03-28T09:00:00Z"), "Europe/Berlin")).toBe("2026-03-29T08:00:00.000Z");
});
