import { expect, test } from "vitest";
import { comparableAddress, householdPairs } from "./household-signs.ts";

test("an address is compared down to the door, however it is spaced; a district or a masked one says nothing", () => {
  const full = "浙江省杭州市西湖区学院路12号3单元401室";
  expect(comparableAddress("浙江省 杭州市 西湖区 学院路 12号 3单元 401室")).toBe(full);
  expect(comparableAddress("中国浙江省杭州市西湖区学院路１２号３单元４０１室。")).toBe(full);
  expect(
    comparableAddress({
      province: "浙江省",
      city: "杭州市",
      district: "西湖区",
      address: "学院路12号3单元401室",
    }),
  ).toBe(full);
  for (const none of ["浙江省杭州市西湖区", "浙江省杭州市西湖区学院路**号", "12号3单元401室", "", null, 7])
    expect(comparableAddress(none), String(none)).toBeNull();
});

test("several signs add up; a door that too many share asks nothing", () => {
  const crowd = Array.from({ length: 7 }, (_, i) => 100 + i);
  expect(
    householdPairs([
      { kind: "address", persons: [9, 4] },
      { kind: "child", persons: [4, 9] },
      { kind: "address", persons: [4, 20] },
      { kind: "address", persons: crowd },
    ]),
  ).toEqual([
    { a: 4, b: 9, score: 0.85, evidence: { signs: ["address", "child"], persons: 2 } },
    { a: 4, b: 20, score: 0.5, evidence: { signs: ["address"], persons: 2 } },
  ]);
});
