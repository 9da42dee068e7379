import { expect, test } from "vitest";
import { nextOf } from "./schedule.ts";

const now = new Date("2026-06-01T00:00:00Z");
const after = (next: ReturnType<typeof nextOf>) =>
  next.do === "again" ? (next.at.getTime() - now.getTime()) / 1000 : next.do;

test("the suggested schedule, nine tries after the first, over three days and a few hours", () => {
  const waits = Array.from({ length: 10 }, (_, i) =>
    after(nextOf({ status: 500, retryAfterSeconds: null }, i + 1, now, 0)),
  );
  expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, "give-up"]);
});

test.each([
  [200, "done"],
  [204, "done"],
  [302, 5],
  [404, 5],
  [410, "stop"],
  [429, 5],
  [null, 5],
])("an answer of %s leads to %s", (status, next) =>
  expect(after(nextOf({ status, retryAfterSeconds: null }, 1, now, 0))).toBe(next),
);

test("a receiver that names a later time is obeyed, up to a day; chance adds up to a tenth", () => {
  expect(after(nextOf({ status: 429, retryAfterSeconds: 60 }, 1, now, 0))).toBe(60);
  expect(after(nextOf({ status: 503, retryAfterSeconds: 1e9 }, 1, now, 0))).toBe(86_400);
  expect(after(nextOf({ status: 500, retryAfterSeconds: null }, 2, now, 0.5))).toBe(315);
});
