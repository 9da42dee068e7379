import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { instant } from "./instant.ts";

const context: RuleContext = {
  zone: "Asia/Shanghai",
  now: Date.UTC(2026, 10, 22),
  hash: (text) => `hash-of-${text.length}-${text}`,
};
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = instant.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return instant.show(cleaned.value as never, context) + (marks === "" ? "" : ` [${marks}]`);
};

const morning = "2026-01-03T08:05:00+08:00";
const evening = "2026-01-03T20:05:00+08:00";
const midnight = "2026-01-03T00:00:00+08:00";

test.each([
  ["2026-01-03 08:05:00", morning],
  ["2026-01-03 08:05", morning],
  ["2026/1/3 8:05", morning],
  ["2026.1.3 8:05:00", morning],
  ["2026-01-03T08:05:00+08:00", morning],
  ["2026-01-03T00:05:00Z", morning],
  ["2026-01-03T00:05:00.000+0000", morning],
  ["2026-01-03 08:05:00.0", morning],
  ["\t2026-01-03 08:05:00", morning],
  ['="2026-01-03 08:05:00"', morning],
  ["２０２６－０１－０３　０８：０５：００", morning],
  ["2026年1月3日 8时5分", morning],
  ["2026年01月03日08时05分00秒", morning],
  ["2026年1月3日 8点05分", morning],
  ["2026年1月3日 星期六 上午 8:05", morning],
  ["2026/1/3 上午 8:05:00", morning],
  ["2026/1/3 下午 8:05:00", evening],
  ["2026-01-03 晚上8:05", evening],
  ["2026/1/3 8:05 PM", evening],
  ["20260103080500", morning],
  ["202601030805", morning],
  ["20260103080500000", morning],
  ["20260103", midnight],
  ["46025.3368055556", morning],
  ["46025", midnight],
  ["1767398700", morning],
  ["1767398700000", morning],
  ["1767398700000000", morning],
  ["1767398700.0", morning],
  ["Jan 3, 2026", midnight],
  ["Jan 3, 2026 8:05 AM", morning],
  ["January 3, 2026, 8:05:00 PM", evening],
  ["3 Jan 2026 08:05", morning],
  ["03-Jan-2026", midnight],
  ["Sat, 03 Jan 2026 00:05:00 GMT", morning],
  ["Sat Jan 03 08:05:00 CST 2026", morning],
  ["Sat Jan 03 2026 08:05:00 GMT+0800 (China Standard Time)", morning],
  ["2026-01-03 24:00:00", "2026-01-04T00:00:00+08:00"],
  ["2026/1/3 中午12:05", "2026-01-03T12:05:00+08:00"],
  ["2026/1/3 凌晨12:05", "2026-01-03T00:05:00+08:00"],
  ["1/13/2026 8:05", "2026-01-13T08:05:00+08:00"],
  ["13/1/2026 8:05", "2026-01-13T08:05:00+08:00"],
  ["13.01.2026", "2026-01-13T00:00:00+08:00"],
  ["03/04/2026", "2026-03-04T00:00:00+08:00 [time-ambiguous]"],
  ["26-1-3 8:05", `${morning} [time-ambiguous]`],
  ["26年1月3日", midnight],
  ["1998-01-03 08:05:00", "1998-01-03T08:05:00+08:00 [time-impossible]"],
  ["2028-01-03 08:05:00", "2028-01-03T08:05:00+08:00 [time-impossible]"],
  ["0000-00-00 00:00:00", "unreadable never"],
  ["1970-01-01 08:00:00", "unreadable never"],
  ["9999-12-31 23:59:59", "unreadable never"],
  ["0", "unreadable never"],
  ["2026-02-30", "unreadable not-a-time"],
  ["2026-01-03 25:00:00", "unreadable not-a-time"],
  ["8:05", "unreadable not-a-time"],
  ["昨天", "unreadable not-a-time"],
  ["####", "unreadable not-a-time"],
  ["--", "unreadable empty"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));

test("the column's order of day and month decides where it is known", () => {
  expect(read("03/04/2026", { dayFirst: true })).toBe("2026-04-03T00:00:00+08:00");
  expect(read("03/04/2026", { dayFirst: false })).toBe("2026-03-04T00:00:00+08:00");
});

test("a time without a zone is the workspace's wall time, also where clocks are turned", () => {
  const at = (written: string) => instant.clean(written, { ...context, zone: "Europe/Berlin" });
  expect(at("2026-07-01 12:00:00")).toMatchObject({ value: Date.UTC(2026, 6, 1, 10) });
  expect(at("2026年1月1日 12:00")).toMatchObject({ value: Date.UTC(2026, 0, 1, 11) });
});

test("a time before there were zones is shown so that it reads as the same", () => {
  const written = "1900-12-31T15:59:59.999Z";
  const read = instant.clean(written, context);
  expect(read).toMatchObject({ value: Date.parse(written) });
  const shown = instant.show(Date.parse(written), context);
  expect(instant.clean(shown, context)).toMatchObject({ value: Date.parse(written) });
});
