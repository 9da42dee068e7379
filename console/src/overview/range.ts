import type { DateRange } from "@stork/contract/common.ts";

/** Calendar days as text, counted in UTC so that no clock change can move them. */
export const addDays = (on: string, days: number): string =>
  new Date(Date.parse(`${on}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export const presets = ["7d", "30d", "90d", "month", "year", "365d"] as const;
export type Preset = (typeof presets)[number];
export const comparisons = ["previous", "year", "none"] as const;
export type Comparison = (typeof comparisons)[number];

export function presetRange(preset: Preset, today: string): DateRange {
  const days = { "7d": 7, "30d": 30, "90d": 90, "365d": 365 } as const;
  if (preset === "month") return { from: `${today.slice(0, 7)}-01`, to: today };
  if (preset === "year") return { from: `${today.slice(0, 4)}-01-01`, to: today };
  return { from: addDays(today, 1 - days[preset]), to: today };
}

/** What a range is set against: the same number of days just before, or the same days a year ago. */
export function comparedRange(range: DateRange, comparison: Comparison): DateRange | null {
  if (comparison === "none") return null;
  if (comparison === "year") return { from: yearBefore(range.from), to: yearBefore(range.to) };
  const days = daysBetween(range.from, range.to) + 1;
  return { from: addDays(range.from, -days), to: addDays(range.from, -1) };
}

function yearBefore(on: string): string {
  const year = Number(on.slice(0, 4)) - 1;
  // 29 February has no day a year ago; the day before it has.
  return on.slice(5) === "02-29" ? `${year}-02-28` : `${year}${on.slice(4)}`;
}

/** The range that an address names, or null where it says nothing sensible. */
export function readRange(
  get: (name: string) => string | null,
  today: string,
): { range: DateRange; preset: Preset | null; comparison: Comparison } {
  const [from, to] = [get("from"), get("to")];
  const comparison = comparisons.find((one) => one === get("compare")) ?? "previous";
  const isDay = (text: string | null): text is string =>
    text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isDay(from) && isDay(to) && from <= to) return { range: { from, to }, preset: null, comparison };
  const preset = presets.find((one) => one === get("range")) ?? "30d";
  return { range: presetRange(preset, today), preset, comparison };
}
