import { expect, test } from "vitest";
import { maskAddress, maskIdentifier, maskName, maskTrait } from "./masking.ts";

test("each kind keeps enough to recognise and too little to reach", () => {
  expect(maskIdentifier("phone", "+8613856781234")).toBe("138****1234");
  expect(maskIdentifier("phone", "+16502530000")).toBe("+16****00");
  expect(maskIdentifier("email", "alice@example.com")).toBe("a***@example.com");
  expect(maskIdentifier("openid:mini", "oAbCdEfGh")).toBe("oA****Gh");
  expect(maskIdentifier("member:tmall", "12")).toBe("****");
  expect(maskName("王小明")).toBe("王**");
  expect(maskName("𠮷田")).toBe("𠮷**");
  expect(maskAddress("浙江省杭州市西湖区文一路 1 号")).toBe("浙江省杭州市西湖区****");
  expect(maskAddress({ street: "文一路" })).toBe("****");
});

test("traits are masked by what their key means", () => {
  expect(maskTrait("receiver_name", "王小明")).toBe("王**");
  expect(maskTrait("Mobile", "13856781234")).toBe("138****1234");
  expect(maskTrait("shippingAddress", "浙江省杭州市西湖区文一路 1 号")).toBe("浙江省杭州市西湖区****");
  expect(maskTrait("idCard", "110105194912310021")).toBe("11****21");
  expect(maskTrait("birthday", "1990-01-01")).toBe("****");
  expect(maskTrait("anything", { phone: "13856781234" })).toBe("****");
});
