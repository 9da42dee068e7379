import type { Stage } from "@stork/contract/catalog.ts";
import type { Words } from "@stork/contract/common.ts";
import { addDays, addMonths, dayNumber, daysBetween } from "./calendar.ts";

/** A child by its dates: born, or expected. With both, the birthday decides. */
export interface ChildDates {
  readonly bornOn?: string | null | undefined;
  readonly dueOn?: string | null | undefined;
  /** Days of pregnancy at birth, where stated. */
  readonly gestationDays?: number | null | undefined;
  /** The day it came into the family: before that it has no stage here. */
  readonly adoptedOn?: string | null | undefined;
}

/**
 * Pregnancy is counted from the last period, 280 days before the due date: weeks 0–13, 14–27, 28 and later.
 * A birth that nobody reported is waited for 42 days after the due date; then nothing is claimed.
 */
export const pregnancyDays = 280;
export const overdueDays = 42;
export const trimesters = [
  { stage: "pregnancy-1", fromDay: 0 },
  { stage: "pregnancy-2", fromDay: 98 },
  { stage: "pregnancy-3", fromDay: 196 },
] as const satisfies readonly { stage: Stage; fromDay: number }[];

/** After birth, by calendar months: a stage holds from its first day to the day before the next one's. */
export const childStages = [
  { stage: "0-1", fromMonth: 0 },
  { stage: "1-3", fromMonth: 1 },
  { stage: "3-6", fromMonth: 3 },
  { stage: "6-12", fromMonth: 6 },
  { stage: "12-24", fromMonth: 12 },
  { stage: "24-36", fromMonth: 24 },
  { stage: "36-72", fromMonth: 36 },
] as const satisfies readonly { stage: Stage; fromMonth: number }[];
export const lastMonth = 72;

export const stageNames: Record<Stage, Words> = {
  trying: { zh: "备孕", en: "Trying" },
  "pregnancy-1": { zh: "孕早期", en: "First trimester" },
  "pregnancy-2": { zh: "孕中期", en: "Second trimester" },
  "pregnancy-3": { zh: "孕晚期", en: "Third trimester" },
  "0-1": { zh: "0–1 月龄", en: "0–1 months" },
  "1-3": { zh: "1–3 月龄", en: "1–3 months" },
  "3-6": { zh: "3–6 月龄", en: "3–6 months" },
  "6-12": { zh: "6–12 月龄", en: "6–12 months" },
  "12-24": { zh: "1–2 岁", en: "12–24 months" },
  "24-36": { zh: "2–3 岁", en: "24–36 months" },
  "36-72": { zh: "3–6 岁", en: "3–6 years" },
};

/** Born before 37 weeks counts as early; ages are then reckoned from the due date (40 weeks) until 24 months. */
export const termDays = 259;
export const correctedUntilMonth = 24;

export const earlyDays = ({ bornOn, gestationDays }: ChildDates): number =>
  isKnown(bornOn) && isKnown(gestationDays) && gestationDays < termDays ? pregnancyDays - gestationDays : 0;

/**
 * Where a child is on a date. Dates before a birthday count back from it as from a due date, so that a past date can
 * be asked about. null: before the pregnancy, past 72 months, long overdue, not yet adopted, or no usable date.
 */
export function stageOn(child: ChildDates, on: string): Stage | null {
  let current: Stage | null = null;
  for (const { stage, from } of stageBounds(child)) {
    if (from > on) break;
    current = stage;
  }
  return current;
}

/** The next stage after a date and its first day; null when there is none, or only the end of the last. */
export function nextStage(child: ChildDates, on: string): { stage: Stage; on: string } | null {
  for (const { stage, from } of stageBounds(child)) {
    if (from > on) return stage === null ? null : { stage, on: from };
  }
  return null;
}

/** Age in days; negative before the birth (or the due date). null without a usable date. Never corrected. */
export function ageDays(child: ChildDates, on: string): number | null {
  const anchor = anchorOf(child);
  return anchor === null || dayNumber(on) === null ? null : daysBetween(anchor, on);
}

/** Each stage with its first day, in order; the closing null says from when nothing holds. */
export function stageBounds(child: ChildDates): { stage: Stage | null; from: string }[] {
  const anchor = anchorOf(child);
  if (anchor === null) return [];
  const due = addDays(anchor, earlyDays(child));
  const before = trimesters.map(({ stage, fromDay }) => ({
    stage,
    from: addDays(due, fromDay - pregnancyDays),
  }));
  if (!isKnown(child.bornOn)) {
    return isKnown(child.adoptedOn)
      ? []
      : [...before, { stage: null, from: addDays(anchor, overdueDays + 1) }];
  }
  const after = childStages.map(({ stage, fromMonth }) => ({ stage, from: monthOn(child, fromMonth) }));
  const all = [
    ...before.filter(({ from }) => from < anchor),
    ...after,
    { stage: null, from: monthOn(child, lastMonth) },
  ];
  return isKnown(child.adoptedOn) ? since(child.adoptedOn, all.slice(-after.length - 1)) : all;
}

/** The day a born child completes so many months, corrected for an early birth while that is done. */
function monthOn(child: ChildDates, month: number): string {
  const born = child.bornOn as string;
  const corrected = month > 0 && month < correctedUntilMonth;
  return addMonths(corrected ? addDays(born, earlyDays(child)) : born, month);
}

function since(day: string, all: { stage: Stage | null; from: string }[]): typeof all {
  const started = all.filter(({ from }) => from <= day).at(-1);
  const later = all.filter(({ from }) => from > day);
  return started === undefined ? later : [{ ...started, from: day }, ...later];
}

function anchorOf(child: ChildDates): string | null {
  const anchor = child.bornOn ?? child.dueOn ?? null;
  return anchor === null || dayNumber(anchor) === null ? null : anchor;
}

const isKnown = <Value>(value: Value | null | undefined): value is Value =>
  value !== null && value !== undefined;
