import type { Language, Words } from "@stork/contract/common.ts";

/** Numbers, money and dates as a reader of the language expects them: 1.2万 and 12k, ¥1,234.56. */
export interface Formats {
  language: Language;
  timeZone: string;
  number(value: number): string;
  compact(value: number): string;
  money(fen: number): string;
  moneyCompact(fen: number): string;
  percent(share: number, digits?: number): string;
  /** +3.4 % or −1.2 %. */
  change(share: number): string;
  date(day: string): string;
  shortDate(day: string): string;
  instant(at: string): string;
  time(at: string): string;
  dayOf(at: string): string;
  /** 3 分钟前 / 3 minutes ago. */
  ago(at: string, now: number): string;
  /** 5 个月 12 天 / 5 mo 12 d; negative days are counted to the due date. */
  age(days: number): string;
  /** 8 秒, 4 分钟, 3 小时, 97 天 / 8 s, 4 min, 3 h, 97 d: the unit that keeps the number small. */
  duration(seconds: number): string;
  bytes(size: number): string;
  say(words: Words): string;
}

const minute = 60_000;
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 24 * 60 * minute],
  ["month", 30 * 24 * 60 * minute],
  ["day", 24 * 60 * minute],
  ["hour", 60 * minute],
  ["minute", minute],
];

export function formats(language: Language, timeZone: string): Formats {
  const zh = language === "zh-CN";
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
  const yuan = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const day = new Intl.DateTimeFormat(language, {
    timeZone: "UTC",
    year: "numeric",
    month: "short",
    day: "numeric",
  });
  const shortDay = new Intl.DateTimeFormat(language, {
    timeZone: "UTC",
    month: zh ? "numeric" : "short",
    day: "numeric",
  });
  const zoned = { timeZone, hourCycle: "h23" } as const;
  const full = new Intl.DateTimeFormat(language, {
    ...zoned,
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  const clock = new Intl.DateTimeFormat(language, {
    ...zoned,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const isoDay = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const since = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const compact = (value: number) =>
    Math.abs(value) < 10_000 ? whole.format(value) : short.format(value).replace("K", "k");
  const percent = (share: number, digits = 1) =>
    new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: digits }).format(share);
  return {
    language,
    timeZone,
    number: (value) => whole.format(value),
    compact,
    money: (fen) => `${fen < 0 ? "−" : ""}¥${yuan.format(Math.abs(fen) / 100)}`,
    moneyCompact: (fen) => `${fen < 0 ? "−" : ""}¥${compact(Math.abs(fen) / 100)}`,
    percent,
    change: (share) => `${share > 0 ? "+" : share < 0 ? "−" : ""}${percent(Math.abs(share))}`,
    date: (on) => day.format(new Date(`${on}T00:00:00Z`)),
    shortDate: (on) => shortDay.format(new Date(`${on}T00:00:00Z`)),
    instant: (at) => full.format(new Date(at)),
    time: (at) => clock.format(new Date(at)),
    dayOf: (at) => isoDay.format(new Date(at)),
    ago: (at, now) => ago(since, Date.parse(at) - now, zh),
    age: (days) => age(days, zh),
    duration: (seconds) => duration(seconds, zh),
    bytes,
    say: (words) => (zh ? words.zh : words.en),
  };
}

function ago(since: Intl.RelativeTimeFormat, difference: number, zh: boolean): string {
  const step = steps.find(([, ms]) => Math.abs(difference) >= ms);
  if (step === undefined) return zh ? "刚刚" : "just now";
  return since.format(Math.round(difference / step[1]), step[0]);
}

const units = [
  { seconds: 86_400, zh: "天", en: "d" },
  { seconds: 3_600, zh: "小时", en: "h" },
  { seconds: 60, zh: "分钟", en: "min" },
] as const;

function duration(seconds: number, zh: boolean): string {
  const unit = units.find((one) => seconds >= 2 * one.seconds) ?? { seconds: 1, zh: "秒", en: "s" };
  return `${Math.round(seconds / unit.seconds)} ${zh ? unit.zh : unit.en}`;
}

function age(days: number, zh: boolean): string {
  if (days < 0) return zh ? `还有 ${-days} 天` : `in ${-days} days`;
  const years = Math.floor(days / 365.25);
  const months = Math.floor((days - years * 365.25) / 30.4375);
  if (years >= 2)
    return zh
      ? `${years} 岁${months > 0 ? ` ${months} 个月` : ""}`
      : `${years} y${months > 0 ? ` ${months} mo` : ""}`;
  const allMonths = Math.floor(days / 30.4375);
  const rest = Math.floor(days - allMonths * 30.4375);
  if (allMonths === 0) return zh ? `${days} 天` : `${days} d`;
  return zh
    ? `${allMonths} 个月${rest > 0 ? ` ${rest} 天` : ""}`
    : `${allMonths} mo${rest > 0 ? ` ${rest} d` : ""}`;
}

function bytes(size: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(size, 1)) / 3));
  const value = size / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
