import { z } from "zod";
import { Instant, Words } from "./common.ts";

export const ChannelKind = z.enum(["email", "webhook"]);
export type ChannelKind = z.infer<typeof ChannelKind>;
export const SmtpSettings = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535),
  secure: z.boolean().default(false),
  user: z.string().optional(),
  password: z.string().optional(),
  from: z.string().min(3),
});
export const WebhookSettings = z.object({ url: z.url(), secret: z.string().optional() });
/** Secrets are write-only: read back as absent, `hasSecret` says that one is kept. */
export const Channel = z.object({
  id: z.string(),
  kind: ChannelKind,
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  hasSecret: z.boolean(),
  createdAt: Instant,
});
export type Channel = z.infer<typeof Channel>;
export const NewChannel = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("email"), name: z.string().min(1).max(80), settings: SmtpSettings }),
  z.object({ kind: z.literal("webhook"), name: z.string().min(1).max(80), settings: WebhookSettings }),
]);

/** Liquid; variables: person.name, person.city, child.stage, child.ageMonths, child.name, link (…), unsubscribeUrl. */
export const Content = z.object({ subject: z.string().max(200), body: z.string().max(50_000) });
export type Content = z.infer<typeof Content>;

export const NewCampaign = z.object({
  name: z.string().min(1).max(80),
  segment: z.string(),
  channel: z.string(),
  content: Content,
  /** Share of the audience that gets nothing, for comparison: 0 to 0.5. */
  holdoutShare: z.number().min(0).max(0.5).default(0.1),
  conversion: z
    .object({ event: z.string().default("Order Completed"), withinDays: z.number().int().min(1).max(90).default(7) })
    .prefault({}),
});
export const ChangeCampaign = NewCampaign.partial();
export const CampaignStatus = z.enum(["draft", "running", "paused", "stopped", "done"]);
export const Campaign = z.object({
  id: z.string(),
  name: z.string(),
  segment: z.string(),
  segmentName: z.string(),
  channel: z.string(),
  channelName: z.string(),
  channelKind: ChannelKind,
  content: Content,
  holdoutShare: z.number(),
  conversion: z.object({ event: z.string(), withinDays: z.number() }),
  status: CampaignStatus,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  createdAt: Instant,
  /** Where each family of the audience stands now. */
  counts: z.object({
    audience: z.number(), holdout: z.number(), waiting: z.number(), held: z.number(), sent: z.number(),
    /** Handed over when the process died: it may or may not have arrived; never sent again by itself. */
    unknown: z.number(),
    parked: z.number(),
  }),
});
export type Campaign = z.infer<typeof Campaign>;

export const PreviewRequest = z.object({ content: Content, person: z.string().optional(), segment: z.string().optional(), channel: z.string().optional() });
export const Preview = z.object({ person: z.string(), to: z.string(), subject: z.string(), html: z.string(), text: z.string() });
export type Preview = z.infer<typeof Preview>;

/** What would happen if it started now. */
export const Estimate = z.object({
  audience: z.number(),
  holdout: z.number(),
  reachable: z.number(),
  held: z.array(z.object({ reason: z.string(), label: Words, persons: z.number() })),
  /** Set when quiet hours would delay the start. */
  startsAt: Instant,
});
export type Estimate = z.infer<typeof Estimate>;

export const MessageRow = z.object({
  id: z.string(), person: z.string(), name: z.string().nullable(), to: z.string().nullable(),
  arm: z.enum(["treated", "holdout"]), state: z.string(), reason: Words.nullable(), attempts: z.number(), at: Instant.nullable(),
});
export const MessagesPage = z.object({ items: z.array(MessageRow), next: z.string().nullable() });
