import { expect, test } from "vitest";
import { freeText } from "./canonical.ts";

/** What a mother writes to the service desk reaches the facts without what tells who she is. */

test.each([
  ["a phone number", "请打 13812345678"],
  ["in full-width digits", "请打 １３８１２３４５６７８"],
  ["an address of mail", "mum@example.com 收不到"],
  ["a house", "寄到 上海市徐汇区漕溪北路18号3栋502室"],
])("%s is taken out of free text", (_, text) => {
  const kept = freeText(text) ?? "";
  expect(kept).not.toBe(text);
  expect(kept).not.toMatch(/13812345678|１３８１２３４５６７８|mum@|502/);
});

test("what names nobody stays as it was written", () => {
  expect(freeText("太干了，宝宝不爱吃，3段 900g×6")).toBe("太干了，宝宝不爱吃，3段 900g×6");
  expect(freeText("")).toBeUndefined();
});
