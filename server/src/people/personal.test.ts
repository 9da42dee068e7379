import { describe, expect, test } from "vitest";
import { divisionsOf } from "./address.ts";
import { looksPersonal } from "./personal.ts";
import { splitTraits } from "./traits.ts";

describe("what identifies", () => {
  test("by its look, under any key", () => {
    for (const value of [
      "13912345671",
      "+86 139 1234 5671",
      "call 13912345671 now",
      "a.b@c.com.cn",
      13912345671,
      "11010519491231002X",
    ]) {
      expect(looksPersonal(value), String(value)).toBe(true);
    }
    for (const value of [
      "2026-01-01",
      "1700000000000",
      "202606011234567890",
      "500g",
      12,
      true,
      null,
      "110105194912310021",
      "0.13912345671",
    ]) {
      expect(looksPersonal(value), String(value)).toBe(false);
    }
    expect(looksPersonal({ a: [{ b: "x@y.cn" }] })).toBe(true);
  });
  test("traits are told apart, and of an address the district stays", () => {
    const { sealed, plain } = splitTraits({
      name: "王小明",
      Phone: "13912345671",
      plan: "gold",
      points: 12,
      subscribed: true,
      note: "联系 13912345671",
      address: { province: "浙江省", city: "杭州市", district: "西湖区", street: "文一路 1 号" },
      likes: ["toys"],
      nothing: null,
    });
    expect(sealed.map(({ key }) => key)).toEqual(["name", "Phone", "note", "address"]);
    expect(plain).toEqual([
      { key: "plan", text: "gold" },
      { key: "points", text: "12" },
      { key: "subscribed", text: "true" },
      { key: "province", text: "浙江省" },
      { key: "city", text: "杭州市" },
      { key: "district", text: "西湖区" },
      { key: "likes", text: '["toys"]' },
    ]);
  });
});

test("an address in one text gives its divisions", () => {
  expect(divisionsOf("浙江省杭州市西湖区文一路 1 号")).toEqual({
    province: "浙江省",
    city: "杭州市",
    district: "西湖区",
  });
  expect(divisionsOf("上海市浦东新区世纪大道 1 号")).toMatchObject({ city: "上海市", district: "浦东新区" });
  expect(divisionsOf("1 Main Street")).toMatchObject({});
});
