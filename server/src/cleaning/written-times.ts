import { instantOfWallTime } from "./zone.ts";

/** A time as somebody wrote it: what the clock showed, and how far that clock is ahead of UTC if it was said. */
export interface WrittenTime {
  readonly wall: number;
  readonly offsetMinutes: number | null;
  /** Whether a time of day was written. */
  readonly hasTime: boolean;
  readonly form: "iso" | "words" | "compact" | "spreadsheet" | "epoch" | "slashed" | "short-year";
  /** 03/04/2026, 26/1/3: it may have been meant otherwise. */
  readonly ambiguous: boolean;
}

export type DayOrder = { readonly dayFirst?: boolean | undefined; readonly now: number };

export const instantOf = (time: WrittenTime, zone: string): number =>
  time.offsetMinutes === null ? instantOfWallTime(zone, time.wall) : time.wall - time.offsetMinutes * 60_000;

const zoneWords: Readonly<Record<string, number>> = { z: 0, utc: 0, gmt: 0, cst: 480, 北京时间: 480 };
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const monthForm = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";

/** The part of day, before or after the clock. */
const afternoon = /下午|晚上|晚间|傍晚|夜里|pm|p\.m\.?/;
const morning = /上午|早上|早晨|清晨|凌晨|am|a\.m\.?/;
const noon = /中午|正午/;
const parts = "上午|下午|早上|早晨|清晨|凌晨|晚上|晚间|傍晚|夜里|中午|正午|[ap]\\.?m\\.?";
const clock = new RegExp(
  `^[t,\\s]*(?:(?:星期|周|礼拜)[一二三四五六日天])?\\s*(${parts})?\\s*` +
    `(\\d{1,2})(?:[:时点.](?:(\\d{1,2})(?:[:分.](?:(\\d{1,2})秒?(?:[.,:](\\d{1,9}))?)?)?)?)` +
    `\\s*(${parts})?\\s*(z|utc|gmt|cst|北京时间)?\\s*([+-]\\d{2}:?\\d{2})?(?:\\s*(?:\\(.*\\)|\\[.*\\]|cst|utc|gmt))?$`,
);

