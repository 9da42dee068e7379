import { z } from "zod";
import { Instant, pageOf, Words } from "./common.ts";
import { RecordKindId } from "./records.ts";

export const RecordVersion = z.object({
  changedAt: Instant,
  receivedAt: Instant,
  source: z.string(),
  /** null: by the API. */
  import: z.string().nullable(),
  /** Which part of the record it states; "" is all or the main part. */
  part: z.string(),
  fields: z.record(z.string(), z.unknown()),
  marks: z.array(z.object({ code: z.string(), label: Words })),
  /** Whether it counts: the newest of its part that was not undone. */
  counts: z.boolean(),
  undone: z.boolean(),
});
export type RecordVersion = z.infer<typeof RecordVersion>;

export const StoredRecord = z.object({
  kind: RecordKindId,
  /** The natural key; of a member its hash, since a member number identifies. */
  key: z.string(),
  changedAt: Instant,
  receivedAt: Instant,
  source: z.string(),
  import: z.string().nullable(),
  person: z.string().nullable(),
  fields: z.record(z.string(), z.unknown()),
  marks: z.array(z.object({ code: z.string(), label: Words })),
});
export type StoredRecord = z.infer<typeof StoredRecord>;
export const RecordsPage = pageOf(StoredRecord);
export const RecordHistory = z.object({
  key: z.string(),
  versions: z.array(RecordVersion),
  /** Given as `after`, what is older follows. */
  next: z.string().nullable(),
});

export const RecordKindSummary = z.object({
  id: RecordKindId,
  label: Words,
  /** What makes it the same record, in words. */
  keyed: Words,
  events: z.array(z.string()),
  records: z.number(),
  newestAt: Instant.nullable(),
});
export type RecordKindSummary = z.infer<typeof RecordKindSummary>;
