import { z } from "zod";
import { CalendarDate, Instant, type Words } from "./common.ts";

/**
 * What personal data may be used for, from what nobody can refuse to what leaves the country. The order is the level:
 * each asks for more than the one before. What the law says of each is in docs/privacy.md.
 */
export const purposes = [
  "service",
  "orders",
  "marketing",
  "personalisation",
  "automated",
  "research",
  "child",
  "health",
  "sharing",
  "abroad",
] as const;
export const Purpose = z.enum(purposes);
export type Purpose = z.infer<typeof Purpose>;

/**
 * `contract`: needed for what was ordered, never asked. `objection`: allowed until refused. `consent`: only after a yes.
 * `separate`: only after a yes to this alone.
 */
export type Basis = "contract" | "objection" | "consent" | "separate";

export interface PurposeFacts {
  readonly basis: Basis;
  /** Where nobody has said anything: may it be done? */
  readonly unasked: "allowed" | "barred";
  /** Can be said for one child alone. */
  readonly perChild: boolean;
  readonly name: Words;
  readonly law: string;
}

export const purposeFacts = {
  service: {
    ...{ basis: "contract", unasked: "allowed", perChild: false, law: "PIPL 13(1)(2)" },
    name: { zh: "服务通知", en: "Service messages" },
  },
  orders: {
    ...{ basis: "contract", unasked: "allowed", perChild: false, law: "PIPL 13(1)(2)" },
    name: { zh: "订单与配送", en: "Orders and delivery" },
  },
  marketing: {
    ...{ basis: "consent", unasked: "barred", perChild: false, law: "PIPL 13(1)(1), 广告法 43" },
    name: { zh: "营销消息", en: "Marketing messages" },
  },
  personalisation: {
    ...{ basis: "objection", unasked: "allowed", perChild: false, law: "PIPL 24(2), GB/T 35273 7.5" },
    name: { zh: "个性化推荐", en: "Personalisation" },
  },
  automated: {
    ...{ basis: "objection", unasked: "allowed", perChild: false, law: "PIPL 24(3)" },
    name: { zh: "自动化决策", en: "Automated decisions" },
  },
  research: {
    ...{ basis: "consent", unasked: "barred", perChild: false, law: "PIPL 14, GB/T 35273 5.3" },
    name: { zh: "调研与统计", en: "Research and statistics" },
  },
  child: {
    ...{ basis: "separate", unasked: "allowed", perChild: true, law: "PIPL 28, 29, 31" },
    name: { zh: "宝宝资料", en: "The child's data" },
  },
  health: {
    ...{ basis: "separate", unasked: "barred", perChild: true, law: "PIPL 28, 29" },
    name: { zh: "健康信息（孕期、过敏、喂养）", en: "Health (pregnancy, allergy, feeding)" },
  },
  sharing: {
    ...{ basis: "separate", unasked: "barred", perChild: false, law: "PIPL 23" },
    name: { zh: "提供给第三方", en: "Sharing with others" },
  },
  abroad: {
    ...{ basis: "separate", unasked: "barred", perChild: false, law: "PIPL 39" },
    name: { zh: "出境", en: "Transfer abroad" },
  },
} as const satisfies Record<Purpose, PurposeFacts>;

/** Marketing alone is also said by channel. */
export const ConsentChannel = z.enum(["sms", "email", "wechat", "app", "call"]);
export type ConsentChannel = z.infer<typeof ConsentChannel>;

export const ConsentState = z.enum(["granted", "withdrawn"]);

/** Where a person stands on one purpose (and channel, and child), by the word that counts. */
export const Consent = z.object({
  purpose: Purpose,
  state: ConsentState,
  at: Instant,
  /** As a child's `statedBy`; `link:…` is the mother herself, `law:14` the day a child turned 14. */
  by: z.string(),
  channel: ConsentChannel.optional(),
  child: z.string().optional(),
});
export type Consent = z.infer<typeof Consent>;

export const StateConsent = z.object({
  purpose: Purpose,
  state: ConsentState,
  channel: ConsentChannel.optional(),
  child: z.string().optional(),
  /** The version of the text that was shown, where one was. */
  textVersion: z.number().int().min(0).optional(),
});

/** One word on consent as kept, with what proves it. */
export const Receipt = z.object({
  /** Of the workspace's chain; null until the word has been chained (within seconds). */
  seq: z.number().nullable(),
  hash: z.string().nullable(),
  purpose: Purpose,
  state: ConsentState,
  at: Instant,
  by: z.string(),
  channel: ConsentChannel.nullable(),
  child: z.string().nullable(),
  /** What she read. */
  text: z.object({ version: z.number(), zh: z.string(), en: z.string() }).nullable(),
});
export type Receipt = z.infer<typeof Receipt>;
export const Consents = z.object({ consents: z.array(Consent), receipts: z.array(Receipt) });
export type Consents = z.infer<typeof Consents>;

/** Whether every receipt of the workspace is as it was written. */
export const ChainCheck = z.object({
  receipts: z.number(),
  erased: z.number(),
  broken: z.array(z.object({ seq: z.number(), why: z.enum(["altered", "missing", "order"]) })),
});
export type ChainCheck = z.infer<typeof ChainCheck>;

