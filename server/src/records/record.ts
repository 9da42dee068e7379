import type { RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { OrderBeside } from "../cleaning/orders-seen.ts";
import type { Event, Said } from "../events/event.ts";
import type { Text } from "../events/utf8.ts";
import type { Identifier } from "../people/identity.ts";

/** An event that a record tells of: an order was paid, a ticket opened. */
export type RecordEvent = Pick<Event, "at" | "name" | "orderId" | "amountFen" | "quantity" | "items"> & {
  /** JSON, without what identifies. */
  readonly properties: Text;
  /** Tells several of one name apart: the second refund of an order. */
  readonly which: string;
};

/** The canonical fields of a record as an object; instants are ISO 8601, money is fen under a name ending in Fen. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a record says of its person; changes of profiles come live only. */
export type RecordSaid = Exclude<Said, { kind: "profile" }>;

/**
 * A record of one of a company's systems (an order, a member, a day's spend), read and cleaned, from whichever side it
 * came: a file, the API. Nothing in it identifies anybody outside `identifiers`, `otherwise`, `said` and, of kinds
 * whose key is personal, `key`. It is plain data: it travels between threads.
 */
export interface StatedRecord {
  readonly kind: RecordKindId;
  /** The natural key: what makes it the same record in another file or call. One workspace, one kind, one key. */
  readonly key: string;
  /** "" for the record or its main part; "lines" for what a report of lines says of it. Parts are read as one. */
  readonly part: string;
  /** When the sender last changed it, in milliseconds since 1970: the newest wins. null: when it was received. */
  readonly changedAt: number | null;
  /** When it happened, in milliseconds since 1970; null: when it was received. */
  readonly at: number | null;
  /** Whom it is about; none for a product, stock, spend. */
  readonly identifiers: readonly Identifier[];
  /** Whom it is kept under when nobody can be found in the identifiers: an order of a masked buyer is still an order. */
  readonly otherwise: Identifier | null;
  /** The canonical fields of its kind as JSON, without what identifies. */
  readonly fields: Text;
  /** What it says of the person: traits, children, consents. */
  readonly said: readonly RecordSaid[];
  /** The same as JSON, "" for nothing, where it is at hand. */
  readonly saidText?: string;
  readonly marks: readonly Mark[];
  /** The hashes of exactly what stands here (RecordHash), where whoever read it made them. */
  readonly hashes?: { readonly id: string; readonly content: string } | undefined;
  /**
   * The events that its fields tell of, where whoever read it has them at hand: the same that its kind tells of the fields.
   * One without a time of its own (NaN) happened when the record did.
   */
  readonly told?: readonly RecordEvent[] | undefined;
  /** What it is compared by with those read beside it; goes no further than where it was read. */
  readonly beside?: OrderBeside;
}

/** Where records come from. `import` is 0 for the API. */
export interface RecordOrigin {
  readonly workspace: number;
  readonly source: number;
  readonly import: number;
  /** Milliseconds since 1970. A slice that is repeated after a kill says the same instant again. */
  readonly received: number;
  /** A slice of a file: cut off anywhere, it is done again as a whole at the same instant. */
  readonly isSlice?: boolean;
}

/**
 * What became of a record: new, a newer version of one that is known, word for word the same, older than what is known
 * (kept as history), or about nobody that can be found although its kind needs somebody.
 */
export type RecordOutcome = "added" | "changed" | "unchanged" | "older" | "nobody";

/** What became of a record, and where it is kept. */
export interface Committed {
  readonly outcome: RecordOutcome;
  /** Whom it is about; null: nobody. */
  readonly node: number | null;
  /** Its own, and those that only the store can see (age-impossible). */
  readonly marks: readonly Mark[];
  /** Whether an earlier batch of this very import said the same. */
  readonly again: boolean;
}
