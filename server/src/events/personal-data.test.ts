import { expect, test } from "vitest";
import { stripPersonalData } from "./personal-data.ts";

const stripped = (properties: object): unknown => JSON.parse(stripPersonalData(properties).json);

test("phones, e-mails and identity cards are taken out wherever they stand", () => {
  const found = stripPersonalData({
    note: "请打 138 1234 5678 或 +86-13912345678，邮件 mama@example.cn",
    contactless: [{ deep: "11010519491231002X" }],
    caller: 13812345678,
    price: 19.9,
  });
  expect(found.found).toBe(true);
  expect(found.json).not.toMatch(/1234|mama|1105/);
  expect(JSON.parse(found.json)).toMatchObject({
    price: 19.9,
    caller: "[phone]",
    contactless: [{ deep: "[id-number]" }],
  });
});

test("values whose key names or locates somebody are taken out", () => {
  expect(
    stripped({
      receiver_name: "王小明",
      收货地址: "上海市徐汇区…",
      address: { street: "x" },
      name: "奶粉 2 段",
    }),
  ).toEqual({
    receiver_name: "[removed]",
    收货地址: "[removed]",
    address: "[removed]",
    name: "奶粉 2 段",
  });
});

test.each([
  ["shipping_address", { name: "王小明", address1: "文三路 478 号" }],
  ["deliveryAddress", "文三路 478 号"],
  ["customer_name", "王小明"],
  ["username", "王小明"],
  ["buyerNick", "王小明"],
  ["babyName", "王小明"],
  ["birthday", "2026-02-01"],
  ["收件人", "王小明"],
  ["宝宝姓名", "王小明"],
  ["买家昵称", "王小明"],
  ["家庭住址", "文三路 478 号"],
  ["微信号", "mama-1990"],
])("%s names or locates somebody", (key, value) => {
  expect(stripped({ [key]: value, sku: "A" })).toEqual({ [key]: "[removed]", sku: "A" });
});

test("a name is somebody's under a customer or a child, and a product's elsewhere", () => {
  expect(
    stripped({
      customer: { name: "王小明", level: 3 },
      children: [{ name: "豆豆" }],
      products: [{ name: "奶粉" }],
    }),
  ).toEqual({
    customer: { name: "[removed]", level: 3 },
    children: [{ name: "[removed]" }],
    products: [{ name: "奶粉" }],
  });
});

test.each(["8613912345670", "008613912345670", "+86 139 1234 5670", "1-8613912345670"])(
  "%s is a phone",
  (text) => {
    expect(stripPersonalData({ remark: `电话${text}` }).json).not.toContain("5670");
  },
);

test("a shop's own numbers stay, even when they look like a mobile number", () => {
  const own = {
    product_id: "17916191097",
    auction_id: 17916191097,
    order_id: "13812345678",
    products: [{ sku: "13900000001" }],
  };
  expect(stripPersonalData(own)).toEqual({ json: JSON.stringify(own), found: false });
});

test("what looks like nothing personal is untouched, text for text", () => {
  const plain = { a: 1, b: [true, null], at: 1769846400123, phrase: "买 2 送 1", nested: { c: "x" } };
  expect(stripPersonalData(plain)).toEqual({ json: JSON.stringify(plain), found: false });
});

test("a structure deeper than any real one ends", () => {
  let deep: object = { phone: "13812345678" };
  for (let i = 0; i < 500; i += 1) deep = { deep };
  expect(stripPersonalData(deep).json).not.toContain("138");
});
