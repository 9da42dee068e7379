import { z } from "zod";
import { Instant, Words } from "./common.ts";
import { RecordKindId } from "./records.ts";

/** What a column may be read as. */
export const Target = z.object({
  id: z.string(),
  label: Words,
  required: z.boolean(),
  personal: z.boolean(),
  /** The cleaning rule that reads it; null: kept as it is. */
  rule: z.string().nullable(),
});
export type Target = z.infer<typeof Target>;

export const PresetReport = z.object({
  id: z.string(),
  label: Words,
  /** The kind of record its rows become. */
  record: RecordKindId.nullable(),
  targets: z.array(Target),
});
export const Preset = z.object({
  id: z.string(),
  name: Words,
  description: Words,
  /** Whose format it is: tmall, jd, … */
  platform: z.string(),
  reports: z.array(PresetReport),
});
export type Preset = z.infer<typeof Preset>;

/** What a column is taken for, how surely (0 to 1), and why. */
export const MappingSuggestion = z.object({
  column: z.string(),
  target: z.string().nullable(),
  confidence: z.number(),
  reason: Words,
  /** Other targets it could be, the likeliest first. */
  others: z.array(z.object({ target: z.string(), confidence: z.number(), reason: Words })),
});
export type MappingSuggestion = z.infer<typeof MappingSuggestion>;

export const SuggestMapping = z.object({
  columns: z.array(z.string().max(300)).min(1).max(500),
  /** The first rows, cell by cell; up to 200 are looked at. They are not kept. */
  rows: z
    .array(z.array(z.string().max(2000)).max(500))
    .max(200)
    .default([]),
  /** Suggest for this kind only; otherwise the kind that fits best is found. */
  record: RecordKindId.optional(),
});
export const SuggestedMapping = z.object({
  record: RecordKindId,
  /** How well the kind fits, 0 to 1. */
  confidence: z.number(),
  /** A mapping saved earlier for this very header. */
  saved: z.string().nullable(),
  targets: z.array(Target),
  columns: z.array(MappingSuggestion),
  missing: z.array(z.object({ id: z.string(), label: Words })),
  /** Presets whose headers these are, the best first. */
  presets: z.array(z.object({ id: z.string(), report: z.string(), score: z.number() })),
});
export type SuggestedMapping = z.infer<typeof SuggestedMapping>;

export const NewMapping = z.object({
  name: z.string().trim().min(1).max(80),
  record: RecordKindId,
  columns: z
    .array(z.object({ column: z.string().max(300), target: z.string().max(60).nullable() }))
    .min(1)
    .max(500),
});
export const SavedMapping = NewMapping.extend({
  id: z.string(),
  createdAt: Instant,
  usedAt: Instant.nullable(),
});
export type SavedMapping = z.infer<typeof SavedMapping>;
