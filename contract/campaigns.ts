import { z } from "zod";
import { Instant, pageOf, Words } from "./common.ts";

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
/** Only in the answer that made it: the webhook's signing secret, for the receiver to keep. */
export const CreatedChannel = Channel.extend({ secret: z.string().optional() });
export type CreatedChannel = z.infer<typeof CreatedChannel>;
/** What came of a test message, which goes to the signed-in user's own address (or to the webhook) and nowhere else. */
export const ChannelTest = z.object({
  ok: z.boolean(),
  reason: Words.nullable(),
  detail: z.string().nullable(),
});
export type ChannelTest = z.infer<typeof ChannelTest>;
export const NewChannel = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("email"), name: z.string().min(1).max(80), settings: SmtpSettings }),
  z.object({ kind: z.literal("webhook"), name: z.string().min(1).max(80), settings: WebhookSettings }),
]);

/** What a template may say about its recipient, with examples for the editor. */
export const contentVariables = [
  { name: "person.name", label: { zh: "姓名", en: "Name" }, example: "王小雨" },
  { name: "person.city", label: { zh: "城市", en: "City" }, example: "杭州市" },
  { name: "child.name", label: { zh: "宝宝小名", en: "Child's name" }, example: "豆豆" },
  { name: "child.stage", label: { zh: "宝宝阶段", en: "Child's stage" }, example: "3–6 月龄" },
  { name: "child.ageMonths", label: { zh: "宝宝月龄", en: "Child's age in months" }, example: "5" },
  { name: "unsubscribeUrl", label: { zh: "退订链接", en: "Unsubscribe link" }, example: "https://…/u/…" },
  { name: "preferencesUrl", label: { zh: "偏好设置链接", en: "Preference page" }, example: "https://…/p/…" },
] as const satisfies readonly { name: string; label: Words; example: string }[];
export type ContentVariable = (typeof contentVariables)[number]["name"];

/**
 * Liquid. The variables are contentVariables; `| default: "…"` says what to write for who has none, otherwise the
 * message is held. Fixed web addresses in links are tracked by themselves; in plain text write {{ "https://…" | link }}.
 */
export const Content = z.object({ subject: z.string().max(200), body: z.string().max(50_000) });
export type Content = z.infer<typeof Content>;

const HoldoutShare = z.number().min(0).max(0.5);
const Conversion = z.object({
  event: z.string().min(1).max(200).default("Order Completed"),
  withinDays: z.number().int().min(1).max(90).default(7),
});
export const NewCampaign = z.object({
  name: z.string().min(1).max(80),
  segment: z.string(),
  channel: z.string(),
  content: Content,
  /** Share of the audience that gets nothing, for comparison: 0 to 0.5. */
  holdoutShare: HoldoutShare.default(0.1),
  conversion: Conversion.prefault({}),
});
/** Only what is given changes. (A default would fill in what was left out.) */
export const ChangeCampaign = NewCampaign.extend({
  holdoutShare: HoldoutShare,
  conversion: Conversion,
}).partial();
export const CampaignStatus = z.enum(["draft", "running", "paused", "stopped", "done"]);
export type CampaignStatus = z.infer<typeof CampaignStatus>;
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
    audience: z.number(),
    holdout: z.number(),
    waiting: z.number(),
    held: z.number(),
    sent: z.number(),
    /** Handed over when the process died: it may or may not have arrived; never sent again by itself. */
    unknown: z.number(),
    parked: z.number(),
  }),
});
export type Campaign = z.infer<typeof Campaign>;

export const CampaignsPage = pageOf(Campaign);

export const PreviewRequest = z.object({
  content: Content,
  person: z.string().optional(),
  segment: z.string().optional(),
  channel: z.string().optional(),
});
export const Preview = z.object({
  person: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
});
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

/** Try again what was given up, or send again what may have arrived (only ever by a person's decision). */
export const RetryRequest = z.object({ what: z.enum(["parked", "unknown"]).default("parked") });
export const Retried = z.object({ messages: z.number() });

export const MessageState = z.enum(["planned", "sending", "sent", "held", "parked", "unknown", "holdout"]);
export type MessageState = z.infer<typeof MessageState>;
export const MessageRow = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string().nullable(),
  to: z.string().nullable(),
  arm: z.enum(["treated", "holdout"]),
  state: z.string(),
  reason: Words.nullable(),
  attempts: z.number(),
  at: Instant.nullable(),
});
export const MessagesPage = z.object({ items: z.array(MessageRow), next: z.string().nullable() });
