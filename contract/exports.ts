import { z } from "zod";
import { Instant } from "./common.ts";
import { Purpose } from "./privacy.ts";

/**
 * A list of people taken out of Stork. With masked values it is ready at once; with whole ones a second person lets it
 * out first. It is written anew each time it is taken, so that whoever may not be in it any more is not.
 */
export const ExportState = z.enum(["waiting", "ready", "refused", "expired"]);
export type ExportState = z.infer<typeof ExportState>;

export const ExportPurpose = Purpose.extract(["marketing", "sharing", "research", "service", "abroad"]);
export type ExportPurpose = z.infer<typeof ExportPurpose>;

/** person | name | stage | identifier:NAMESPACE | trait:KEY */
export const ExportColumn = z.string().regex(/^(?:person|name|stage|(?:identifier|trait):[^\s].{0,119})$/u);

export const NewExport = z.object({
  segment: z.string(),
  columns: z.array(ExportColumn).min(1).max(40),
  values: z.enum(["masked", "whole"]),
  purpose: ExportPurpose,
  /** For whom and what for, in a sentence; kept with the export. */
  why: z.string().trim().min(4).max(400),
});
export type NewExport = z.infer<typeof NewExport>;

export const Taken = z.object({
  by: z.string(),
  at: Instant,
  rows: z.number(),
  /** How many members were left out, by reason. */
  left: z.record(z.string(), z.number()),
  /** Cut off: somebody closed it, or the server stopped. */
  complete: z.boolean(),
});

export const Export = NewExport.extend({
  id: z.string(),
  segmentName: z.string(),
  state: ExportState,
  askedBy: z.string(),
  askedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  /** What the second person said. */
  note: z.string().nullable(),
  /** After this it has to be asked for again. */
  expiresAt: Instant,
  taken: z.array(Taken),
  /** Whether the caller asked for it: then another has to decide. */
  mine: z.boolean(),
});
export type Export = z.infer<typeof Export>;
export const Exports = z.object({ items: z.array(Export), next: z.string().nullable(), waiting: z.number() });
export type Exports = z.infer<typeof Exports>;

export const DecideExport = z.object({ note: z.string().trim().max(400).optional() });
