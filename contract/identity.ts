import { z } from "zod";
import { Instant, pageOf, Words } from "./common.ts";
import { Child } from "./people.ts";
import { Consent } from "./privacy.ts";

/** How far a kind of identifier is trusted. `kind` is a namespace, or the part of one before its colon. */
export const IdentityRule = z.object({
  kind: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[a-z0-9*][a-z0-9_.:*-]*$/),
  /** certain: two who show the same are one. weak: it follows whoever was there first and makes no two known persons one. */
  strength: z.enum(["certain", "weak"]),
  /** How many values of it one person may have. */
  mostPerPerson: z.int().min(1).max(1000),
  /** How many persons may show the same value within the window before it counts as shared; null: never counted. */
  mostPersons: z.int().min(1).max(1000).nullable(),
  /** null: ever. */
  windowDays: z.int().min(1).max(3650).nullable(),
  /** Values of different sources are counted apart: two shops may both call somebody 42. */
  perSource: z.boolean(),
  /** Which identifier a fact is kept under when it comes with several; the smallest wins. */
  rank: z.int().min(0).max(99),
  /** What becomes of joins that a value made before it was found to be shared: parted at once, or proposed. */
  whenShared: z.enum(["part", "propose"]),
  /** Joins that were held back go to the review queue. */
  review: z.boolean(),
});
export type IdentityRule = z.infer<typeof IdentityRule>;

export const IdentityRules = z.object({
  rules: z.array(IdentityRule),
  /** Kinds that have no rule: customers' numbers in some system, and traces of a device by their names. */
  others: z.object({ certain: IdentityRule, weak: IdentityRule }),
  mostNodes: z.int(),
  version: z.int(),
  /** The kinds whose rule is not the one it came with. */
  changed: z.array(z.string()),
  changedAt: Instant.nullable(),
  changedBy: z.string().nullable(),
});
export type IdentityRules = z.infer<typeof IdentityRules>;

export const ChangeIdentityRules = z.object({
  rules: z.array(IdentityRule).max(100),
  mostNodes: z.int().min(2).max(2000).default(200),
  reason: z.string().trim().max(500).default(""),
});
export type ChangeIdentityRules = z.infer<typeof ChangeIdentityRules>;

/** What other rules will do to what is there. Nothing is merged silently: joins that become possible are proposed. */
export const RulesEffect = z.object({
  /** Joins held back that the new rules would make; they go to the review queue as suggestions. */
  joinable: z.int(),
  /** Values that become shared, and how many persons part because of them (at once, or after review). */
  shared: z.int(),
  parting: z.int(),
  /** Values that are shared no longer. */
  freed: z.int(),
  /** The looking stopped at so many rows. */
  truncated: z.boolean(),
});
export type RulesEffect = z.infer<typeof RulesEffect>;
export const ChangedRules = z.object({ rules: IdentityRules, effect: RulesEffect });

const id = z.string().regex(/^\d{1,15}$/);
/** A change of who is who, as it can be previewed, made and undone. Nodes are of the graph. */
export const IdentityChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("merge"), a: id, b: id }),
  /** These nodes are somebody else. */
  z.object({ kind: z.literal("split"), person: id, nodes: z.array(id).min(1).max(200) }),
  z.object({ kind: z.literal("never-same"), a: id, b: id }),
  /** This identifier is this person's. */
  z.object({
    kind: z.literal("link"),
    person: id,
    identifier: z.string().min(3).max(500),
  }),
  /** Nobody is known by this value: a store's phone, a courier's number, a staff member's device. */
  z.object({ kind: z.literal("share"), node: id }),
  z.object({ kind: z.literal("unshare"), node: id }),
]);
export type IdentityChange = z.infer<typeof IdentityChange>;

export const PersonSide = z.object({
  /** null: a person that does not exist yet. */
  id: z.string().nullable(),
  name: z.string().nullable(),
  identifiers: z.array(
    z.object({
      node: z.string(),
      namespace: z.string(),
      value: z.string(),
      since: Instant,
      shared: z.boolean(),
    }),
  ),
  children: z.array(Child.pick({ id: true, bornOn: true, dueOn: true, stage: true, source: true })),
  consents: z.array(Consent.pick({ purpose: true, state: true })),
  suppressed: z.boolean(),
  city: z.string().nullable(),
  orders: z.number(),
  amountFen: z.number(),
  firstSeenAt: Instant,
  lastSeenAt: Instant.nullable(),
});
export type PersonSide = z.infer<typeof PersonSide>;

export const DecisionKind = z.enum(["merge", "split", "never-same", "link", "share", "unshare", "rules"]);
export const Decision = z.object({
  id: z.string(),
  kind: DecisionKind,
  words: Words,
  who: z.string(),
  at: Instant,
  reason: z.string(),
  /** Today's persons of those it was about. */
  persons: z.array(z.string()),
  undone: z.object({ who: z.string(), at: Instant, reason: z.string() }).nullable(),
  undoable: z.boolean(),
  /**
   * Of an undone merge of which very much had been told meanwhile: whether all of it has been judged once more as of two.
   * null: it was judged when it was undone.
   */
  again: z.enum(["waiting", "done", "too-much"]).nullable(),
});
export type Decision = z.infer<typeof Decision>;
export const DecisionPage = pageOf(Decision);
export type DecisionPage = z.infer<typeof DecisionPage>;

