import { z } from "zod";
import { Instant, pageOf, Words } from "./common.ts";

/** A look at values without their masks. */
export const LoggedLook = z.object({
  id: z.string(),
  who: z.string(),
  at: Instant,
  /** What was looked at: a page, a copy, an export, a refused row, an original file. */
  what: Words,
  /** Whom it was about, as she is known today, masked; null: of many at once, or of nobody known any more. */
  person: z.object({ id: z.string(), name: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  /** How many persons were looked at; null where it is of a file and nobody counted. */
  persons: z.int().nullable(),
});
export type LoggedLook = z.infer<typeof LoggedLook>;
export const LoggedLooks = pageOf(LoggedLook);
export type LoggedLooks = z.infer<typeof LoggedLooks>;
