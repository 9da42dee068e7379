import { z } from "zod";

/** RFC 9457 problem+json, as every refusal of the API is answered. `code` is stable; `title` is in the caller's language. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/);
/** A calendar date, YYYY-MM-DD. */
export const CalendarDate = z.iso.date();
/** An instant, ISO 8601 with zone. */
export const Instant = z.iso.datetime({ offset: true });
export const Language = z.enum(["zh-CN", "en"]);
export type Language = z.infer<typeof Language>;

/** Text in both languages. */
export const Words = z.object({ zh: z.string(), en: z.string() });
export type Words = z.infer<typeof Words>;

/** Why a schema's own rule turns something down: the second argument of `refine`. The server says it in the caller's language. */
export const because = (zh: string, en: string) => ({ params: { words: { zh, en } satisfies Words } });

/** A page of a list: `next` is passed back as `after`; null when there is no more. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** An inclusive range of calendar dates in the workspace's time zone. */
export const DateRange = z.object({ from: CalendarDate, to: CalendarDate });
export type DateRange = z.infer<typeof DateRange>;
