import { z } from "zod";
import { Instant, Words } from "./common.ts";
import { DeviceConnection, DeviceSettings, ShownDeviceSettings } from "./devices.ts";

/**
 * How a source's data comes in: http the Segment API, sensors the Sensors Analytics (神策) SDKs, mqtt devices through a
 * broker, api the records a company's systems send (…/records/{kind}:batch), file imports.
 */
export const SourceKind = z.enum(["http", "sensors", "mqtt", "api", "file"]);
export type SourceKind = z.infer<typeof SourceKind>;

/** The program that sent something last: the SDK as it names itself, e.g. analytics.js 1.77.0. */
export const SeenSdk = z.object({ name: z.string(), version: z.string().nullable() });
export type SeenSdk = z.infer<typeof SeenSdk>;

/**
 * The guide to the first event: waiting until one arrives; `refusedAt` with `refused` says that something came and was
 * not taken, which is what somebody setting up a source has to see first.
 */
export const FirstEvent = z.object({
  state: z.enum(["waiting", "received"]),
  at: Instant.nullable(),
  sdk: SeenSdk.nullable(),
  refusedAt: Instant.nullable(),
  refused: z.object({ code: z.string(), label: Words }).nullable(),
});
export type FirstEvent = z.infer<typeof FirstEvent>;

/**
 * Whether it sends, by the last sixty minutes: live as things happen; loaded: what came was a past that was brought in,
 * by file or at once; quiet: nothing came; never: nothing ever did. The same on every page.
 */
export const Sending = z.enum(["live", "loaded", "quiet", "never"]);
export type Sending = z.infer<typeof Sending>;

export const Source = z.object({
  id: z.string(),
  kind: SourceKind,
  name: z.string(),
  writeKey: z.string(),
  /** Keys it had before that still count, the first to end first; without the keys themselves. */
  oldKeys: z.array(z.object({ endsAt: Instant, lastUsedAt: Instant.nullable() })),
  createdAt: Instant,
  lastEventAt: Instant.nullable(),
  /** Since midnight in the workspace's time zone. */
  eventsToday: z.number(),
  eventsTotal: z.number(),
  first: FirstEvent,
  /** What sent last. */
  sdk: SeenSdk.nullable(),
  sending: Sending,
  /** In the last sixty minutes. */
  lastHour: z.object({
    events: z.number(),
    /** Of them those that came as they happened, not in bulk. */
    live: z.number(),
    refused: z.number(),
  }),
  /** Of a source of devices: the connection; null for every other kind. */
  device: z.object({ settings: ShownDeviceSettings, connection: DeviceConnection }).nullable(),
});
export type Source = z.infer<typeof Source>;
export const NewSource = z.object({
  kind: SourceKind.default("http"),
  name: z.string().trim().min(1).max(80),
  /** Needed for mqtt, and only there. */
  device: DeviceSettings.optional(),
});
export const SourceChange = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  device: DeviceSettings.optional(),
});

/** A new write key for a source; the one it had counts for so many more hours, 0: not a second longer. */
export const NewWriteKey = z.object({ oldKeyHours: z.number().int().min(0).max(720).default(24) });

/** How a source is doing: GET …/sources/{source}/figures. */
export const SourceFigures = z.object({
  /**
   * The last sixty minutes, oldest first, a minute without anything included. `live` are those of the events that came
   * as they happened: the rest is a past that was brought in, by file or at once.
   */
  minutes: z.array(z.object({ at: Instant, events: z.number(), live: z.number(), refused: z.number() })),
  /** Of the last hour, the most frequent first. */
  refused: z.array(z.object({ code: z.string(), label: Words, count: z.number() })),
  /**
   * From when it happened to when it arrived, of the last hour's events: half of them, and 95 of 100, arrived within
   * this many seconds (upper ends of classes that double: 1, 2, 4 … s). null: nothing arrived.
   */
  lag: z.object({ medianSeconds: z.number(), p95Seconds: z.number() }).nullable(),
});
export type SourceFigures = z.infer<typeof SourceFigures>;

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

/** GET …/sources/{source}/tail: what was taken and what was refused, newest first. */
export const TailEntry = z.discriminatedUnion("outcome", [
  RecentEvent.extend({ outcome: z.literal("accepted"), marks: z.array(z.string()) }),
  z.object({
    outcome: z.literal("refused"),
    receivedAt: Instant,
    code: z.string(),
    reason: Words,
    /** The item as it came, masked and cut to 2,000 characters. */
    item: z.string(),
  }),
]);
export type TailEntry = z.infer<typeof TailEntry>;

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
  either({
    type: z.literal("track"),
    event: z
      .string()
      .max(200)
      .regex(/[^\s\0]/),
  }),
  either({ type: z.enum(["identify", "page", "screen"]) }),
  either({ type: z.literal("group"), groupId: MessageId }),
  either({ type: z.literal("alias"), previousId: MessageId }),
]);
export const SegmentBatch = z.looseObject({
  batch: z.array(SegmentMessage).max(5000),
  sentAt: z.string().optional(),
});