export const IdentityPreview = z.object({
  before: z.array(PersonSide),
  after: z.array(PersonSide),
  /** What to think of before doing it. */
  warnings: z.array(Words),
  /** Of undoing a merge: merges of somebody third by hand since then. Each may be said to have meant the other side. */
  meanwhile: z.array(Decision).optional(),
});
export type IdentityPreview = z.infer<typeof IdentityPreview>;

export const PreviewUndo = z.object({
  kind: z.literal("undo"),
  decision: id,
  /** Of `meanwhile`: who belongs to the side that they do not stay with by themselves. */
  otherSide: z.array(id).max(50).default([]),
});

export const Decide = z.object({ change: IdentityChange, reason: z.string().trim().min(1).max(500) });
export const Decided = z.object({ decision: Decision, persons: z.array(z.string()) });
export type Decided = z.infer<typeof Decided>;
export const Undo = z.object({
  reason: z.string().trim().min(1).max(500),
  otherSide: PreviewUndo.shape.otherSide,
});

/**
 * live: it joins. conflict: held back by a rule. shared: one end is a value that many use. cut: parted by a decision.
 */
export const EdgeState = z.enum(["live", "conflict", "shared", "cut"]);
export type EdgeState = z.infer<typeof EdgeState>;

export const GraphEdge = z.object({
  a: z.string(),
  b: z.string(),
  state: EdgeState,
  rule: z.string(),
  /** Why, in a sentence: "同一条消息里出现：订单 123（天猫）" */
  because: Words,
  source: z.string(),
  message: z.string().nullable(),
  at: Instant,
});
export type GraphEdge = z.infer<typeof GraphEdge>;

export const PersonGraph = z.object({
  person: z.string(),
  /** Of this person, and, where an edge was held back, of others: their `person` differs. */
  nodes: z.array(
    z.object({
      id: z.string(),
      person: z.string(),
      namespace: z.string(),
      value: z.string(),
      strength: z.enum(["certain", "weak"]),
      shared: z.boolean(),
      since: Instant,
    }),
  ),
  edges: z.array(GraphEdge),
  truncated: z.boolean(),
});
export type PersonGraph = z.infer<typeof PersonGraph>;

/** The shortest chain of evidence between two identifiers of a person. */
export const Explanation = z.object({
  a: z.string(),
  b: z.string(),
  chain: z.array(GraphEdge),
  words: Words,
});
export type Explanation = z.infer<typeof Explanation>;

export const ReviewKind = z.enum(["conflict", "shared", "same-person", "household"]);
export type ReviewKind = z.infer<typeof ReviewKind>;
export const ReviewState = z.enum(["open", "later", "accepted", "rejected", "settled"]);
export type ReviewState = z.infer<typeof ReviewState>;

export const ReviewItem = z.object({
  id: z.string(),
  kind: ReviewKind,
  state: ReviewState,
  score: z.number().nullable(),
  /** What speaks for it, one sentence each. */
  because: z.array(Words),
  evidence: z.unknown(),
  /** Today's persons; the second is the same as the first where they became one meanwhile. */
  a: z.object({ person: z.string(), name: z.string().nullable(), identifiers: z.array(z.string()) }),
  b: z.object({ person: z.string(), name: z.string().nullable(), identifiers: z.array(z.string()) }),
  foundAt: Instant,
  answered: z.object({ who: z.string(), at: Instant, reason: z.string() }).nullable(),
});
export type ReviewItem = z.infer<typeof ReviewItem>;
export const ReviewPage = pageOf(ReviewItem).extend({
  total: z.number(),
  counts: z.array(z.object({ kind: ReviewKind, open: z.number() })),
});
export type ReviewPage = z.infer<typeof ReviewPage>;

export const ReviewPair = z.object({
  item: ReviewItem,
  a: PersonSide,
  b: PersonSide,
  /** What both would be as one; absent where the question is another one (a household, a shared value). */
  together: PersonSide.nullable(),
  warnings: z.array(Words),
});
export type ReviewPair = z.infer<typeof ReviewPair>;

export const AnswerReview = z.object({
  answer: z.enum(["accept", "reject", "later"]),
  reason: z.string().trim().max(500).default(""),
});

/** Who holds an identifier, in brief: for a desk, a gate, a decision that cannot wait. */
export const FoundPerson = z.object({
  id: z.string(),
  identifiers: z.array(z.object({ namespace: z.string(), value: z.string() })),
  children: z.array(Child.pick({ id: true, bornOn: true, dueOn: true, stage: true, source: true })),
  consents: z.array(Consent.pick({ purpose: true, state: true })),
  suppressed: z.boolean(),
});
export type FoundPerson = z.infer<typeof FoundPerson>;
