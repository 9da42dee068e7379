import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { idNumber } from "./id-number.ts";

const context: RuleContext = {
  zone: "Asia/Shanghai",
  now: Date.UTC(2026, 10, 22),
  hash: (text) => `hash-of-${text.length}-${text}`,
};
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = idNumber.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return idNumber.show(cleaned.value as never, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["11010519491231002X", "id:hash-of-18-11010519491231002X"],
  ["11010519491231002x", "id:hash-of-18-11010519491231002X"],
  ["110105 19491231 002X", "id:hash-of-18-11010519491231002X"],
  ["110105491231002", "id:hash-of-18-11010519491231002X"],
  ["110105194912310021", "unreadable check-digit"],
  ["110105194913310027", "unreadable check-digit"],
  ["1101**********002X", "1101**********002X [value-masked]"],
  ["1.10105E+17", "unreadable lost-in-spreadsheet"],
  ["110105194912310000", "unreadable lost-in-spreadsheet"],
  ["E12345678", "unreadable not-an-id-number"],
  ["", "unreadable empty"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));

test("without a key nothing is kept", () =>
  expect(read("11010519491231002X", { hash: undefined })).toBe("unreadable no-key"));