const yearFirst = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/;
const yearShort = /^(\d{2})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?/;
const weekday = /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)/;
const monthFirst = new RegExp(`^${monthForm}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:\\s*,)?\\s+(\\d{4})(?!\\d)`);
const dayThenMonth = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+${monthForm},?[\\s-]+(\\d{4})(?!\\d)`);
/** What Java's Date writes: Sat Jan 03 08:05:00 CST 2026. */
const javaForm = new RegExp(
  `^${monthForm}\\s+(\\d{1,2})\\s+(\\d{2}:\\d{2}:\\d{2})\\s+([a-z]{3})\\s+(\\d{4})$`,
);

/** Reads what sources, spreadsheets and people write, already made plain (half-width, trimmed); null for no time. */
export function readWrittenTime(plainText: string, order: DayOrder): WrittenTime | null {
  if (plainText.length > 80) return null;
  if (/^\d+(?:\.\d+)?$/.test(plainText)) return ofDigits(plainText);
  const text = plainText.toLowerCase().replace(weekday, "");
  const java = javaForm.exec(text);
  if (java !== null)
    return readWrittenTime(`${java[5]}-${monthNumber(java[1])}-${java[2]} ${java[3]} ${java[4]}`, order);
  return ofYearFirst(text) ?? ofMonthName(text) ?? ofYearLast(text, order) ?? ofShortYear(text, order);
}

function ofYearFirst(text: string): WrittenTime | null {
  const found = yearFirst.exec(text);
  if (found === null) return null;
  const form = found[0].includes("年") || /[日号]/.test(found[0]) ? "words" : "iso";
  return withClock(text.slice(found[0].length), dayOf(found[1], found[2], found[3]), form, false);
}

function ofMonthName(text: string): WrittenTime | null {
  const first = monthFirst.exec(text);
  if (first !== null)
    return withClock(
      text.slice(first[0].length),
      dayOf(first[3], monthNumber(first[1]), first[2]),
      "words",
      false,
    );
  const later = dayThenMonth.exec(text);
  if (later === null) return null;
  return withClock(
    text.slice(later[0].length),
    dayOf(later[3], monthNumber(later[2]), later[1]),
    "words",
    false,
  );
}

/** 1/3/2026: read by what is possible, else by what the column says, else as spreadsheets in English write it, and marked. */
function ofYearLast(text: string, { dayFirst }: DayOrder): WrittenTime | null {
  const found = yearLast.exec(text);
  if (found === null) return null;
  const [a, b] = [Number(found[1]), Number(found[3])];
  const open = a <= 12 && b <= 12 && a !== b;
  const isDayFirst = open ? (dayFirst ?? found[2] === ".") : a > 12;
  const day = isDayFirst ? dayOf(found[4], b, a) : dayOf(found[4], a, b);
  return withClock(text.slice(found[0].length), day, "slashed", open && dayFirst === undefined);
}

/** 26/1/3 is 3 January 2026, as spreadsheets in Chinese write it. */
function ofShortYear(text: string, { now }: DayOrder): WrittenTime | null {
  const found = yearShort.exec(text);
  if (found === null) return null;
  const near = 2000 + Number(found[1]);
  const year = near > new Date(now).getUTCFullYear() + 1 ? near - 100 : near;
  const ambiguous = found[2] !== "年" && Number(found[1]) <= 31;
  return withClock(text.slice(found[0].length), dayOf(year, found[3], found[4]), "short-year", ambiguous);
}

function withClock(
  rest: string,
  day: number | null,
  form: WrittenTime["form"],
  ambiguous: boolean,
): WrittenTime | null {
  if (day === null) return null;
  if (rest.trim() === "" || /^\s*(?:星期|周)[一二三四五六日天]$/.test(rest))
    return { wall: day, offsetMinutes: null, hasTime: false, form, ambiguous };
  const found = clock.exec(rest);
  const ms = found === null ? null : clockMs(found);
  if (found === null || ms === null) return null;
  const [, before, , , , , after, word, offset] = found;
  const minutes =
    offset === undefined ? (word === undefined ? null : (zoneWords[word] ?? null)) : minutesOf(offset);
  const isSpoken = before !== undefined || after !== undefined;
  return {
    wall: day + ms,
    offsetMinutes: minutes,
    hasTime: true,
    form: isSpoken ? "words" : form,
    ambiguous,
  };
}

function clockMs(found: RegExpExecArray): number | null {
  const part = found[1] ?? found[6] ?? "";
  const [minute, second] = [Number(found[3] ?? 0), Number(found[4] ?? 0)];
  let hour = Number(found[2]);
  if (afternoon.test(part) && hour < 12) hour += 12;
  else if (noon.test(part) && hour < 3) hour += 12;
  else if (morning.test(part) && hour === 12) hour = 0;
  const isMidnight = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !isMidnight) || minute > 59 || second > 59) return null;
  const fraction = found[5] === undefined ? 0 : Math.trunc(Number(`0.${found[5]}`) * 1000);
  return ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
}

const dayMs = 86_400_000;
/** Day 25569 of a spreadsheet is 1970-01-01; days from 1927 to 2173 have five digits beginning so. */
const spreadsheetEpoch = 25_569;
const lastMs = Date.UTC(2200, 0, 1) - 1;
const compactForm = /^((?:19|20|21)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:(\d{2})(\d{3})?)?)?$/;

/** Digits alone: 20260103080500, a spreadsheet's day number, seconds, milliseconds or microseconds since 1970. */
function ofDigits(text: string): WrittenTime | null {
  const compact = compactForm.exec(text);
  if (compact !== null) {
    const day = dayOf(compact[1], compact[2], compact[3]);
    const [hour, minute, second] = [
      Number(compact[4] ?? 0),
      Number(compact[5] ?? 0),
      Number(compact[6] ?? 0),
    ];
    const hasTime = compact[4] !== undefined;
    const ms = ((hour * 60 + minute) * 60 + second) * 1000 + Number(compact[7] ?? 0);
    if (day !== null && hour <= 23 && minute <= 59 && second <= 59)
      return { wall: day + ms, offsetMinutes: null, hasTime, form: "compact", ambiguous: false };
  }
  const value = Number(text);
  if (value >= 10_000 && value < 100_000) {
    const seconds = Math.round((value - spreadsheetEpoch) * 86_400);
    return {
      wall: seconds * 1000,
      offsetMinutes: null,
      hasTime: text.includes("."),
      form: "spreadsheet",
      ambiguous: false,
    };
  }
  const scale = value < 1e8 ? null : value < 1e11 ? 1000 : value < 1e14 ? 1 : value < 1e17 ? 1e-3 : null;
  if (scale === null || value * scale >= lastMs) return null;
  return {
    wall: Math.round(value * scale),
    offsetMinutes: 0,
    hasTime: true,
    form: "epoch",
    ambiguous: false,
  };
}

/** The day's midnight as if in UTC; 30 February is none. */
function dayOf(year: unknown, month: unknown, day: unknown): number | null {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (y < 1800 || y > 2200 || m < 1 || m > 12 || d < 1) return null;
  const at = Date.UTC(y, m - 1, d);
  return new Date(at).getUTCDate() === d && at % dayMs === 0 ? at : null;
}

const monthNumber = (name: string | undefined): number => months.indexOf((name ?? "").slice(0, 3)) + 1;

function minutesOf(offset: string): number {
  const digits = offset.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3));
  return digits[0] === "-" ? -minutes : minutes;
}
