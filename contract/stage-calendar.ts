import { z } from "zod";
import { CalendarDate, Instant, Words } from "./common.ts";

/** What an entry of the stage calendar is about. */
export const moments = [
  "prenatal",
  "vaccination",
  "checkup",
  "feeding",
  "formula",
  "diapers",
  "clothing",
  "shoes",
  "own",
] as const;
export const Moment = z.enum(moments);
export type Moment = z.infer<typeof Moment>;

/** A point of a child's time: weeks of pregnancy (280 days before the due date on), or days or months after birth. */
export const AgePoint = z.object({
  unit: z.enum(["week", "day", "month"]),
  at: z.number().min(0).max(2500),
});
export type AgePoint = z.infer<typeof AgePoint>;

export const CalendarEntry = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  kind: Moment,
  name: Words,
  from: AgePoint,
  /** Until when it holds or is due; null: a single moment, or until the next of its kind. */
  until: AgePoint.nullable().default(null),
  /** Where girls and boys differ by growth; an entry without knows no difference. */
  girl: AgePoint.optional(),
  boy: AgePoint.optional(),
  /** `corrected`: of a child born early it is reckoned from the due date until 24 months. */
  age: z.enum(["actual", "corrected"]),
  note: Words.nullable().default(null),
  /** The document or standard that it follows. */
  source: Words,
});
export type CalendarEntry = z.infer<typeof CalendarEntry>;

/** An entry as this workspace has it: the standard one, changed, its own, or taken away. */
export const KeptEntry = CalendarEntry.extend({
  origin: z.enum(["standard", "changed", "own", "removed"]),
  /** What the standard says, where it was changed. */
  standard: CalendarEntry.optional(),
  by: z.string().nullable(),
  at: Instant.nullable(),
});
export type KeptEntry = z.infer<typeof KeptEntry>;

export const StageCalendar = z.object({ version: z.number(), items: z.array(KeptEntry) });
export type StageCalendar = z.infer<typeof StageCalendar>;

/**
 * What the workspace wants different from the standard, as a whole: entries changed (a standard id) or its own (any
 * other), and standard entries taken away. Whatever is left out is restored.
 */
export const SetStageCalendar = z.object({
  /** The version this was made from; another one in the meantime refuses it. */
  version: z.number(),
  changed: z.array(CalendarEntry).max(300),
  removed: z.array(z.string().max(60)).max(300),
});
export type SetStageCalendar = z.infer<typeof SetStageCalendar>;

/** What comes for one child on one day. */
export const ComingEntry = z.object({
  child: z.string(),
  entry: CalendarEntry,
  on: CalendarDate,
  until: CalendarDate.nullable(),
  state: z.enum(["now", "coming", "past"]),
  /** Of an inferred child, or of one only expected, the day is a guess. */
  sure: z.boolean(),
});
export type ComingEntry = z.infer<typeof ComingEntry>;
export const FamilyCalendar = z.object({ on: CalendarDate, items: z.array(ComingEntry) });
export type FamilyCalendar = z.infer<typeof FamilyCalendar>;
