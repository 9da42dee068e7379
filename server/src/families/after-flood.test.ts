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

test("a few are told at once; while a flood of theirs comes, with it", () => {
  const told: [number, readonly number[]][] = [];
  const flood = new AfterFlood((...what) => void told.push(what));
  flood.join(1, [7]);
  expect(told).toEqual([[1, [7]]]);
  expect(flood.isOn()).toBe(false);
  flood.add(1, [1, 2]);
  expect(flood.isOn()).toBe(true);
  vi.advanceTimersByTime(3_000);
  flood.join(1, [1, 8]);
  flood.join(2, [9]);
  expect(told.slice(1)).toEqual([[2, [9]]]);
  // Those few do not make it last.
  vi.advanceTimersByTime(2_000);
  expect(told.slice(2)).toEqual([[1, [2, 1, 8]]]);
  expect(flood.isOn()).toBe(false);
  flood.join(1, [5]);
  expect(told.slice(3)).toEqual([[1, [5]]]);
});
