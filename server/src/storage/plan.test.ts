import type { MonthOfData } from "@stork/contract/storage.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { lastDayOf, misordered, planMoves } from "./plan.ts";
import { addSizes, afterMoves, ratiosOf, sizesOf, usualPrices, usualRatios } from "./sizes.ts";
import { spanOf, touches } from "./span.ts";

const month = (name: string, tier: MonthOfData["tier"] = "hot", rows = 10, bytes = 1000): MonthOfData => ({
  ...{ month: name, tier, rows, bytes },
});
const all = { warm: true, cold: true };
const policy = { warmAfterDays: 180, coldAfterDays: 730, deleteAfterDays: 1460 };
const today = "2026-06-15";

test("a month moves when the whole of it is older than the policy says, by the furthest step", () => {
  const months = ["2021-01", "2023-06", "2024-05", "2024-06", "2025-11", "2025-12", "2026-06"].map((name) =>
    month(name),
  );
  expect(planMoves(months, policy, all, today, []).moves.map(({ step, month }) => [step, month])).toEqual([
    ["delete", "2021-01"],
    ["cold", "2023-06"],
    ["cold", "2024-05"],
    ["warm", "2024-06"],
    ["warm", "2025-11"],
  ]);
  expect(planMoves(months, policy, all, "2026-06-30", []).moves.at(-1)?.month).toBe("2025-12");
});

test("a legal hold keeps what it touches, and says how much", () => {
  const months = [month("2021-01"), month("2021-02"), month("2021-03")];
  const hold = { from: "2021-02-28", to: null };
  const plan = planMoves(months, policy, all, today, [hold]);
  // What may not be deleted may still be put into files: it is kept either way.
  expect(plan.moves.map(({ step }) => step)).toEqual(["delete", "cold", "cold"]);
  expect(plan.held).toBe(20);
});

test("cold and warm data do not move twice", () => {
  const months = [month("2023-01", "cold"), month("2025-01", "warm")];
  expect(planMoves(months, policy, all, today, []).moves).toEqual([]);
});

test("no plan ever deletes what is held or younger than the policy", () => {
  const names = fc.integer({ min: 0, max: 120 }).map((n) => {
    const at = new Date(Date.UTC(2016, n, 1));
    return at.toISOString().slice(0, 7);
  });
  const days = fc.option(fc.integer({ min: 1, max: 4000 }), { nil: null });
  const anyPolicy = fc.record({ warmAfterDays: days, coldAfterDays: days, deleteAfterDays: days });
  fc.assert(
    fc.property(fc.uniqueArray(names), anyPolicy, names, (months, one, held) => {
      const hold = { from: `${held}-10`, to: `${held}-12` };
      const { moves } = planMoves(
        months.map((name) => month(name)),
        one,
        all,
        today,
        [hold],
      );
      for (const { step, month: moved } of moves) {
        const age = (Date.parse(today) - Date.parse(lastDayOf(moved ?? ""))) / 86_400_000;
        if (step === "delete") {
          expect(moved).not.toBe(held);
          expect(age).toBeGreaterThan(one.deleteAfterDays ?? Number.POSITIVE_INFINITY);
        }
        if (step === "cold") expect(age).toBeGreaterThan(one.coldAfterDays ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});

test("each step has to come later than the one before", () => {
  expect(misordered(policy)).toBeNull();
  expect(misordered({ warmAfterDays: 730, coldAfterDays: 730, deleteAfterDays: null })).toBe("warm");
  expect(misordered({ warmAfterDays: null, coldAfterDays: 800, deleteAfterDays: 700 })).toBe("cold");
  expect(misordered({ warmAfterDays: 90, coldAfterDays: null, deleteAfterDays: 90 })).toBe("warm");
  expect(misordered({ warmAfterDays: null, coldAfterDays: null, deleteAfterDays: null })).toBeNull();
});

test("what it costs, before and after", () => {
  const gigabyte = 1024 ** 3;
  const months = [month("2024-01", "hot", 1, 10 * gigabyte), month("2026-05", "hot", 1, gigabyte)];
  const now = sizesOf(months, usualPrices);
  expect(now.yearlyFen).toBe(11 * 100 * 12);
  const { moves } = planMoves(months, policy, all, today, []);
  const after = sizesOf(afterMoves(months, moves, { warm: 0.25, cold: 0.5 }), usualPrices);
  expect(after.bytes).toBe(6 * gigabyte);
  expect(after.yearlyFen).toBe(100 * 12 + 5 * 12 * 12);
  expect(addSizes([now, after])).toMatchObject({ bytes: 17 * gigabyte, rows: 4 });
});

test("measured ratios take the place of the usual ones, step by step", () => {
  expect(ratiosOf([])).toEqual(usualRatios);
  const runs = [
    { step: "warm", bytesBefore: 100, bytesAfter: 30 },
    { step: "warm", bytesBefore: 300, bytesAfter: 70 },
    { step: "delete", bytesBefore: 100, bytesAfter: 0 },
  ];
  expect(ratiosOf(runs)).toEqual({ warm: 0.25, cold: usualRatios.cold });
});

test("days asked of the archives are the workspace's, also where they reach into another month's file", () => {
  const span = spanOf({ from: "2023-08-01", to: "2023-08-31" }, "Asia/Shanghai");
  expect(span).toEqual({ from: new Date("2023-07-31T16:00:00Z"), to: new Date("2023-08-31T16:00:00Z") });
  const months = ["2023-06", "2023-07", "2023-08", "2023-09"];
  expect(months.filter((one) => touches(one, span))).toEqual(["2023-07", "2023-08"]);
  expect(months.filter((one) => touches(one, spanOf({}, "Asia/Shanghai")))).toEqual(months);
});
