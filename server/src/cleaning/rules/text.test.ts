import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { text } from "./text.ts";

const context: RuleContext = { zone: "Asia/Shanghai", now: Date.UTC(2026, 10, 22) };
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = text.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return text.show(cleaned.value, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["飞鹤 3段", "飞鹤 3段"],
  ["　飞鹤　　３段 ", "飞鹤 3段"],
  ["ＡＢＣ－１２３", "ABC-123"],
  ["奶\u200b粉\ufeff", "奶粉"],
  ["奶粉\r\n3段", "奶粉 3段"],
  ["嬰兒奶粉", "嬰兒奶粉"],
  ["\u200b", "unreadable empty"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));

test("traditional characters become simplified ones only when asked", () => {
  expect(read("嬰兒奶粉 愛他美", { simplify: true })).toBe("婴儿奶粉 爱他美");
  expect(text.clean("嬰兒奶粉", { ...context, simplify: true })).toMatchObject({ note: "simplified" });
});
