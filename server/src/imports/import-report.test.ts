import { expect, test } from "vitest";
import { reportImport } from "./import-report.ts";
import type { ImportRow } from "./imports.store.ts";
import { againOf, aheadOf } from "./reading/ahead.ts";
import { noProgress, type Progress } from "./reading/progress.ts";

const running = (progress: Partial<Progress>): ImportRow => ({
  ...{ id: 1, workspace: 1, source: 1, preset: "orders", status: "running" },
  files: [
    {
      ...{ preset: "orders", name: "o.csv", path: "", bytes: 1000, format: "csv", encoding: "utf-8" },
      ...{ delimiter: ",", sheet: null, header: [], headerLine: 1, above: 0, record: "orders", places: [] },
    },
  ],
  progress: { ...noProgress(1), ...progress },
  ...{
    decisions: [],
    error: null,
    startedAt: new Date(0),
    finishedAt: null,
    startedBy: null,
    inQuarantine: 0,
  },
});

test("how far an import is can be told before its first rows are in", () => {
  expect(reportImport(running({}))).toMatchObject({ bytesRead: 0, secondsLeft: null });
  const some = reportImport(running({ ahead: aheadOf(500, 1000, 2) }));
  expect(some.bytesRead).toBeGreaterThan(0);
  expect(some.bytesRead).toBeLessThan(500);
  expect(some.secondsLeft).toBeGreaterThan(2);
  // Read to its end and not yet in is not done.
  const all = reportImport(running({ ahead: aheadOf(1000, 1000, 4) }));
  expect(all.bytesRead).toBeGreaterThan(some.bytesRead);
  expect(all.bytesRead).toBeLessThan(1000);
  expect(all.secondsLeft).toBeGreaterThan(0);
});

test("once rows are in, they say how far it is", () => {
  const ahead = aheadOf(1000, 1000, 4);
  const told = reportImport(running({ ahead, rows: 20, bytesRead: 200, rate: 10 }));
  expect(told).toMatchObject({ bytesRead: 200, secondsLeft: 8, rowsPerSecond: 10 });
});

test("taken up again, it says how far the old rows are read and counts that time too", () => {
  const some = { rows: 20, bytesRead: 200, rate: 10 };
  const told = reportImport(running({ ...some, again: againOf(5, 20, 1) }));
  expect(told).toMatchObject({ readingAgain: { rows: 5, of: 20 }, secondsLeft: 8 + 3, rowsPerSecond: null });
  const begun = reportImport(running({ ...some, again: againOf(0, 20, 1) }));
  expect(begun).toMatchObject({ readingAgain: { rows: 0, of: 20 }, secondsLeft: null });
});
