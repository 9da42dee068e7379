import type { IndicatorUnit } from "@stork/contract/quality.ts";
import type { Formats } from "../ui/format.ts";

/** A figure as its unit is read: 3.2 %, 1,204, ×0.4, 12 min. */
export function figureText(value: number | null, unit: IndicatorUnit, formats: Formats): string {
  if (value === null) return "—";
  if (unit === "share") return formats.percent(value, value !== 0 && Math.abs(value) < 0.01 ? 2 : 1);
  if (unit === "level") return `×${value.toFixed(value < 10 ? 2 : 0)}`;
  if (unit === "minutes") return minutesText(value, formats);
  return formats.number(value);
}

export function minutesText(minutes: number, formats: Formats): string {
  const zh = formats.language === "zh-CN";
  if (minutes < 120) return zh ? `${Math.round(minutes)} 分钟` : `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  if (hours < 48) return zh ? `${hours.toFixed(1)} 小时` : `${hours.toFixed(1)} h`;
  return zh ? `${Math.round(hours / 24)} 天` : `${Math.round(hours / 24)} d`;
}

/** What is usual, as a span: the learned bounds, or the side that has one. */
export function usualText(
  { low, high }: { low: number | null; high: number | null },
  unit: IndicatorUnit,
  formats: Formats,
): string {
  const text = (value: number) => figureText(value, unit, formats);
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
