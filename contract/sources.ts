import { z } from "zod";
import { Instant } from "./common.ts";

export const SourceKind = z.enum(["http", "file"]);
export const Source = z.object({
  id: z.string(),
  kind: SourceKind,
  name: z.string(),
  writeKey: z.string(),
  createdAt: Instant,
  lastEventAt: Instant.nullable(),
  eventsToday: z.number(),
  eventsTotal: z.number(),
});
export type Source = z.infer<typeof Source>;
export const NewSource = z.object({ kind: SourceKind.default("http"), name: z.string().min(1).max(80) });

/** One line of a source's live tail: identifiers masked, sensitive traits masked. */
export const RecentEvent = z.object({
  receivedAt: Instant,
  at: Instant,
  type: z.string(),
  name: z.string(),
  identifier: z.string(),
  properties: z.record(z.string(), z.unknown()),
});
export type RecentEvent = z.infer<typeof RecentEvent>;

/** Answer of the collect endpoints. `rejected` lists the items refused, by their index in the batch; all others are committed. */
export const Collected = z.object({
  success: z.boolean(),
  accepted: z.number(),
  rejected: z.array(z.object({ index: z.number(), code: z.string(), message: z.string() })).optional(),
});
export type Collected = z.infer<typeof Collected>;
