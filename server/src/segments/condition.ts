import type { Words } from "@stork/contract/common.ts";
import type { Condition, ConditionKind } from "@stork/contract/segments.ts";
import type { ChildDates } from "../catalog/stages.ts";
import type { Statement } from "../platform/clickhouse.ts";

/** The condition of one kind (`all` and `any` share their shape). */
export type Of<K extends ConditionKind> = ShapeOf<Condition, K>;
type ShapeOf<C, K> = C extends { kind: infer Kinds } ? (K extends Kinds ? C : never) : never;

/** What a condition is asked about: when, where, and which saved segments it may mention. */
export interface Moment {
  now: Date;
  /** Today's date in the workspace's time zone. */
  today: string;
  segments: ReadonlyMap<string, SavedSegment>;
}

export interface SavedSegment {
  name: string;
  where: Condition;
}

/** Where a query looks: one workspace, and either everybody or the persons who own some nodes. */
export interface Place extends Moment {
  workspace: number;
  /** The person of a node, as an expression over the column `node`. */
  person: Statement;
  /** Appended to a `where`: empty, or ` and node in […]`. */
  restriction: Statement;
}

/** All that is known of one person, for the evaluator in memory. */
export interface Facts {
  events: readonly EventFact[];
  traits: readonly TraitFact[];
  children: readonly ChildDates[];
  /** Children guessed from purchases, for conditions that ask for them. */
  guessed?: readonly (ChildDates & { readonly confidence: number })[];
}
export interface EventFact {
  name: string;
  at: Date;
  orderId: string;
  amountFen: number;
  quantity: number;
  items: readonly { sku: string; category: string }[];
  excluded: boolean;
  properties: Readonly<Record<string, unknown>>;
}
export interface TraitFact {
  node: number;
  key: string;
  value: string;
  at: Date;
}

/** A mistake in a condition, by its place in it. */
export interface Problem {
  path: readonly (string | number)[];
  message: Words;
}

/** What a condition speaks of, so that words nobody has ever used can be pointed out. */
export type Mention =
  | { event: string; property?: string }
  | { trait: string }
  | { tag: TagName }
  | { segment: string };

/** What is worked out of what was said and bought, and asked for under a name of its own. */
export type TagName = "stage" | "child-age" | "guessed-age";

/** When the answer can change although nothing new is heard of the person. */
export type TimeSense = "never" | "daily" | "always";

/** One input of a kind's form; the console draws it without knowing the kind. */
export interface Field {
  name: string;
  label: Words;
  input:
    | "conditions"
    | "condition"
    | "event"
    | "trait"
    | "operator"
    | "value"
    | "filters"
    | "comparison"
    | "total"
    | "days"
    | "stages"
    | "segment";
  required: boolean;
}

/** The questions that a kind of condition answers. */
export interface Meaning<K extends ConditionKind> {
  label: Words;
  form: readonly Field[];
  /** The conditions inside, with their place. */
  parts(condition: Of<K>): readonly { path: readonly (string | number)[]; part: Condition }[];
  /** Selects `person` of those for whom it holds, each once. */
  query(condition: Of<K>, place: Place, inner: (part: Condition) => Statement): Statement;
  /** The same in memory; a test compares both on random families. */
  holds(condition: Of<K>, facts: Facts, moment: Moment, inner: (part: Condition) => boolean): boolean;
  /** How it reads; `inner` gives parts ready to stand inside a longer sentence. */
  sentence(condition: Of<K>, inner: (part: Condition) => Words, moment: Pick<Moment, "segments">): Words;
  problems(condition: Of<K>, moment: Pick<Moment, "segments">): readonly Problem[];
  warnings(condition: Of<K>): readonly Words[];
  mentions(condition: Of<K>): readonly Mention[];
  timeSense(condition: Of<K>): TimeSense;
  /** In every way that it holds, through a child of theirs whose dates are known. */
  throughChild(
    condition: Of<K>,
    inner: (part: Condition) => boolean,
    moment: Pick<Moment, "segments">,
  ): boolean;
  /** How many days of events it has to see; 0 when none, Infinity when all. */
  looksBackDays(condition: Of<K>): number;
}

/** The answers of a kind that has nothing inside and nothing to say. */
export const plain = {
  parts: () => [],
  problems: () => [],
  warnings: () => [],
  mentions: () => [],
  timeSense: (): TimeSense => "never",
  throughChild: () => false,
  looksBackDays: () => 0,
};
