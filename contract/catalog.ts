import { z } from "zod";

/** The life stages a child (or an expected child) passes through, in order. */
export const stages = [
  "trying",
  "pregnancy-1",
  "pregnancy-2",
  "pregnancy-3",
  "0-1",
  "1-3",
  "3-6",
  "6-12",
  "12-24",
  "24-36",
  "36-72",
] as const;
export const Stage = z.enum(stages);
export type Stage = z.infer<typeof Stage>;

/** The six product categories. Codes are ours; a source's own category codes stay as they came. */
export const categories = ["formula", "diapers", "clothing", "toys", "maternity", "food"] as const;
export const Category = z.enum(categories);
export type Category = z.infer<typeof Category>;
