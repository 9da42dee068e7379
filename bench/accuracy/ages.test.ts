import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crossValidated } from "./ali-age.ts";
import { townFamilies, townFigures } from "./town-age.ts";

const shared = join(import.meta.dirname, "../../../shared/data");

test.skipIf(!existsSync(join(shared, "ali_mum_baby")))(
  "real Taobao birthdays: 7 % below root medians, below shrunken leaf medians, 80 % intervals that hold",
  () => {
    // Two of the benchmark's ten repeats.
    const figures = crossValidated(shared, 2, () => undefined);
    const { belowRoot, maeMonths, leafMaeMonths, coverage80 } = figures as NonNullable<typeof figures>;
    expect(belowRoot).toBeGreaterThanOrEqual(0.07);
    expect(maeMonths).toBeLessThan(leafMaeMonths);
    expect(coverage80).toBeGreaterThanOrEqual(0.76);
    expect(coverage80).toBeLessThanOrEqual(0.84);
  },
);

test("the town: 1.5 months with three purchases known, 80 % intervals that hold, two children found", () => {
  const figures = townFigures(townFamilies);
  expect(figures.maeMonths).toBeLessThanOrEqual(1.5);
  expect(figures.linesMaeMonths).toBeLessThanOrEqual(1.5);
  for (const coverage of [figures.coverage80, figures.linesCoverage80]) {
    expect(coverage).toBeGreaterThanOrEqual(0.77);
    expect(coverage).toBeLessThanOrEqual(0.83);
  }
  expect(figures.boughtForTwoRight).toBeGreaterThanOrEqual(0.85);
  expect(figures.oneChildRight).toBeGreaterThanOrEqual(0.95);
});
