import { expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { type QualityParts, Watch } from "./watch.job.ts";

test("what the minutes have taken is not given to them again because the hours failed", async () => {
  const taken: Record<string, string[]> = { quality_minute: [], quality_hour: [] };
  let hoursFail = true;
  const insertLines = async (table: string, lines: Buffer): Promise<void> => {
    if (table === "quality_hour" && hoursFail) throw new Error("away");
    taken[table]?.push(...lines.toString().split("\n").filter(Boolean));
  };
  const log = { error: () => {}, debug: () => {} };
  const watch = new Watch({
    clickhouse: { insertLines },
    clock: systemClock,
    log,
  } as unknown as QualityParts);
  const counted = (table: string): number =>
    (taken[table] ?? []).reduce((sum, line) => sum + JSON.parse(line).counts.refused, 0);

  watch.onRefused(1, 2, "collect/no-identity", 3);
  await watch.stop();
  watch.onRefused(1, 2, "collect/no-identity", 4);
  await watch.stop();
  expect([counted("quality_minute"), counted("quality_hour")]).toEqual([7, 0]);
  hoursFail = false;
  await watch.stop();
  expect([counted("quality_minute"), counted("quality_hour")]).toEqual([7, 7]);
});

test("a look that a stop breaks off ends quietly, and what it had counted is still written down", async () => {
  const failures: unknown[] = [];
  const written: string[] = [];
  let breakOff: ((error: Error) => void) | undefined;
  const insertLines = async (table: string): Promise<void> => {
    if (breakOff === undefined) await new Promise((_, reject) => (breakOff = reject));
    written.push(table);
  };
  const log = { error: (told: unknown) => failures.push(told), debug: () => {} };
  // No database: whoever goes on looking after the stop fails for want of it.
  const watch = new Watch({
    clickhouse: { insertLines },
    clock: systemClock,
    log,
  } as unknown as QualityParts);
  watch.onRefused(1, 2, "collect/no-identity", 3);
  const looking = watch.look();
  await expect.poll(() => breakOff).toBeDefined();
  const stopped = watch.stop();
  breakOff?.(new Error("the engine is closed"));
  await looking;
  await stopped;
  expect(failures).toEqual([]);
  expect(written).toEqual(["quality_minute", "quality_hour"]);
});
