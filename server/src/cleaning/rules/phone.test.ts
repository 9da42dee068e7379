import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { phone } from "./phone.ts";

const context: RuleContext = {
  zone: "Asia/Shanghai",
  now: Date.UTC(2026, 10, 22),
  hash: (text) => `hash-of-${text.length}-${text}`,
};
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = phone.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return phone.show(cleaned.value as never, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["13912345671", "+8613912345671"],
  ["8613912345671", "+8613912345671"],
  ["+86 139 1234 5671", "+8613912345671"],
  ["0086-13912345671", "+8613912345671"],
  ["013912345671", "+8613912345671"],
  ["１３９１２３４５６７１", "+8613912345671"],
  ["\u202a13912345671\u202c", "+8613912345671"],
  ["'13912345671", "+8613912345671"],
  ['="13912345671"', "+8613912345671"],
  ["13912345671.0", "+8613912345671"],
  ["1.3912345671E+10", "+8613912345671"],
  ["139-1234-5671", "+8613912345671"],
  ["手机：13912345671", "+8613912345671"],
  ["13912345671/13812345678", "+8613912345671"],
  ["王妈妈 13912345671 家", "+8613912345671"],
  ["0571-88889999", "+8657188889999"],
  ["057188889999", "+8657188889999"],
  ["(010) 6555 1234", "+861065551234"],
  ["0571-88889999-8001", "+8657188889999"],
  ["0571-88889999转8001", "+8657188889999"],
  ["400-820-8820", "+864008208820"],
  ["+852 5123 4567", "+85251234567"],
  ["00852 51234567", "+85251234567"],
  ["+886 912 345 678", "+886912345678"],
  ["+1 (650) 253-0000", "+16502530000"],
  ["138****1234", "138****1234 [value-masked]"],
  ["+86138****1234", "138****1234 [value-masked]"],
  ["138●●●●1234", "138****1234 [value-masked]"],
  ["138xxxx1234", "138****1234 [value-masked]"],
  ["*******1234", "*******1234 [value-masked]"],
  ["17012345678-1234", "unreadable virtual-number"],
  ["17012345678转1234", "unreadable virtual-number"],
  ["1.39E+10", "unreadable lost-in-spreadsheet"],
  ["13800000000", "unreadable placeholder"],
  ["88889999", "unreadable no-area-code"],
  ["12345", "unreadable not-a-phone"],
  ["电话", "unreadable not-a-phone"],
  ["无", "unreadable empty"],
  ["", "unreadable empty"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));

test("eleven digits are no change, all else is, with what was done", () => {
  expect(phone.clean("13912345671", context)).toEqual({ value: "+8613912345671", changed: false });
  expect(phone.clean("8613912345671", context)).toMatchObject({ changed: true, note: "prefix" });
  expect(phone.clean("139 1234 5671", context)).toMatchObject({ changed: true, note: "separators" });
  expect(phone.clean("１３９１２３４５６７１", context)).toMatchObject({ changed: true, note: "full-width" });
});
