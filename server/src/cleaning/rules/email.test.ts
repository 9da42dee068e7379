import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { email } from "./email.ts";

const context: RuleContext = {
  zone: "Asia/Shanghai",
  now: Date.UTC(2026, 10, 22),
  hash: (text) => `hash-of-${text.length}-${text}`,
};
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = email.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return email.show(cleaned.value as never, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["li.na@example.cn", "li.na@example.cn"],
  [" Li.Na@Example.CN ", "li.na@example.cn"],
  ["ｌｉ＠qq．com", "li@qq.com"],
  ["li@qq。com", "li@qq.com"],
  ["li @ qq.com", "li@qq.com"],
  ["李娜 <Li@qq.com>", "li@qq.com"],
  ["mailto:li@qq.com", "li@qq.com"],
  ["li@qq.com;", "li@qq.com"],
  ["li@qq.con", "li@qq.con [email-domain-typo]"],
  ["li@gmial.com", "li@gmial.com [email-domain-typo]"],
  ["l***a@qq.com", "l***a@qq.com [value-masked]"],
  ["noreply@shop.cn", "unreadable placeholder"],
  ["li@qq", "unreadable not-an-email"],
  ["a b@c.cn", "unreadable not-an-email"],
  ["12345678", "unreadable not-an-email"],
  ["N/A", "unreadable empty"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));
