import { z } from "zod";
import { Instant, Words } from "./common.ts";

/** By what data that was bought is judged. */
export const supplierDimensions = [
  "completeness",
  "accuracy",
  "consistency",
  "timeliness",
  "uniqueness",
  "lawfulness",
  "coverage",
  "price",
] as const;
export const SupplierDimension = z.enum(supplierDimensions);
/** What people state of a supplier; the rest is measured from what its source brought. */
export const SupplierStatement = z.object({
  supplier: z.string().trim().min(1).max(120),
  /** Answers on the lawfulness of origin: each true, false or not yet known (null). */
  lawfulness: z.object({
    contract: z.boolean().nullable(),
    originStated: z.boolean().nullable(),
    consentProven: z.boolean().nullable(),
    purposeFits: z.boolean().nullable(),
    minorsGuarded: z.boolean().nullable(),
    audited: z.boolean().nullable(),
  }),
  paidFen: z.number().int().min(0).nullable(),
  /** The price per usable record, in fen, that earns half the points. */
  fairPriceFen: z.number().positive().default(100),
  note: z.string().max(1000).default(""),
});
export type SupplierStatement = z.infer<typeof SupplierStatement>;
export const SupplierSheet = z.object({
  source: z.string(),
  sourceName: z.string(),
  statement: SupplierStatement.nullable(),
  statedBy: z.string().nullable(),
  statedAt: Instant.nullable(),
  records: z.number(),
  usable: z.number(),
  /** Families that other sources know too. */
  overlap: z.number().nullable(),
  pricePerUsableFen: z.number().nullable(),
  /** 0–100 each, with what it rests on; null: nothing measured or stated. */
  scores: z.array(
    z.object({
      dimension: SupplierDimension,
      name: Words,
      score: z.number().nullable(),
      from: z.enum(["measured", "stated"]),
      basis: Words,
    }),
  ),
  total: z.number().nullable(),
});
export type SupplierSheet = z.infer<typeof SupplierSheet>;
