import { isNothing, plain, unquoted } from "../characters.ts";
import type { Cleaned, RuleContext, ValueRule } from "../rule.ts";
import { instantOf, readWrittenTime } from "../written-times.ts";
import { zoneOffset } from "../zone.ts";

const usual = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;
const never = /^(?:0000|0001-01-01|1900-01-0[01]|1899-12-30|9999)/;
const monthOnly = /^\d{4}\s*[-/.年]\s*\d{1,2}\s*月?$/;

function clean(written: string, context: RuleContext): Cleaned<string> {
  if (usual.test(written) && !never.test(written)) return { value: written, changed: false };
  const text = unquoted(plain(written));
  if (isNothing(text)) return { unreadable: "empty" };
  if (never.test(text)) return { unreadable: "never" };
  const time = readWrittenTime(text, context);
  if (time === null) return { unreadable: monthOnly.test(text) ? "day-missing" : "not-a-date" };
  const value = dayOf(
    time.wall,
    time.offsetMinutes === null ? null : instantOf(time, context.zone),
    context.zone,
  );
  if (value === written) return { value, changed: false };
  return time.ambiguous
    ? { value, changed: true, note: "rewritten", marks: ["time-ambiguous"] }
    : { value, changed: true, note: "rewritten" };
}

/** Where the writer said a zone, the day is the one that the workspace's calendar shows at that instant. */
const dayOf = (wall: number, at: number | null, zone: string): string =>
  new Date(at === null ? wall : at + zoneOffset(zone, at)).toISOString().slice(0, 10);

export const date: ValueRule<"date"> = {
  id: "date",
  label: { zh: "日期", en: "Calendar date" },
  what: {
    zh: "生日、预产期等日期统一为 YYYY-MM-DD；只有年月的不猜是哪一天。",
    en: "Birthdays, due dates and other days become YYYY-MM-DD; a month alone is not made a day.",
  },
  personal: true,
  examples: [
    { written: "2024年5月1日", becomes: "2024-05-01" },
    { written: "20240501", becomes: "2024-05-01" },
    { written: "45413", becomes: "2024-05-01" },
    { written: "2024-05", becomes: "day-missing" },
    { written: "2024-02-30", becomes: "not-a-date" },
  ],
  clean,
  show: (value) => value,
};
