import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AfterFlood } from "./after-flood.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what came in a flood is told once it has passed, each once, of too many the last", () => {
  const told: [number, readonly number[]][] = [];
  const flood = new AfterFlood((...what) => void told.push(what));
  flood.add(1, [1, 2, 3]);
  vi.advanceTimersByTime(4_000);
  flood.add(1, [2, 4]);
  flood.add(2, [9]);
  vi.advanceTimersByTime(4_000);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([
    [1, [1, 3, 2, 4]],
    [2, [9]],
  ]);
  flood.add(
    1,
    Array.from({ length: 7_000 }, (_, i) => i),
  );
  vi.advanceTimersByTime(5_000);
  expect(told[2]?.[1]).toEqual(Array.from({ length: 5_000 }, (_, i) => i + 2_000));
});
