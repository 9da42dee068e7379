import type { TextColumn } from "../events/text-column.ts";
import type { StatedRecord } from "./record.ts";

type Words = Uint32Array<ArrayBuffer>;
type Numbers = Float64Array<ArrayBuffer>;
type Hashes = BigUint64Array<ArrayBuffer>;

/**
 * Records on their way from the thread that reads a file, column by column. As objects each would carry the names of its
 * fields along, and thousands of small objects would be copied, held and collected on both sides. Columns of numbers and
 * texts change hands as they are, and of records that are plainly new go on as they are to the engine.
 */
export interface PackedRecords {
  readonly kind: StatedRecord["kind"] | "";
  /** Namespaces, parts, marks, categories, names of events: each once. Others name it by its place. */
  readonly words: readonly string[];
  readonly keys: TextColumn;
  readonly parts: Words;
  /** Which record, and everything it says, as hashes; empty where the reader had no key for them. */
  readonly ids: Hashes;
  readonly contents: Hashes;
  /** NaN: not said. */
  readonly changedAt: Numbers;
  readonly at: Numbers;
  /** Those of record i from `firstIdentifier[i]` on; the same of all that a record has several of. */
  readonly firstIdentifier: Words;
  readonly namespaces: Words;
  readonly identifiers: TextColumn;
  /** The word "" for none. */
  readonly otherNamespaces: Words;
  readonly others: TextColumn;
  readonly fields: TextColumn;
  /** JSON, as it is hashed; "" for nothing. */
  readonly said: TextColumn;
  readonly traits: PackedTraits;
  readonly firstMark: Words;
  readonly marks: Words;
  readonly firstEvent: Words;
  readonly events: PackedEvents;
}

/** The traits that records say of their persons and nothing besides, split as `splitTraits` does (people/traits.ts). */
export interface PackedTraits {
  readonly firstPlain: Words;
  readonly plainKeys: Words;
  readonly plainTexts: TextColumn;
  readonly firstSealed: Words;
  readonly sealedKeys: Words;
  /** JSON. */
  readonly sealedTexts: TextColumn;
}

/** The events that the records tell of. */
export interface PackedEvents {
  /** Whether the records say their events at all. */
  readonly are: boolean;
  readonly names: Words;
  readonly which: Words;
  /** Which event of which record; empty where the reader had no key for hashes. */
  readonly messages: Hashes;
  /** NaN: when its record happened. */
  readonly at: Numbers;
  readonly amountFen: Numbers;
  readonly quantity: Numbers;
  readonly orderIds: TextColumn;
  readonly properties: TextColumn;
  readonly firstItem: Words;
  readonly skus: TextColumn;
  readonly categories: Words;
  readonly quantities: Numbers;
  readonly amounts: Numbers;
}
