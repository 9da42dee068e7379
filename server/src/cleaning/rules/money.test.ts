import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { money } from "./money.ts";

const context: RuleContext = { zone: "Asia/Shanghai", now: Date.UTC(2026, 10, 22) };
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = money.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return money.show(cleaned.value, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["1299", "CNY 1299.00"],
  ["¥1,299.00", "CNY 1299.00"],
  ["￥ 1，299．００", "CNY 1299.00"],
  ["1299元", "CNY 1299.00"],
  ["RMB 12.5", "CNY 12.50"],
  ["12.50 CNY", "CNY 12.50"],
  ["1.2万", "CNY 12000.00"],
  ["1.15万元", "CNY 11500.00"],
  ["1.2w", "CNY 12000.00"],
  ["3k", "CNY 3000.00"],
  ["-12.50", "CNY -12.50"],
  ["-¥12.50", "CNY -12.50"],
  ["¥-12.50", "CNY -12.50"],
  ["(12.50)", "CNY -12.50"],
  ["（¥12.50）", "CNY -12.50"],
  [".5", "CNY 0.50"],
  ["?68.50", "CNY 68.50"],
  ["１５２．３０", "CNY 152.30"],
  ["129900分", "CNY 1299.00"],
  ["$12.5", "USD 12.50 [currency-other]"],
  ["USD 12.5", "USD 12.50 [currency-other]"],
  ["12.5 HKD", "HKD 12.50 [currency-other]"],
  ["HK$12.5", "HKD 12.50 [currency-other]"],
  ["€ 12.5", "EUR 12.50 [currency-other]"],
  ["0.30000000000000004", "CNY 0.30"],
  ["1,29", "unreadable not-an-amount"],
  ["免费", "unreadable not-an-amount"],
  ["12.5.3", "unreadable not-an-amount"],
  ["12 zorkmid", "unreadable not-an-amount"],
  ["12 xyz", "unreadable currency-unknown"],
  ["--", "unreadable empty"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));

test("a column of fen is read as fen, unless the value says otherwise", () => {
  const fen = { unit: "fen" as const };
  expect(read("129900", fen)).toBe("CNY 1299.00");
  expect(read("129900.0", fen)).toBe("CNY 1299.00");
  expect(read("¥1299.00", fen)).toBe("CNY 1299.00");
  expect(read("12.5", fen)).toBe("unreadable unit-doubtful");
});

test("a column in another currency keeps it", () =>
  expect(read("12.5", { currency: "USD" })).toBe("USD 12.50 [currency-other]"));
