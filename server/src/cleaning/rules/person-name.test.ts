import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { personName } from "./person-name.ts";

const context: RuleContext = { zone: "Asia/Shanghai", now: Date.UTC(2026, 10, 22) };
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = personName.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return personName.show(cleaned.value, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["李娜", "李娜"],
  ["李 娜", "李娜"],
  ["欧阳娜娜", "欧阳娜娜"],
  ["诸葛孔明先生", "诸葛孔明"],
  ["李娜女士", "李娜"],
  ["李娜（宝妈）", "李娜"],
  ["李娜（收）", "李娜"],
  ["王女士", "王"],
  ["王", "王"],
  ["阿依古丽·买买提", "阿依古丽·买买提"],
  ["阿依古丽・买买提", "阿依古丽·买买提"],
  ["Anna Maria Schmidt", "Anna Maria Schmidt"],
  ["José García", "José García"],
  ["張偉", "張偉"],
  ["豆豆妈妈", "豆豆妈妈 [name-nickname]"],
  ["王小明妈妈", "王小明妈妈 [name-nickname]"],
  ["豆豆", "豆豆 [name-nickname]"],
  ["微信用户", "微信用户 [name-nickname]"],
  ["tb12345678", "tb12345678 [name-nickname]"],
  ["爱吃糖的小公主🎀", "爱吃糖的小公主🎀 [name-nickname]"],
  ["Lily", "Lily [name-nickname]"],
  ["杭州某某母婴店", "杭州某某母婴店 [name-not-person]"],
  ["菜鸟驿站", "菜鸟驿站 [name-not-person]"],
  ["测试", "测试 [name-nickname]"],
  ["王**", "王** [value-masked]"],
  ["锟斤拷锟斤拷", "锟斤拷锟斤拷 [encoding-damaged]"],
  ["*小明", "*小明 [value-masked]"],
  ["", "unreadable empty"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));
