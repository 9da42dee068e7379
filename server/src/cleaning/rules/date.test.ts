import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { date } from "./date.ts";

const context: RuleContext = {
  zone: "Asia/Shanghai",
  now: Date.UTC(2026, 10, 22),
  hash: (text) => `hash-of-${text.length}-${text}`,
};
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = date.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return date.show(cleaned.value as never, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["2024-05-01", "2024-05-01"],
  ["2024/5/1", "2024-05-01"],
  ["2024.5.1", "2024-05-01"],
  ["2024年5月1日", "2024-05-01"],
  ["20240501", "2024-05-01"],
  ["45413", "2024-05-01"],
  ["2024-05-01 00:00:00", "2024-05-01"],
  ["2024-04-30T16:00:00Z", "2024-05-01"],
  ["May 1, 2024", "2024-05-01"],
  ["24/5/1", "2024-05-01 [time-ambiguous]"],
  ["1988-02-29", "1988-02-29"],
  ["2024-05", "unreadable day-missing"],
  ["2024年5月", "unreadable day-missing"],
  ["2024-02-30", "unreadable not-a-date"],
  ["0000-00-00", "unreadable never"],
  ["预产期", "unreadable not-a-date"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));
