import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrderSeen } from "../orders-seen.ts";
import { duplicates } from "./duplicates.ts";

const context = { zone: "Asia/Shanghai", now: 0 };
const minute = 60_000;
let n = 0;
const order = (more: Partial<OrderSeen> = {}): OrderSeen => ({
  key: `tmall ${n++}`,
  fingerprint: `f${n}`,
  buyer: "b1",
  items: "A×2",
  amountFen: 26_800,
  at: 0,
  address: "",
  texts: [],
  ...more,
});
const notesOf = (orders: readonly OrderSeen[]) =>
  duplicates.find(orders, context).map(({ row, note, of }) => [row, note, of]);

test("the same row twice is one order; the first stands", () => {
  const first = order();
  expect(notesOf([first, order(), first])).toContainEqual([2, "duplicate-exact", 0]);
});

test("the same order saying something else is its newer version, not another order", () => {
  const first = order({ at: 0 });
  const refunded = { ...first, fingerprint: "refunded" };
  expect(notesOf([first, refunded, refunded])).toEqual([
    [1, "duplicate-resent", 0],
    [2, "duplicate-exact", 1],
  ]);
});

test("the same basket again within ten minutes is marked, an hour later it is a purchase", () => {
  const found = duplicates.find([order(), order({ at: 9 * minute }), order({ at: 60 * minute })], context);
  expect(found).toEqual([{ row: 1, note: "duplicate-near", marks: ["duplicate-near"], of: 0 }]);
});

test("other goods, another amount, another buyer or an unknown one are other orders", () => {
  expect(
    notesOf([order(), order({ items: "B×1" }), order({ amountFen: 1 }), order({ buyer: "b2" })]),
  ).toEqual([]);
  expect(notesOf([order({ buyer: "" }), order({ buyer: "" })])).toEqual([]);
});

test("no row is found twice, and each points at an earlier one", () => {
  const some = fc.record({
    key: fc.constantFrom("1", "2", "3"),
    fingerprint: fc.constantFrom("x", "y"),
    buyer: fc.constantFrom("", "b"),
    items: fc.constantFrom("", "A×1"),
    amountFen: fc.constant(100),
    at: fc.integer({ min: 0, max: 20 * minute }),
    address: fc.constant(""),
    texts: fc.constant([]),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 30 }), (orders) => {
      const found = duplicates.find(orders, context);
      expect(new Set(found.map(({ row }) => row)).size).toBe(found.length);
      for (const { row, of } of found) expect(of).toBeLessThan(row);
      const first = new Set(orders.map(({ key }) => key)).size;
      const again = found.filter(({ note }) => note !== "duplicate-near").length;
      expect(first + again).toBe(orders.length);
    }),
  );
});

test("a hundred thousand equal orders are compared in a moment", () => {
  const many = Array.from({ length: 100_000 }, () => order());
  const before = process.cpuUsage();
  duplicates.find(many, context);
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
});
