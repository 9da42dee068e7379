import type { Words } from "@stork/contract/common.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { Event, Said } from "../events/event.ts";
import type { Identifier } from "../people/identity.ts";
import type { RefusedRow } from "./refused-rows.ts";

/** Something a column of a file can be. */
export interface Target {
  id: string;
  label: Words;
  required: boolean;
  /** Headers it is recognised by; case, blanks and underscores do not matter. */
  aliases: readonly string[];
  /** Masked in the preview. */
  personal?: boolean;
}

/** A row by target; absent cells are "". */
export type Row = Readonly<Record<string, string>>;

export interface RowContext {
  /** For times that say no zone. */
  zone: string;
  now: number;
}

export type FileEvent = Pick<
  Event,
  "at" | "name" | "orderId" | "amountFen" | "quantity" | "items" | "properties"
>;
export type ChildSaid = Extract<Said, { kind: "child" }>;

/** What a row (or the rows of one order) says. */
export interface FileRecord {
  identifiers: readonly Identifier[];
  /** What makes it the same record in another file: the natural key, without what a second export would change. */
  key: string;
  events: readonly FileEvent[];
  child: ChildSaid | null;
  /** What else is said of the person. */
  said: readonly Said[];
  marks: readonly Mark[];
}

/** One kind of file that a preset reads. */
export interface RecordKind {
  id: string;
  label: Words;
  targets: readonly Target[];
  /** Rows next to each other with the same text here are one record (the lines of an order). */
  together: ((row: Row) => string) | null;
  read(rows: readonly Row[], context: RowContext): FileRecord | { refused: RefusedRow };
  /** Counts different persons under this name. */
  personsAs: string | null;
  /** Whether a purchase is held against the ages of the buyer's children. */
  checksAge: boolean;
}

/** A source's files, as it exports them. Kinds are read in this order, whatever the order of the files. */
export interface Preset {
  id: string;
  name: Words;
  description: Words;
  kinds: readonly RecordKind[];
}
