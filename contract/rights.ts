import { z } from "zod";
import { because, CalendarDate, Instant, pageOf, Words } from "./common.ts";

/** What a person may ask for (PIPL 24, 44–50; GB/T 35273-2020 section 8). */
export const rightKinds = [
  "access",
  "copy",
  "correct",
  "delete",
  "explain",
  "non-personalised",
  "object",
] as const;
export const RightKind = z.enum(rightKinds);
export type RightKind = z.infer<typeof RightKind>;

/** open → verified → (working | held) → done; or refused, or taken back. */
export const RightState = z.enum(["open", "verified", "working", "held", "done", "refused", "taken-back"]);
export type RightState = z.infer<typeof RightState>;

/** How we know that she is who she says. */
export const VerifiedHow = z.enum(["link", "code", "account", "order", "document", "guardian"]);
export type VerifiedHow = z.infer<typeof VerifiedHow>;

/** Why a request may be refused: each names its law. */
export const RefusalGround = z.enum([
  "identity-unproven",
  "kept-by-law",
  "others-rights",
  "investigation",
  "repeated",
  "not-held",
]);
export type RefusalGround = z.infer<typeof RefusalGround>;

/** Green while there is time, amber in the last five working days, red on the last and after. */
export const Clock = z.object({
  dueOn: CalendarDate,
  /** Working days left, the last one included; negative when late. */
  workingDaysLeft: z.number(),
  colour: z.enum(["green", "amber", "red"]),
});
export type Clock = z.infer<typeof Clock>;

export const RightsRequest = z.object({
  id: z.string(),
  kind: RightKind,
  state: RightState,
  /** null when her data is gone. */
  person: z.string().nullable(),
  /** Masked; null when it is gone or was never told. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
  /** Which one, when the request is about one child only; null again when that child's data is gone. */
  child: z.string().nullable(),
  oneChild: z.boolean(),
  by: z.enum(["link", "staff", "api"]),
  openedAt: Instant,
  verified: VerifiedHow.nullable(),
  /** null when it is over. */
  clock: Clock.nullable(),
  extended: z.boolean(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  endedAt: Instant.nullable(),
});
export type RightsRequest = z.infer<typeof RightsRequest>;

/** One step of the append-only log. `hash` covers it and `previous`, so that none can be changed or taken out unseen. */
export const ProofEntry = z.object({
  number: z.number(),
  request: z.string().nullable(),
  at: Instant,
  who: z.string(),
  step: z.string(),
  words: Words,
  detail: z.record(z.string(), z.unknown()),
  previous: z.string(),
  hash: z.string(),
});
export type ProofEntry = z.infer<typeof ProofEntry>;

/** What one place held of her, and what a search found after. */
export const PlaceErased = z.object({
  place: z.string(),
  words: Words,
  erased: z.number(),
  foundAfter: z.number(),
});
export type PlaceErased = z.infer<typeof PlaceErased>;

export const RightsRequestPage = RightsRequest.extend({
  note: z.string().nullable(),
  /** Of an extension or a refusal. */
  reason: z.string().nullable(),
  ground: RefusalGround.nullable(),
  steps: z.array(ProofEntry),
  places: z.array(PlaceErased),
  /** A legal hold that stands in the way of a deletion. */
  hold: z.string().nullable(),
});
export type RightsRequestPage = z.infer<typeof RightsRequestPage>;

export const RightsList = pageOf(RightsRequest).extend({
  counts: z.object({
    open: z.number(),
    green: z.number(),
    amber: z.number(),
    red: z.number(),
    ended: z.number(),
  }),
});
export type RightsList = z.infer<typeof RightsList>;

export const RightsQuery = z.object({
  show: z.enum(["open", "ended", "all"]).default("open"),
  kind: RightKind.optional(),
  after: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Who asks is named by number, or by an identifier (NAMESPACE:VALUE), in the body so that it is in no address. */
export const NewRightsRequest = z
  .object({
    kind: RightKind,
    person: z.string().max(20).optional(),
    identifier: z.string().min(3).max(500).optional(),
    child: z.string().max(20).optional(),
    note: z.string().max(2000).optional(),
    verified: VerifiedHow.optional(),
  })
  .refine(
    ({ person, identifier }) => (person === undefined) !== (identifier === undefined),
    because("person 与 identifier 请给其中一个", "person or identifier, one of the two"),
  );

export const Verify = z.object({ how: VerifiedHow });
export const Assign = z.object({ to: z.string().max(80).nullable() });
export const Extend = z.object({
  workingDays: z.number().int().min(1).max(30),
  reason: z.string().trim().min(2).max(500),
});
export const Refuse = z.object({ ground: RefusalGround, reason: z.string().trim().min(2).max(500) });

/** What to put right. A null takes the trait, or the child's field, away. */
export const Correction = z.object({
  traits: z.record(z.string().min(1).max(100), z.unknown()).optional(),
  children: z
    .array(
      z.object({
        id: z.string().max(20),
        bornOn: CalendarDate.nullable().optional(),
        dueOn: CalendarDate.nullable().optional(),
        gender: z.enum(["female", "male", "unknown"]).optional(),
        name: z.string().max(100).nullable().optional(),
      }),
    )
    .max(20)
    .optional(),
});
export type Correction = z.infer<typeof Correction>;
/** Carrying a request out; only a correction needs to be told what. */
export const CarryOut = z.object({ correction: Correction.optional() });

/** Why she is where she is. Facts of hers, masked unless the reader may see whole. */
export const Explanation = z.object({
  segments: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      since: Instant,
      condition: Words,
      /** The parts of the condition that speak of traits, each with her own. */
      facts: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
  campaigns: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      segment: z.string(),
      arm: z.string(),
      state: z.string(),
      reason: z.string().nullable(),
      at: Instant,
      words: Words,
    }),
  ),
  children: z.array(z.object({ id: z.string(), source: z.string(), confidence: z.number(), words: Words })),
  nonPersonalised: z.boolean(),
});
export type Explanation = z.infer<typeof Explanation>;

/** A link that hands out the copy once, until then. */
export const CopyLink = z.object({ url: z.string(), expiresAt: Instant });

export const RightsSettings = z.object({
  /** Working days within which a request is answered. */
  answerWithinDays: z.number().int().min(1).max(30),
});
export type RightsSettings = z.infer<typeof RightsSettings>;

/** Whether the log is whole: `brokenAt` is the first entry that does not follow from the one before. */
export const ProofVerified = z.object({
  entries: z.number(),
  ok: z.boolean(),
  brokenAt: z.number().nullable(),
  head: z.string(),
});
export type ProofVerified = z.infer<typeof ProofVerified>;
