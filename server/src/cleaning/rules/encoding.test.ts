import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { encoding } from "./encoding.ts";

const context: RuleContext = { zone: "Asia/Shanghai", now: Date.UTC(2026, 10, 22) };
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = encoding.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return encoding.show(cleaned.value, context) + (marks === "" ? "" : ` [${marks}]`);
};

import iconv from "iconv-lite";

const misread = (meant: string, written: string, read: string): string =>
  iconv.decode(iconv.encode(meant, written), read);

test.each([
  ["飞鹤星飞帆婴儿配方奶粉", "utf8", "gbk"],
  ["奶粉3段900g", "utf8", "gbk"],
  ["浙江省杭州市西湖区", "utf8", "win1252"],
  ["飞鹤星飞帆婴儿配方奶粉3段", "gbk", "win1252"],
  ["奶粉", "gbk", "latin1"],
  ["订单编号,买家会员名", "utf8", "latin1"],
])("%s written as %s and read as %s", (meant, written, wrongly) => {
  const garbled = misread(meant, written, wrongly);
  expect(garbled).not.toBe(meant);
  const shown = read(garbled);
  // An odd number of bytes leaves half a character that nobody can give back.
  if (garbled.includes("\ufffd") || garbled.includes("?")) expect(shown).toContain("[encoding-damaged]");
  else expect(shown).toBe(`${meant} [encoding-repaired]`);
});

test("a byte order mark read as GBK is taken off", () =>
  expect(read(misread("\ufeff订单编号", "utf8", "gbk"))).toMatch(
    /^(订单编号 \[encoding-repaired\]|.*\[encoding-damaged\])$/,
  ));

test.each(["锟斤拷锟斤拷", "飞鹤\ufffd\ufffd段", "????", "?? 3?"])("%s is damaged", (written) =>
  expect(read(written)).toBe(`${written} [encoding-damaged]`),
);

test.each([
  "飞鹤星飞帆3段900g*6罐",
  "真的吗???",
  "Müller Straße",
  "José García",
  "café à la crème",
  "price: 5€",
  "联通",
  "浣熊玩偶",
  "洁柔 鏄",
  "奶粉（大罐）",
  "🎀小公主",
])("%s is as it should be", (written) => expect(read(written)).toBe(written));
