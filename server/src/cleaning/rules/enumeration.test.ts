import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { enumeration } from "./enumeration.ts";

const context: RuleContext = { zone: "Asia/Shanghai", now: Date.UTC(2026, 10, 22) };
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = enumeration.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return enumeration.show(cleaned.value, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["gender", "女", "female"],
  ["gender", "男宝", "male"],
  ["gender", "F", "female"],
  ["gender", "未知", "unknown"],
  ["gender", "0", "unreadable code-undecided"],
  ["gender", "2", "unreadable code-undecided"],
  ["gender", "双胞胎", "unreadable not-listed"],
  ["order-status", "买家已付款，等待卖家发货", "paid"],
  ["order-status", "WAIT_BUYER_CONFIRM_GOODS", "shipped"],
  ["order-status", "卖家已发货，等待买家确认", "shipped"],
  ["order-status", "交易成功", "completed"],
  ["order-status", "已取消", "cancelled"],
  ["order-status", "退款成功", "refunded"],
  ["payment-method", "微信支付", "wechat"],
  ["channel", "天猫", "tmall"],
  ["channel", "抖店", "douyin"],
  ["device", "iPhone", "ios"],
  ["yes-no", "√", "yes"],
  ["ticket-status", "已完结", "closed"],
  ["sentiment", "好评", "good"],
] as const)("%s %s is %s", (field, written, becomes) => expect(read(written, { field })).toBe(becomes));

test("what people decided for a source goes first", () => {
  const codes = { "0": "male", "1": "female" };
  expect(read("0", { field: "gender", codes })).toBe("male");
  expect(read("2", { field: "gender", codes })).toBe("unreadable code-undecided");
  expect(read("男", { field: "gender", codes: { 男: "unknown" } })).toBe("unknown");
});
