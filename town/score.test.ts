import { expect, test } from "vitest";
import { type ReadOrder, scoreOrders, type TrueOrder } from "./score.ts";

const truth: TrueOrder = {
  ...{ platform: "jd", shop: "s", order: "1", placedAt: "2026-01-01T00:00:00.000Z", status: "completed" },
  ...{
    paidAt: "2026-01-01T00:01:00.000Z",
    amountFen: 12_800,
    refundFen: 0,
    phoneUse: "own",
    marks: [],
    exports: 1,
  },
  items: [
    { sku: "A", quantity: 2, priceFen: 5_000 },
    { sku: "B", quantity: 1, priceFen: 2_800 },
  ],
  identifiers: [{ namespace: "phone", value: "13800001234" }],
  buyer: { person: "m1", family: "f1" },
};
const read: ReadOrder = {
  ...{
    platform: "jd",
    order: "1",
    paidAt: "2026-01-01T08:01:00+08:00",
    status: "completed",
    amountFen: 12_800,
  },
  items: [
    { sku: "B", quantity: 1 },
    { sku: "A", quantity: 2 },
  ],
  ...{ isExcluded: false, person: "7" },
};
const personOf = () => "7";
const scored = (more: Partial<ReadOrder>, of: Partial<TrueOrder> = {}) =>
  scoreOrders([{ ...truth, ...of }], [{ ...read, ...more }], { personOf });

test("an order is exact when nothing of it disagrees; the order of its lines and the zone of its time do not matter", () => {
  expect(scored({})).toMatchObject({
    orders: 1,
    exact: 1,
    missing: 0,
    invented: 0,
    duplicates: 0,
    examples: [],
  });
});

test("each field can be wrong by itself, and is shown", () => {
  const cases: [Partial<ReadOrder>, Partial<TrueOrder>, string][] = [
    [{ paidAt: "2026-01-01T00:01:01Z" }, {}, "paidAt"],
    [{ amountFen: 12_801 }, {}, "amount"],
    [{ status: "paid" }, {}, "status"],
    [{ items: [{ sku: "A", quantity: 3 }] }, {}, "items"],
    [{}, { marks: ["brush"] }, "marks"],
    [{ person: null }, {}, "buyer"],
  ];
  for (const [more, of, field] of cases) {
    const score = scored(more, of);
    expect(score).toMatchObject({ exact: 0, wrong: { [field]: 1 } });
    expect(score.examples[0]).toContain(`${field}:`);
  }
});

test("what is missing, invented and doubled is counted", () => {
  expect(scoreOrders([truth], [])).toMatchObject({ exact: 0, missing: 1 });
  expect(scoreOrders([truth], [read, read, { ...read, order: "合计" }])).toMatchObject({
    ...{ exact: 1, duplicates: 1, invented: 1 },
  });
});
