import { z } from "zod";
import { Instant, pageOf, Words } from "./common.ts";

/** What was refused: a row of a file, an event sent live, a record sent by the API, a device's message. */
export const QuarantineKind = z.enum(["row", "event", "record", "device"]);
export type QuarantineKind = z.infer<typeof QuarantineKind>;
/** open: waits for somebody. replayed: put right and taken. dropped: given up, by whom and why. */
export const QuarantineState = z.enum(["open", "replayed", "dropped"]);
export type QuarantineState = z.infer<typeof QuarantineState>;

/** One refused item, as a line of the list. Values are masked unless the caller may see people (people:reveal). */
export const QuarantineItem = z.object({
  id: z.string(),
  kind: QuarantineKind,
  state: QuarantineState,
  code: z.string(),
  /** Why it was refused. */
  reason: Words,
  source: z.object({ id: z.string(), name: z.string() }),
  /** Of a row: its import, file and line. */
  import: z.string().nullable(),
  file: z.string().nullable(),
  line: z.number().nullable(),
  at: Instant,
  /** Who replayed or dropped it, when, and what they noted. `by` is a name, or "stork" when the limit was reached. */
  by: z.string().nullable(),
  endedAt: Instant.nullable(),
  note: z.string().nullable(),
  /** How many items this line stands for: more than 1 where items beyond the limit were given up together. */
  items: z.number(),
  /** The first few values, for the eye. */
  glance: z.string(),
});
export type QuarantineItem = z.infer<typeof QuarantineItem>;
/** `total` counts what the filter finds, in 100 000 lines at most. */
export const QuarantinePage = pageOf(QuarantineItem).extend({ total: z.number() });
export type QuarantinePage = z.infer<typeof QuarantinePage>;

/** GET …/quarantine?… : filters of the list, of bulk actions and of the summary alike. */
export const QuarantineFilter = z.object({
  state: QuarantineState.optional(),
  kind: QuarantineKind.optional(),
  source: z.string().optional(),
  import: z.string().optional(),
  code: z.string().optional(),
});
export type QuarantineFilter = z.infer<typeof QuarantineFilter>;

/** GET …/quarantine/summary: how many items wait or ended, by source and reason; the largest first. */
export const QuarantineSummary = z.object({
  open: z.number(),
  groups: z.array(
    z.object({
      source: z.object({ id: z.string(), name: z.string() }),
      import: z.string().nullable(),
      kind: QuarantineKind,
      code: z.string(),
      reason: Words,
      open: z.number(),
      replayed: z.number(),
      dropped: z.number(),
      lastAt: Instant,
    }),
  ),
});
export type QuarantineSummary = z.infer<typeof QuarantineSummary>;

/**
 * GET …/quarantine/{id}: the item to look at and to edit. A row has its cells by column; anything else its JSON, by path.
 * A field shown masked can be given another value; left alone it stays what it is.
 */
export const QuarantineDetail = QuarantineItem.extend({
  fields: z.array(
    z.object({
      /** The column, or the path in the JSON ("traits.phone"). */
      name: z.string(),
      value: z.string(),
      masked: z.boolean(),
      /** What the preset reads from it; null: nothing, or no row. */
      target: z.string().nullable(),
      /** Whether this is the value that the reason speaks of. */
      blamed: z.boolean().optional(),
    }),
  ),
  /** Other rows of the same record (the lines of an order), that are replayed with it. */
  together: z.number(),
});
export type QuarantineDetail = z.infer<typeof QuarantineDetail>;

/** POST …/quarantine/{id}/replay: new values by field name. Nothing changed: tries it as it is (a preset may have learned). */
export const ReplayOne = z.object({ changes: z.record(z.string(), z.string()).default({}) });
/** taken: imported or collected, and out of the quarantine. Otherwise it stays, with the reason found now. */
export const ReplayedOne = z.object({ taken: z.boolean(), item: QuarantineItem });
export type ReplayedOne = z.infer<typeof ReplayedOne>;

/** POST …/quarantine/{id}/drop and …/quarantine/drop: a note is asked for, so that later one knows why. */
export const DropOne = z.object({ note: z.string().trim().min(1).max(500) });

/** The items meant: those named, or all open ones that the filter finds. */
const Meant = { ids: z.array(z.string()).min(1).max(1000).optional(), filter: QuarantineFilter.optional() };
/** POST …/quarantine/replay: the same changes to every item (e.g. a missing date), then tried again. */
export const ReplayMany = z.object({ ...Meant, changes: z.record(z.string(), z.string()).default({}) });
/** At most 10 000 items a call; `left` says how many the filter still finds. */
export const ReplayedMany = z.object({ taken: z.number(), refused: z.number(), left: z.number() });
export type ReplayedMany = z.infer<typeof ReplayedMany>;
/** POST …/quarantine/drop */
export const DropMany = z.object({ ...Meant, note: z.string().trim().min(1).max(500) });
export const DroppedMany = z.object({ dropped: z.number() });
export type DroppedMany = z.infer<typeof DroppedMany>;
