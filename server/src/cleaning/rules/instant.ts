import { isNothing, plain, unquoted } from "../characters.ts";
import type { Mark } from "../marks.ts";
import type { NoteCode } from "../notes.ts";
import type { Cleaned, RuleContext, ValueRule } from "../rule.ts";
import { isPossible } from "../time-bounds.ts";
import { instantOf, readWrittenTime, type WrittenTime } from "../written-times.ts";
import { instantOfWallTime, zoneOffset } from "../zone.ts";

/** Values that systems write for "never". */
const never = /^(?:0000|0001-01-01|1900-01-0[01]|1899-12-30|9999|2099-12-31)/;

const dayMs = 86_400_000;

const notes = {
  words: "written-out",
  compact: "compact-form",
  spreadsheet: "spreadsheet-day",
  epoch: "epoch",
  slashed: "slashed-date",
  "short-year": "short-year",
} as const satisfies Record<Exclude<WrittenTime["form"], "iso">, NoteCode>;

/** Nothing is planned further ahead than this. */
const plannedMs = 5 * 366 * 86_400_000;

function clean(written: string, context: RuleContext): Cleaned<number> {
  const usual = readUsual(written);
  if (usual !== null && usual > dayMs)
    return withMarks(instantOfWallTime(context.zone, usual), context, false, null);
  const text = unquoted(plain(written));
  if (isNothing(text)) return { unreadable: "empty" };
  if (never.test(text) || /^0+(?:\.0+)?$/.test(text)) return { unreadable: "never" };
  const time = readWrittenTime(text, context);
  if (time === null) return { unreadable: "not-a-time" };
  const at = instantOf(time, context.zone);
  if (at === 0 || (time.form === "epoch" && at <= 0)) return { unreadable: "never" };
  const note = time.form === "iso" ? (text === written ? null : "tidied") : notes[time.form];
  return withMarks(at, context, time.ambiguous, note);
}

function withMarks(
  at: number,
  context: RuleContext,
  ambiguous: boolean,
  note: NoteCode | null,
): Cleaned<number> {
  const marks: Mark[] = [];
  if (ambiguous) marks.push("time-ambiguous");
  if (!isPossible(at, context.planned === true ? context.now + plannedMs : context.now))
    marks.push("time-impossible");
  const base = note === null ? { value: at, changed: false } : { value: at, changed: true, note };
  return marks.length === 0 ? base : { ...base, marks };
}

/** 2026-01-03 08:05:00, as nearly every export writes it: by hand, without a regular expression. */
function readUsual(text: string): number | null {
  if (text.length !== 19 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  if (text.charCodeAt(10) !== 32 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return null;
  const year = two(text, 0) * 100 + two(text, 2);
  const [month, day] = [two(text, 5), two(text, 8)];
  const [hour, minute, second] = [two(text, 11), two(text, 14), two(text, 17)];
  // A character that is no digit makes its number far too large.
  if (year < 1800 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 28) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1_000_000;
}

export const instant: ValueRule<"instant"> = {
  id: "instant",
  label: { zh: "日期和时间", en: "Date and time" },
  what: {
    zh: "导出文件里出现的各种写法统一为带时区的 ISO 8601；可能有两种读法的做标记。",
    en: "Every form that exports use becomes ISO 8601 with its zone; what may be read in two ways is marked.",
  },
  personal: false,
  examples: [
    { written: "2026/1/3 8:05", becomes: "2026-01-03T08:05:00+08:00" },
    { written: "2026年1月3日 下午3时5分", becomes: "2026-01-03T15:05:00+08:00" },
    { written: "20260103080500", becomes: "2026-01-03T08:05:00+08:00" },
    { written: "46025.336806", becomes: "2026-01-03T08:05:00+08:00" },
    { written: "1767398700", becomes: "2026-01-03T08:05:00+08:00" },
    { written: "Jan 3, 2026 8:05 AM", becomes: "2026-01-03T08:05:00+08:00" },
    { written: "03/04/2026", becomes: "2026-03-04T00:00:00+08:00" },
    { written: "0000-00-00 00:00:00", becomes: "never" },
  ],
  clean,
  show: (at, { zone }) => {
    const offset = zoneOffset(zone, at);
    // Before there were time zones a town's clocks went by its sun; ISO 8601 gives an offset in minutes.
    if (offset % 60_000 !== 0) return new Date(at).toISOString();
    const minutes = Math.abs(Math.round(offset / 60_000));
    const sign = offset < 0 ? "-" : "+";
    const pad = (n: number): string => String(n).padStart(2, "0");
    const wall = new Date(at + offset).toISOString().replace(/(\.000)?Z$/, "");
    return `${wall}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  },
};
