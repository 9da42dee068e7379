import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { quantity } from "./quantity.ts";

const context: RuleContext = { zone: "Asia/Shanghai", now: Date.UTC(2026, 10, 22) };
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = quantity.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return quantity.show(cleaned.value, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["2", "2"],
  ["２", "2"],
  ["2件", "2"],
  ["x3", "3"],
  ["× 3", "3"],
  ["2.0", "2"],
  ["1,200", "1200 [quantity-high]"],
  ["两罐", "2"],
  ["十", "10"],
  ["0", "0 [quantity-negative]"],
  ["-1", "-1 [quantity-negative]"],
  ["2.5", "unreadable not-whole"],
  ["很多", "unreadable not-a-quantity"],
  ["99999999999", "unreadable not-a-quantity"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));

test("a warehouse counts in thousands, and has nought of some", () => {
  expect(read("1,250", { bulk: true })).toBe("1250");
  expect(read("0", { bulk: true })).toBe("0");
});
