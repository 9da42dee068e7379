import { z } from "zod";
import { Instant, Words } from "./common.ts";

/** How gaps are filled. `multiple`: chained equations with predictive mean matching, pooled by Rubin's rules. */
export const ImputationMethod = z.enum(["mean", "median", "most-frequent", "multiple"]);
export type ImputationMethod = z.infer<typeof ImputationMethod>;

/**
 * The gaps of one field, over the newest rows that could have it. Facts are never changed: the answer is all there is.
 */
export const ImputationQuestion = z.object({
  /** property:Order Completed/total, trait:points, or a field of a kind of record: record:product/costFen. */
  entry: z.string().min(3).max(400),
  method: ImputationMethod,
  /** For `multiple`: other fields of the same rows, numbers, that the value is learned from. */
  predictors: z.array(z.string().min(1).max(200)).max(10).default([]),
  draws: z.number().int().min(2).max(100).default(20),
  /** The same seed gives the same numbers. */
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  /** How many rows are shown. */
  limit: z.number().int().min(0).max(20_001).default(50),
  /** Show the rows without a gap too: the whole set, completed. */
  whole: z.boolean().default(false),
});
export type ImputationQuestion = z.infer<typeof ImputationQuestion>;

export const ImputedRow = z.object({
  at: Instant,
  /** The field and its predictors, with what was filled in. */
  values: z.record(z.string(), z.unknown()),
  /** Which of these values nobody said; none in a row that had no gap. */
  imputed: z.array(z.string()),
  /** For `multiple`: the standard deviation over the draws. */
  spread: z.number().nullable(),
});
export type ImputedRow = z.infer<typeof ImputedRow>;

export const ImputationAnswer = z.object({
  field: z.string(),
  method: ImputationMethod,
  /** Rows looked at, the newest, and whether there are more. */
  rows: z.number(),
  isAll: z.boolean(),
  missing: z.number(),
  /** Why the gaps were left as they are. */
  declined: z.object({ code: z.string(), text: Words }).nullable(),
  /** For `multiple`: the mean over all rows, with its 95 % interval. */
  mean: z.object({ estimate: z.number(), low: z.number(), high: z.number() }).nullable(),
  filled: z.array(ImputedRow),
});
export type ImputationAnswer = z.infer<typeof ImputationAnswer>;

/** Rows that have the same fields: those of an event, what is said of persons, a kind of record. */
export const RowSet = z.object({
  /** `event:Order Completed`, `traits`, `record:product`. */
  id: z.string(),
  label: Words,
});
export type RowSet = z.infer<typeof RowSet>;

/** Where there are gaps: the fields of one set of rows, and how many of its newest rows lack each. */
export const Gaps = z.object({
  sets: z.array(RowSet),
  of: z.string().nullable(),
  rows: z.number(),
  isAll: z.boolean(),
  fields: z.array(
    z.object({
      entry: z.string(),
      name: z.string(),
      label: Words.nullable(),
      missing: z.number(),
      /** All that is known of it are numbers. */
      isNumber: z.boolean(),
    }),
  ),
});
export type Gaps = z.infer<typeof Gaps>;
