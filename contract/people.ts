import { z } from "zod";
import { Stage } from "./catalog.ts";
import { CalendarDate, Instant, pageOf, Words } from "./common.ts";
import { Consent, Silence } from "./privacy.ts";

/** A child as known: born (or due) on a date, said by somebody or inferred. */
export const Child = z.object({
  id: z.string(),
  bornOn: CalendarDate.optional(),
  dueOn: CalendarDate.optional(),
  name: z.string().optional(),
  gender: z.enum(["female", "male", "unknown"]).optional(),
  source: z.enum(["stated", "inferred"]),
  /** 0 to 1; 1 for what was stated and not contradicted. */
  confidence: z.number(),
  interval80: z.tuple([CalendarDate, CalendarDate]),
  /** null past 72 months, or when the date is impossible (see marks). */
  stage: Stage.nullable(),
  /** Age in days on the date asked for; negative before birth. */
  ageDays: z.number(),
  /** Whole weeks and days of the pregnancy on that date; only while it lasts. */
  pregnancy: z.object({ weeks: z.number(), days: z.number() }).optional(),
  /** Whole months of age; after birth only. */
  ageMonths: z.number().optional(),
  /** Of a child born before 37 weeks: months since the due date, until 24 months of age. Stages go by it. */
  correctedMonths: z.number().optional(),
  /** How long the pregnancy had lasted at birth, as stated. */
  gestation: z.object({ weeks: z.number(), days: z.number() }).optional(),
  adoptedOn: CalendarDate.optional(),
  next: z.object({ stage: Stage, on: CalendarDate }).nullable(),
  marks: z.array(z.string()),
  /**
   * One of those who care for the child said no, or there is silence: the date is not used. The strictest word holds;
   * another carer's yes does not lift it.
   */
  keptBack: z.literal(true).optional(),
  /** The source by its name; others by their code (`user:…`, `key:…`), and so is a source that is not known. */
  statedBy: z.string().optional(),
  statedAt: Instant.optional(),
});
export type Child = z.infer<typeof Child>;

export const Identifier = z.object({ namespace: z.string(), value: z.string(), since: Instant.optional() });
export type Identifier = z.infer<typeof Identifier>;

export const Person = z.object({
  id: z.string(),
  family: z.string(),
  /** Masked unless the caller's role may see it. */
  name: z.string().nullable(),
  identifiers: z.array(Identifier),
  traits: z.record(z.string(), z.unknown()),
  tags: z.record(z.string(), z.unknown()),
  children: z.array(Child),
  consents: z.array(Consent),
  suppressed: z.boolean(),
  /** Standing silences, the quiet mark; none: nothing special. */
  silences: z.array(Silence),
  segments: z.array(z.object({ id: z.string(), name: z.string(), since: Instant })).optional(),
  orders: z.object({ count: z.number(), amountFen: z.number(), lastAt: Instant.nullable() }).optional(),
  firstSeenAt: Instant,
  /** How the identifiers came to be one person, newest last. */
  evidence: z
    .array(z.object({ a: Identifier, b: Identifier, rule: Words, source: z.string(), at: Instant }))
    .optional(),
});
export type Person = z.infer<typeof Person>;

export const FamilyRow = z.object({
  id: z.string(),
  person: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  children: z.array(
    z.object({
      id: z.string(),
      stage: Stage.nullable(),
      ageDays: z.number(),
      source: z.enum(["stated", "inferred"]),
      /** Of a guess, how sure it is; a guess is no fact, and only there where no child was stated. */
      confidence: z.number().optional(),
    }),
  ),
  orders: z.number(),
  amountFen: z.number(),
  lastSeenAt: Instant.nullable(),
  /** Silence is kept for this family; only said where it is. */
  quiet: z.literal(true).optional(),
});
export type FamilyRow = z.infer<typeof FamilyRow>;
export const FamilyPage = pageOf(FamilyRow).extend({ total: z.number() });
export type FamilyPage = z.infer<typeof FamilyPage>;

export const TimelineEntry = z.object({
  id: z.string(),
  at: Instant,
  name: z.string(),
  source: z.string(),
  amountFen: z.number().nullable(),
  quantity: z.number().nullable(),
  marks: z.array(z.string()),
  /** The same in words. */
  markWords: z.array(Words),
  properties: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
export const Timeline = pageOf(TimelineEntry);

/** What the masks hide, for callers with people:reveal; each look is logged. */
export const RevealedPerson = z.object({
  id: z.string(),
  name: z.string().nullable(),
  identifiers: z.array(Identifier),
  /** Only those that identify, e.g. the address. */
  traits: z.record(z.string(), z.unknown()),
  children: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
});
export type RevealedPerson = z.infer<typeof RevealedPerson>;
