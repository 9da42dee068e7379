import type { Mark } from "../../cleaning/marks.ts";
import type { Item } from "../../events/event.ts";
import type { StatedRecord } from "../../records/record.ts";
import type { Slice } from "./slice.ts";
import type { TextColumn } from "./text-column.ts";

/** A slice as it goes from thread to thread. */
export type SentSlice = Omit<Slice, "records" | "ofChildren" | "letGo"> & { records: Packed };

/**
 * Records on their way from the reading thread, column by column. As objects each would carry the names of its fields
 * along, and thousands of small objects would be copied, held and collected on both sides; so the other side makes them
 * only when it looks. Columns of numbers and texts change hands as they are; words and items that many records share go
 * over once.
 */
export interface Packed {
  readonly kind: StatedRecord["kind"] | "";
  /** Namespaces, parts, names of events and reasons: each once. */
  readonly words: readonly string[];
  readonly rows: Column;
  readonly occurrences: Column;
  /** The word why a record was refused; that of "": it was not. */
  readonly refused: Column;
  readonly keys: TextColumn;
  /** A word each. */
  readonly parts: Column;
  /** Which record, and everything it says, as hashes; empty where the reader had no key for them. */
  readonly ids: BigUint64Array<ArrayBuffer>;
  readonly contents: BigUint64Array<ArrayBuffer>;
  /** NaN: not said. */
  readonly changedAt: Float64Array<ArrayBuffer>;
  readonly at: Float64Array<ArrayBuffer>;
  /** Those of record i from `firstIdentifier[i]` on. */
  readonly namespaces: Column;
  readonly identifiers: TextColumn;
  readonly firstIdentifier: Column;
  /** The word "" for none. */
  readonly otherNamespaces: Column;
  readonly others: TextColumn;
  readonly fields: TextColumn;
  /** JSON, as it is hashed. */
  readonly said: TextColumn;
  /** Whether any of it speaks of a child. */
  readonly ofChildren: boolean;
  readonly marks: (readonly Mark[])[];
  readonly firstEvent: Column;
  readonly events: PackedEvents;
}

type Column = Uint32Array<ArrayBuffer>;

export interface PackedEvents {
  /** The words of name and which after each other. */
  readonly names: Column;
  readonly orderIds: TextColumn;
  readonly properties: TextColumn;
  /** At, fen and quantity after each other. */
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly items: (readonly Item[])[];
  /** Whether the records say their events at all. */
  readonly are: boolean;
}

/** What of a slice changes hands without being copied. */
export const movedOf = ({ events, ...packed }: Packed): ArrayBuffer[] =>
  [packed, events].flatMap((columns) =>
    Object.values(columns).flatMap((column) => {
      if (ArrayBuffer.isView(column)) return [column.buffer as ArrayBuffer];
      if (column !== null && typeof column === "object" && "ends" in column)
        return [column.bytes.buffer, column.ends.buffer];
      return [];
    }),
  );
