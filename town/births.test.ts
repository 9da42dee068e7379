import fc from "fast-check";
import { expect, test } from "vitest";
import { birthsByMonth, childrenOf, leastSpacing } from "./births.ts";
import { dayOf, monthOf } from "./calendar.ts";
import { chanceOf } from "./chance.ts";

const from = dayOf("2023-01-01");
const to = dayOf("2026-12-31");
const families = Array.from({ length: 20_000 }, (_, i) => childrenOf(chanceOf(3, i, "births"), from, to));

test("one to three children, in order, born at least ten months apart unless twins", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (seed, family) => {
      const children = childrenOf(chanceOf(seed, family, "births"), from, to);
      expect(children.length).toBeGreaterThanOrEqual(1);
      expect(children.length).toBeLessThanOrEqual(3);
      children.forEach((child, i) => {
        expect(child.key).toBe(`c${i + 1}`);
        expect(Math.abs(child.bornOn - child.dueOn)).toBeLessThanOrEqual(45);
        const before = children[i - 1];
        if (!before) return;
        const gap = child.bornOn - before.bornOn;
        expect(gap === 0 ? child.twin && before.twin : gap >= leastSpacing).toBe(true);
      });
    }),
    { numRuns: 2000 },
  );
});

test("births follow the season: most in autumn, fewest in spring", () => {
  const counts = new Array<number>(12).fill(0);
  for (const child of families.flat())
    if (child.bornOn >= from && child.bornOn <= to) counts[monthOf(child.bornOn) - 1]!++;
  const mean = counts.reduce((sum, count) => sum + count, 0) / 12;
  counts.forEach((count, i) => {
    expect(Math.abs(count / mean - birthsByMonth[i]!), `month ${i + 1}`).toBeLessThan(0.09);
  });
});

test("shares of twins, of only children and of ways of feeding are as meant", () => {
  const children = families.flat();
  const share = (holds: (child: (typeof children)[number]) => boolean) =>
    children.filter(holds).length / children.length;
  expect(families.filter((one) => one.length === 1).length / families.length).toBeCloseTo(0.6, 1);
  expect(share(({ twin }) => twin)).toBeGreaterThan(0.015);
  expect(share(({ twin }) => twin)).toBeLessThan(0.05);
  expect(share(({ feeding }) => feeding === "mixed")).toBeCloseTo(0.4, 1);
  expect(share(({ sex }) => sex === "male")).toBeCloseTo(0.527, 1);
});
