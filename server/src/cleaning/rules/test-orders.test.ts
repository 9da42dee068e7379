import { expect, test } from "vitest";
import type { OrderSeen } from "../orders-seen.ts";
import { testOrders } from "./test-orders.ts";

const context = { zone: "Asia/Shanghai", now: 0 };
const hour = 3_600_000;
const order = (more: Partial<OrderSeen>): OrderSeen => ({
  key: "k",
  fingerprint: "f",
  buyer: "b",
  items: "A×1",
  amountFen: 26_800,
  at: 0,
  address: "",
  texts: [],
  ...more,
});
const marksOf = (text: string) => testOrders.find([order({ texts: [text] })], context)[0]?.marks ?? [];

test.each([
  ["测试", ["test-order"]],
  ["测试订单请勿发货", ["test-order"]],
  ["内部订单", ["test-order"]],
  ["TEST", ["test-order"]],
  ["test order, do not ship", ["test-order"]],
  ["刷单", ["brush-order"]],
  ["客服备注：补单", ["brush-order"]],
  ["空包", ["brush-order"]],
  ["SD", ["brush-order"]],
  ["V单 不发货", ["brush-order"]],
  ["刷", ["brush-order"]],
  ["", []],
  ["请尽快发货", []],
  ["早早孕检测试纸", []],
  ["测试纸", []],
  ["pregnancy test strips", []],
  ["Testimonial", []],
  ["麻烦补一张单据", []],
])("a remark of %s", (text, marks) => expect(marksOf(text)).toEqual(marks));

test("orders of a few fen are marked, free ones are not", () => {
  const found = testOrders.find(
    [order({ amountFen: 1 }), order({ amountFen: 0 }), order({ amountFen: 100 })],
    context,
  );
  expect(found).toEqual([{ row: 0, note: "penny", marks: ["penny-order"] }]);
});

test("five buyers of the same goods at one door in a day are suspected; a family, a pick-up point or a week is not", () => {
  const door = (buyer: string, more: Partial<OrderSeen> = {}) => order({ buyer, address: "door", ...more });
  const buyers = ["1", "2", "3", "4", "5"];
  const rowsOf = (orders: OrderSeen[]) => testOrders.find(orders, context).map(({ row }) => row);
  expect(rowsOf(buyers.map((buyer, i) => door(buyer, { at: i * hour })))).toEqual([0, 1, 2, 3, 4]);
  expect(rowsOf(buyers.map((buyer, i) => door(buyer, { at: i * 24 * hour })))).toEqual([]);
  expect(rowsOf(buyers.map(() => door("mother")))).toEqual([]);
  expect(rowsOf(buyers.map((buyer) => door(buyer, { items: `${buyer}×1` })))).toEqual([]);
  expect(rowsOf(buyers.map((buyer) => door(buyer, { address: "" })))).toEqual([]);
});
