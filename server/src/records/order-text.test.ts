import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textOf } from "../events/utf8.ts";
import { isRefusedRecord } from "./kind.ts";
import { order } from "./kinds/order.ts";
import { lineOf, type OrderFields, orderText, withNumber } from "./order-text.ts";

const word = fc.string({ unit: "binary", maxLength: 8 });
const maybe = <One>(one: fc.Arbitrary<One>) => fc.option(one, { nil: undefined });
const fen = fc.integer({ min: -1_000_000, max: 1_000_000 });
const line = fc.record({
  itemId: maybe(word),
  sku: word,
  product: maybe(word),
  name: maybe(word),
  variant: maybe(word),
  category: maybe(word),
  quantity: fc.integer({ min: -3, max: 2_000 }),
  amountFen: fen,
  isGift: maybe(fc.constant(true as const)),
});
const time = maybe(
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString()),
);
const fields = fc.record({
  order: word,
  shop: maybe(word),
  platform: maybe(word),
  status: fc.constantFrom("placed", "paid", "shipped", "completed", "cancelled", "refunded"),
  placedAt: time,
  paidAt: time,
  amountFen: maybe(fen),
  discountFen: maybe(fen),
  coupon: maybe(word),
  items: maybe(fc.array(line, { maxLength: 3 })),
  refunds: maybe(fc.array(fc.record({ id: maybe(word), amountFen: fen }), { maxLength: 2 })),
  properties: maybe(
    fc.dictionary(word, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2, noNullPrototype: true }),
  ),
}) as fc.Arbitrary<OrderFields>;

describe("the text of an order", () => {
  test("is to the letter what JSON.stringify writes: it is hashed, and known again by its hash", () => {
    fc.assert(
      fc.property(fields, (one) => {
        expect(orderText(one, one.items?.map(lineOf))).toBe(JSON.stringify(one));
      }),
      { numRuns: 300 },
    );
  });

  test("of a line with its number is that of the whole line", () => {
    fc.assert(
      fc.property(line, word, ({ itemId: _, ...one }, itemId) => {
        expect(withNumber(lineOf(one), itemId).text).toBe(JSON.stringify({ itemId, ...one }));
      }),
      { numRuns: 100 },
    );
  });

  test("the events an order comes with are those its fields tell of", () => {
    const input = {
      ...{ order: "57", shop: "旗舰店", status: "refunded" as const, identifiers: [], amount: 12.5 },
      items: [{ sku: "a", quantity: 2, price: 3.1, name: '奶粉 "1段"' }],
    };
    const stated = order.state(input, { zone: "Asia/Shanghai", now: 1e12 });
    if (isRefusedRecord(stated)) throw new Error(stated.refused);
    expect(stated.told).toHaveLength(2);
    expect(stated.told).toEqual(order.tells(JSON.parse(textOf(stated.fields))));
  });
});