export const ConsentText = z.object({
  purpose: Purpose,
  /** 0 is the text that Stork comes with. */
  version: z.number(),
  zh: z.string(),
  en: z.string(),
  from: Instant.nullable(),
  by: z.string().nullable(),
  /** It asks again whoever agreed to an older version; their yes counts up to this day. null: nobody is asked again. */
  againUntil: CalendarDate.nullable(),
});
export type ConsentText = z.infer<typeof ConsentText>;
/**
 * A text with how many persons' words stand behind it: what they said when they read it, not what stands today; and, of
 * one that asks again, how many still owe an answer.
 */
export const ConsentTexts = z.object({
  items: z.array(ConsentText.extend({ granted: z.number(), withdrawn: z.number(), owing: z.number() })),
});
export type ConsentTexts = z.infer<typeof ConsentTexts>;

/** Somebody who read a text and said yes or no, and where she stands today. */
export const ConsentWord = z.object({
  person: z.string(),
  /** Masked. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
  state: ConsentState,
  at: Instant,
  by: z.string(),
  channel: ConsentChannel.nullable(),
  /** About one child only. */
  child: z.string().nullable(),
  now: ConsentState,
});
export type ConsentWord = z.infer<typeof ConsentWord>;
export const ConsentWords = z.object({ items: z.array(ConsentWord), next: z.string().nullable() });
export const NewConsentText = z.object({
  zh: z.string().min(4).max(2000),
  en: z.string().min(4).max(2000),
  /**
   * The purpose, the means or the kinds of data are others than before: who agreed to an older text is asked again, and
   * that yes ends with this day. Without it only the wording changes.
   */
  againUntil: CalendarDate.optional(),
});

/** Somebody whose yes was to an older text than the one that asks again. */
export const OwedAnswer = z.object({
  person: z.string(),
  /** Masked. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
  /** The text that was agreed to; null: whoever passed the yes on did not say. */
  version: z.number().nullable(),
  at: Instant,
  child: z.string().nullable(),
  channel: ConsentChannel.nullable(),
  /** The last day on which it counts. */
  until: CalendarDate,
});
export type OwedAnswer = z.infer<typeof OwedAnswer>;
export const OwedAnswers = z.object({ items: z.array(OwedAnswer), next: z.string().nullable() });

/** Who asked for silence: the mother, staff, a program, or signs alone. */
export const SilenceWhy = z.enum(["tap", "staff", "api", "signs"]);
export type SilenceWhy = z.infer<typeof SilenceWhy>;

/** Signs that may only ever silence. Counts and days, never a date. */
export const SilenceSign = z.object({
  kind: z.enum(["due-date-passed", "maternity-returned"]),
  days: z.number(),
  items: z.number(),
});
export type SilenceSign = z.infer<typeof SilenceSign>;

/** Nothing about a child is said, sent, guessed or told any more; staff see a quiet mark. */
export const Silence = z.object({
  id: z.string(),
  /** null: all children known at that time. */
  child: z.string().nullable(),
  since: Instant,
  why: SilenceWhy,
  by: z.string(),
  sign: SilenceSign.nullable(),
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable(),
});
export type Silence = z.infer<typeof Silence>;
export const Silences = z.object({ items: z.array(Silence) });

export const SilencePerson = z.object({ child: z.string().max(20).optional() });
export const SilenceIdentifier = SilencePerson.extend({ identifier: z.string().min(1).max(500) });
export const EndSilence = z.object({ reason: z.string().trim().min(2).max(300) });

/** What one silence stopped, for the proof: no dates, nothing that identifies. */
export const Stopped = z.object({
  kind: z.enum([
    "child-date",
    "message",
    "journey",
    "membership",
    "webhook",
    "export",
    "statement",
    "inference",
    "stage",
  ]),
  /** e.g. the campaign's or the segment's number. */
  ref: z.string(),
  name: z.string(),
  times: z.number(),
  firstAt: Instant,
  lastAt: Instant,
});
export type Stopped = z.infer<typeof Stopped>;
export const SilenceProof = z.object({
  silence: Silence,
  person: z.string(),
  stopped: z.array(Stopped),
  /** Anything that left after it all the same: must be empty. */
  leaked: z.number(),
});
export type SilenceProof = z.infer<typeof SilenceProof>;

/** A link to a person's own preference page, for staff to pass on. */
export const PreferenceLink = z.object({ url: z.string(), expiresAt: Instant });

/** A silence in the list of all, with whom it is kept for. */
export const ListedSilence = Silence.extend({
  person: z.string(),
  /** Masked. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
});
export type ListedSilence = z.infer<typeof ListedSilence>;
export const ListedSilences = z.object({ items: z.array(ListedSilence), next: z.string().nullable() });

/** A child turned 14: its guardian's word ended, its own is to be asked for. */
export const ConsentRequest = z.object({
  id: z.string(),
  /** Who cares for it, and how staff reach the family. */
  person: z.string(),
  /** Masked. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
  child: z.string(),
  purposes: z.array(Purpose),
  /** The day of the 14th birthday. */
  since: CalendarDate,
  /** What the young person said, as taken down; null: nothing yet. */
  answer: ConsentState.nullable(),
  answeredAt: Instant.nullable(),
  answeredBy: z.string().nullable(),
});
export type ConsentRequest = z.infer<typeof ConsentRequest>;
export const ConsentRequests = z.object({ items: z.array(ConsentRequest) });
export type ConsentRequests = z.infer<typeof ConsentRequests>;
export const AnswerConsentRequest = z.object({ state: ConsentState });
