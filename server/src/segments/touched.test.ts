import { describe, expect, test } from "vitest";
import { sweepDue } from "./sweeps.ts";
import { todayIn } from "./today.ts";
import { createTouched } from "./touched.ts";

describe("touched nodes", () => {
  test("are taken once, a few at a time, one workspace after another", () => {
    const touched = createTouched();
    touched.add(1, [1, 2, 3, 2]);
    touched.add(2, [9]);
    expect(touched.take(2)).toEqual({ workspace: 1, nodes: [1, 2] });
    expect(touched.take(2)).toEqual({ workspace: 2, nodes: [9] });
    touched.add(1, [1]);
    expect(touched.take(5)).toEqual({ workspace: 1, nodes: [3, 1] });
    expect(touched.take(5)).toBeNull();
    expect(touched.empty).toBe(true);
  });

  test("become everybody when there are too many", () => {
    const touched = createTouched();
    touched.add(
      1,
      Array.from({ length: 20_001 }, (_, i) => i),
    );
    touched.add(1, [5]);
    expect(touched.take(10)).toEqual({ workspace: 1, nodes: "all" });
    expect(touched.empty).toBe(true);
  });
});

describe("sweeps", () => {
  const now = new Date("2026-06-01T16:30:00Z");
  const ago = (ms: number, on = "2026-06-02", tookMs = 100) => ({
    at: new Date(now.getTime() - ms),
    on,
    tookMs,
  });

  test("come each minute for what moves with the clock, at midnight for what moves with the date, never otherwise", () => {
    const today = todayIn("Asia/Shanghai", now);
    expect(today).toBe("2026-06-02");
    expect(sweepDue("never", undefined, now, today)).toBe(false);
    expect(sweepDue("always", undefined, now, today)).toBe(true);
    expect(sweepDue("always", ago(59_000), now, today)).toBe(false);
    expect(sweepDue("always", ago(60_000), now, today)).toBe(true);
    expect(sweepDue("daily", ago(10 * 3_600_000), now, today)).toBe(false);
    expect(sweepDue("daily", ago(3_600_000, "2026-06-01"), now, today)).toBe(true);
  });

  test("come less often when each takes long", () => {
    expect(sweepDue("always", ago(61_000, "2026-06-02", 10_000), now, "2026-06-02")).toBe(false);
    expect(sweepDue("always", ago(200_000, "2026-06-02", 10_000), now, "2026-06-02")).toBe(true);
  });
});
