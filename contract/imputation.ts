import { z } from "zod";
import { Instant, Words } from "./common.ts";

/** How gaps are filled. `multiple`: chained equations with predictive mean matching, pooled by Rubin's rules. */
export const ImputationMethod = z.enum(["mean", "median", "most-frequent", "multiple"]);
export type ImputationMethod = z.infer<typeof ImputationMethod>;

/** The gaps of one property of an event, over its newest rows. Facts are never changed: the answer is all there is. */
export const ImputationQuestion = z.object({
  /** The property's entry in the dictionary: property:Order Completed/total. */
  entry: z.string().min(3).max(400),
  method: ImputationMethod,
  /** For `multiple`: other properties of the same event, numbers, that the value is learned from. */
  predictors: z.array(z.string().min(1).max(200)).max(10).default([]),
  draws: z.number().int().min(2).max(100).default(20),
  /** The same seed gives the same numbers. */
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  /** How many of the filled rows are shown. */
  limit: z.number().int().min(0).max(20_000).default(50),
});
export type ImputationQuestion = z.infer<typeof ImputationQuestion>;

export const ImputedRow = z.object({
  at: Instant,
  /** The property and its predictors, with what was filled in. */
  values: z.record(z.string(), z.unknown()),
  /** Which of these values nobody said. */
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
