import { z } from "zod";
import { Instant, pageOf, Words } from "./common.ts";

/**
 * What can have an entry: an event, a property of an event, a trait of a person, a kind of record that a company's systems
 * hold, a field of one, a tag (what Stork works out of the others), a figure.
 */
export const EntryKind = z.enum(["event", "property", "trait", "record", "field", "tag", "metric"]);
export type EntryKind = z.infer<typeof EntryKind>;

/** `date` is a text that reads as a date or time; `mixed` is said by nobody, it is what disagreement looks like. */
export const ValueType = z.enum(["text", "number", "boolean", "date", "list", "object"]);
export type ValueType = z.infer<typeof ValueType>;

/**
 * How careful to be: `public` may be shown to anybody; `internal` is the company's own; `personal` says who somebody
 * is; `sensitive` is a child's or a body's (PIPL article 28: every fact of one under fourteen is).
 */
export const Sensitivity = z.enum(["public", "internal", "personal", "sensitive"]);
export type Sensitivity = z.infer<typeof Sensitivity>;

/** `built-in` is known to Stork, `learned` only seen to arrive, `confirmed` by a person, `retired` no longer wanted. */
export const EntryStatus = z.enum(["built-in", "learned", "confirmed", "retired"]);
export type EntryStatus = z.infer<typeof EntryStatus>;

/** What people say of an entry. An empty text takes back what was said. */
export const SaidOfEntry = z.object({
  label: Words.partial().optional(),
  meaning: Words.partial().optional(),
  unit: z.string().max(40).optional(),
  type: ValueType.nullable().optional(),
  sensitivity: Sensitivity.optional(),
  owner: z.string().max(80).optional(),
});
export type SaidOfEntry = z.infer<typeof SaidOfEntry>;
export const ChangeEntry = SaidOfEntry.extend({
  status: z.enum(["learned", "confirmed", "retired"]).optional(),
});

export const TaskKind = z.enum([
  /** The same name arrives with different types of value. */
  "type-conflict",
  /** A name nobody has explained. */
  "no-meaning",
  /** Looks like a slip for a name that is known. */
  "look-alike",
  /** Arrives although it was retired. */
  "retired-arrives",
  /** A segment speaks of it, and it has never arrived. */
  "never-arrived",
]);
export type TaskKind = z.infer<typeof TaskKind>;

export const DictionaryTask = z.object({
  id: z.string(),
  kind: TaskKind,
  entry: z.string(),
  label: Words,
  text: Words,
  /** For a look-alike: the entry that was probably meant, where there is one of that name. */
  suggestion: z.string().nullable(),
  /** How many rows have it. */
  rows: z.number(),
});
export type DictionaryTask = z.infer<typeof DictionaryTask>;
export const DismissTask = z.object({ why: z.string().trim().min(1).max(300) });

export const SeenFrom = z.object({
  source: z.object({ id: z.string(), name: z.string() }),
  rows: z.number(),
  /** Of the values looked at, how many were of each type; `empty` counts nulls and empty texts. */
  types: z.record(z.string(), z.number()),
  firstAt: Instant,
  lastAt: Instant,
});
export type SeenFrom = z.infer<typeof SeenFrom>;
export const UsedBy = z.object({
  kind: z.enum(["segment", "campaign", "journey", "metric"]),
  id: z.string(),
  name: Words,
});
export type UsedBy = z.infer<typeof UsedBy>;

export const DictionaryEntry = z.object({
  /**
   * `event:Order Completed`, `property:Order Completed/total`, `trait:city`, `record:order`, `record:order/amountFen`,
   * `tag:stage`, `metric:gmv`.
   */
  id: z.string(),
  kind: EntryKind,
  /** The event a property belongs to, or the kind of record a field belongs to. */
  event: z.string().nullable(),
  name: z.string(),
  label: Words.nullable(),
  meaning: Words.nullable(),
  type: ValueType.nullable(),
  unit: z.string().nullable(),
  sensitivity: Sensitivity,
  owner: z.string().nullable(),
  status: EntryStatus,
  seenFrom: z.array(SeenFrom),
  rows: z.number(),
  lastAt: Instant.nullable(),
  usedBy: z.array(UsedBy),
  tasks: z.array(DictionaryTask),
});
export type DictionaryEntry = z.infer<typeof DictionaryEntry>;
export const DictionaryPage = pageOf(DictionaryEntry).extend({
  total: z.number(),
  counts: z.record(z.string(), z.number()),
});

/** One change, with what was said before and after. */
export const EntryChange = z.object({
  at: Instant,
  by: z.string(),
  before: ChangeEntry,
  after: ChangeEntry,
});
export const EntryWithHistory = DictionaryEntry.extend({ history: z.array(EntryChange) });

/** From where a value comes to where it is used. `level` is the column it stands in, from left to right. */
export const LineageNode = z.object({
  id: z.string(),
  kind: z.enum([
    "source",
    "column",
    "record",
    "field",
    "event",
    "property",
    "trait",
    "tag",
    "metric",
    "segment",
    "campaign",
    "journey",
  ]),
  level: z.number(),
  name: z.string(),
  label: Words.nullable(),
});
export type LineageNode = z.infer<typeof LineageNode>;
export const Lineage = z.object({
  nodes: z.array(LineageNode),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  /** True when the picture of everything was cut short; ask for one entry. */
  cut: z.boolean(),
});
export type Lineage = z.infer<typeof Lineage>;
