import type { RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { Event, Said } from "../events/event.ts";
import type { Identifier } from "../people/identity.ts";

/** An event that a record tells of: an order was paid, a ticket opened. */
export type RecordEvent = Pick<
  Event,
  "at" | "name" | "orderId" | "amountFen" | "quantity" | "items" | "properties"
>;

/**
 * A record of one of a company's systems (an order, a member, a day's spend), read and cleaned, from whichever side it
 * came: a file, the API. Nothing in it identifies anybody outside `identifiers` and `said`.
 */
export interface StatedRecord {
  readonly kind: RecordKindId;
  /** The natural key: what makes it the same record in another file or call. One workspace, one kind, one key. */
  readonly key: string;
  /** When the sender last changed it, in milliseconds since 1970: the newest wins. null: when it was received. */
  readonly changedAt: number | null;
  /** Whom it is about; none for a product, stock, spend. */
  readonly identifiers: readonly Identifier[];
  /** The canonical fields of its kind, without what identifies. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly events: readonly RecordEvent[];
  /** What it says of the person: traits, children, consents. */
  readonly said: readonly Said[];
  readonly marks: readonly Mark[];
}

/** Where records come from. `import` is 0 for the API. */
export interface RecordOrigin {
  readonly workspace: number;
  readonly source: number;
  readonly import: number;
  /** Milliseconds since 1970. */
  readonly received: number;
}

/**
 * What became of a record: new, a newer version of one that is known, word for word the same, older than what is known
 * (kept as history), or about nobody that can be found although its kind needs somebody.
 */
export type RecordOutcome = "added" | "changed" | "unchanged" | "older" | "nobody";
