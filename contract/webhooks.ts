import { z } from "zod";
import { because, Instant, pageOf, Words } from "./common.ts";

/** What a webhook is told of. */
export const WebhookTopic = z.enum(["event", "segment.entered", "segment.left"]);
export type WebhookTopic = z.infer<typeof WebhookTopic>;

/**
 * For what the receiver uses what it is told. `service`: to fulfil orders. `marketing`: the company's own, never told of
 * who said no. `sharing`: somebody else's, told only of who agreed to that (docs/privacy.md).
 */
export const WebhookPurpose = z.enum(["service", "marketing", "sharing"]);
export type WebhookPurpose = z.infer<typeof WebhookPurpose>;

const Names = z.array(z.string().min(1).max(200)).max(50);
const Ids = z.array(z.string().regex(/^\d{1,9}$/)).max(50);
/** At least one event name or one segment. */
export const WebhookWants = z
  .object({
    /** Told of each event with one of these names. */
    events: Names.default([]),
    /** Told of everybody who enters or leaves one of these segments. */
    segments: Ids.default([]),
  })
  .refine(
    ({ events, segments }) => events.length + segments.length > 0,
    because("请至少选一个事件或人群", "choose at least one event or segment"),
  );
export type WebhookWants = z.infer<typeof WebhookWants>;

export const NewWebhook = z.object({
  name: z.string().trim().min(1).max(80),
  url: z.url().max(2000),
  wants: WebhookWants,
  purpose: WebhookPurpose.default("marketing"),
});
export const ChangeWebhook = NewWebhook.partial().extend({
  purpose: WebhookPurpose.optional(),
  paused: z.boolean().optional(),
});

export const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  wants: WebhookWants,
  purpose: WebhookPurpose,
  createdAt: Instant,
  /** Set by a person, or by us when the receiver said 410 or answered nothing well for five days. */
  pausedAt: Instant.nullable(),
  pausedBecause: Words.nullable(),
  /** Of the last 24 hours. */
  delivered: z.number(),
  failed: z.number(),
  waiting: z.number(),
  lastDeliveredAt: Instant.nullable(),
});
export type Webhook = z.infer<typeof Webhook>;
/** The signing secret is shown when it is made, and never again. */
export const WebhookWithSecret = Webhook.extend({ secret: z.string() });

export const Delivery = z.object({
  /** The `webhook-id` header: the same however often it is tried. */
  id: z.string(),
  topic: WebhookTopic,
  /** What it is about: an event's name or a segment's. */
  about: z.string(),
  /** `withheld`: nobody was told, since the person must be left alone. */
  state: z.enum(["waiting", "delivered", "failed", "withheld"]),
  attempts: z.number(),
  /** The receiver's last answer: a status, or what went wrong. */
  lastAnswer: z.string().nullable(),
  createdAt: Instant,
  nextAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  body: z.record(z.string(), z.unknown()),
});
export type Delivery = z.infer<typeof Delivery>;
export const DeliveryPage = pageOf(Delivery);
/** What came back of one attempt made at once. */
export const AttemptAnswer = z.object({ delivered: z.boolean(), answer: z.string() });
