import { z } from "zod";
import { CalendarDate, Instant, Words } from "./common.ts";
import { Dimension } from "./quality.ts";

/** A month in the form YYYY-MM. */
export const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);
export const CardRow = z.object({
  source: z.string(),
  name: z.string(),
  events: z.number(),
  /** 0–100 each; null: nothing arrived, or nothing of that kind is known. */
  total: z.number().nullable(),
  dimensions: z.record(Dimension, z.number().nullable()),
  /** Against the month before. */
  change: z.number().nullable(),
  alerts: z.number(),
  /** Minutes with an open alert. */
  alertMinutes: z.number(),
});
export const ScoreCard = z.object({
  month: Month,
  from: CalendarDate,
  to: CalendarDate,
  /** False while the month is not over. */
  complete: z.boolean(),
  total: z.number().nullable(),
  dimensions: z.record(Dimension, z.number().nullable()),
  change: z.number().nullable(),
  sources: z.array(CardRow),
  /** Total per month, this one last. */
  trend: z.array(z.object({ month: Month, total: z.number().nullable() })),
  worstFields: z.array(
    z.object({
      source: z.string(),
      sourceName: z.string(),
      event: z.string(),
      field: z.string(),
      indicator: z.string(),
      name: Words,
      value: z.number(),
      of: z.number(),
    }),
  ),
  alerts: z.array(
    z.object({
      id: z.string(),
      title: Words,
      sourceName: z.string(),
      since: Instant,
      resolvedAt: Instant.nullable(),
      minutes: z.number(),
    }),
  ),
  /** What people did: acknowledged, snoozed, changed thresholds. */
  done: z.array(
    z.object({ at: Instant, by: z.string().nullable(), what: Words, note: z.string().nullable() }),
  ),
});
export type ScoreCard = z.infer<typeof ScoreCard>;
