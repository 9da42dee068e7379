import { expect, test } from "vitest";
import { counted } from "./counted.ts";

test("one of something is said otherwise than several", () => {
  expect([0, 1, 2].map((n) => counted(n, "hour"))).toEqual(["0 hours", "1 hour", "2 hours"]);
  expect([1, 2].map((n) => counted(n, "family", "families"))).toEqual(["1 family", "2 families"]);
  expect([counted("1", "minute"), counted("1.5", "minute")]).toEqual(["1 minute", "1.5 minutes"]);
});
