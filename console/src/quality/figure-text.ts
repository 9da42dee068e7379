import type { IndicatorUnit } from "@stork/contract/quality.ts";
import type { Formats } from "../ui/format.ts";

const mostDigits = 4;

/** A figure as its unit is read: 3.2 %, 1,204, ×0.4, 12 min; with so many digits that it can be told from these. */
export function figureText(
  value: number | null,
  unit: IndicatorUnit,
  formats: Formats,
  against: readonly (number | null)[] = [],
): string {
  if (value === null) return "—";
  if (unit === "share") return shareText(value, formats, against);
  if (unit === "level") return `×${value.toFixed(value < 10 ? 2 : 0)}`;
  if (unit === "minutes") return minutesText(value, formats);
  return formats.number(value);
}

function shareText(share: number, formats: Formats, against: readonly (number | null)[]): string {
  const others = against.filter((one): one is number => one !== null && one !== share);
  const isAlike = (digits: number): boolean =>
    others.some((one) => formats.percent(one, digits) === formats.percent(share, digits));
  let digits = share !== 0 && Math.abs(share) < 0.01 ? 2 : 1;
  while (digits < mostDigits && isAlike(digits)) digits += 1;
  return formats.percent(share, digits);
}

export function minutesText(minutes: number, formats: Formats): string {
  const zh = formats.language === "zh-CN";
  if (minutes < 120) return zh ? `${Math.round(minutes)} 分钟` : `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  if (hours < 48) return zh ? `${hours.toFixed(1)} 小时` : `${hours.toFixed(1)} h`;
  return zh ? `${Math.round(hours / 24)} 天` : `${Math.round(hours / 24)} d`;
}

/** What is usual, as a span: the learned bounds, or the side that has one; `value` is what is held against them. */
export function usualText(
  { low, high }: { low: number | null; high: number | null },
  unit: IndicatorUnit,
  formats: Formats,
  value: number | null = null,
): string {
  const text = (bound: number) => figureText(bound, unit, formats, [value]);
  if (low !== null && high !== null) return `${text(low)} – ${text(high)}`;
  if (low !== null) return `≥ ${text(low)}`;
  if (high !== null) return `≤ ${text(high)}`;
  return "—";
}

/** 90 and more is well, 75 and more wants a look, less is bad: the colours of a score. */
export function scoreTone(score: number | null): "good" | "warn" | "bad" | "none" {
  if (score === null) return "none";
  return score >= 90 ? "good" : score >= 75 ? "warn" : "bad";
}
