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

/** An id as every SDK writes it; a number is read as its digits. */
const MessageId = z.union([
  z.number(),
  z.string().refine((text) => {
    const trimmed = text.trim();
    return trimmed !== "" && trimmed.length <= 500 && !trimmed.includes("\0") && trimmed.isWellFormed();
  }),
]);
const Fields = z.record(z.string(), z.unknown()).nullish();
const messageBase = {
  messageId: z.string().max(200).nullish(),
  timestamp: z.union([z.string(), z.number()]).nullish(),
  context: Fields,
  properties: Fields,
  traits: Fields,
};
const someone = { userId: MessageId, anonymousId: z.unknown().optional() };
const visitor = { userId: z.unknown().optional(), anonymousId: MessageId };
const either = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.union([
    z.looseObject({ ...messageBase, ...shape, ...someone }),
    z.looseObject({ ...messageBase, ...shape, ...visitor }),
  ]);

/** One item of the Segment protocol. The server reads it by hand, for speed; a test holds the two together. */
export const SegmentMessage = z.union([
  either({ type: z.literal("track"), event: z.string().max(200).regex(/\S/) }),
  either({ type: z.enum(["identify", "page", "screen"]) }),
  either({ type: z.literal("group"), groupId: MessageId }),
  either({ type: z.literal("alias"), previousId: MessageId }),
]);
export const SegmentBatch = z.looseObject({
  batch: z.array(SegmentMessage).max(5000),
  sentAt: z.string().optional(),
});
