import type { Words } from "@stork/contract/common.ts";
import type { RecordKindId } from "@stork/contract/records.ts";
import type { EnumerationField } from "../cleaning/enumeration-fields.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { ValueRuleId } from "../cleaning/rule.ts";
import type { StatedRecord } from "../records/record.ts";
import type { Besides } from "./besides.ts";
import type { PlainOrder } from "./plain-order.ts";
import type { FileRow } from "./reading/row.ts";
import type { RefusedRow } from "./refused-rows.ts";
import type { Tell } from "./tell.ts";

/** Something a column of a file can be. */
export interface Target {
  id: string;
  label: Words;
  required: boolean;
  /** Not required where this other one is there: an article is known by its code or by its title. */
  unless?: string;
  /** Headers it is recognised by; case, blanks, brackets and underscores do not matter. */
  aliases: readonly string[];
  /** Masked in the preview. */
  personal?: boolean;
  /** The cleaning rule that reads it; none: kept as it is. */
  rule?: ValueRuleId;
  /** What `enumeration` reads. */
  field?: EnumerationField;
  /** What an amount without a sign counts; yuan unless said. */
  unit?: "fen";
  /** Pieces in a warehouse, where thousands are nothing odd. */
  bulk?: true;
  /** A time that may lie ahead. */
  planned?: true;
}

/** A row by target; absent cells are "". */
export type Row = Readonly<Record<string, string>>;

export interface RowContext {
  /** For times that say no zone. */
  zone: string;
  now: number;
  /** Told of every value that a rule has read, when somebody counts. */
  tell?: Tell;
  /** Whether whoever is told wants to know how often only, not what was written and what became of it. */
  countsOnly?: boolean;
  /** The workspace's keyed hash, where one is at hand: what is kept only as such is left out without it. */
  hash?: (text: string) => string;
}

/** Reads the records that nothing stands out in, which nearly all are, in a quicker way. */
export interface PlainReader {
  /** null: something does, and it is for `read`; nothing was told of it then. */
  read(rows: readonly FileRow[]): PlainOrder | null;
}

/** One kind of file that a preset reads. Pure: it runs in worker threads, found there by the preset's and its own id. */
export interface RecordKind {
  id: string;
  label: Words;
  /** What its rows become. */
  record: RecordKindId;
  targets: readonly Target[];
  /** Rows of one slice that say the same under these targets are one record (the lines of an order). */
  together: readonly string[] | null;
  /** What is read of each of the rows that are one record; of the rest the first row is asked alone. All, when absent. */
  ofEach?: readonly string[];
  read(rows: readonly Row[], context: RowContext): StatedRecord | { refused: RefusedRow };
  /** A reader for one reading of a file whose targets stand in these columns; null: all of it goes the usual way. */
  plain?(places: readonly (readonly [string, number])[], context: RowContext): PlainReader | null;
  /** What is seen only where records stand beside each other, those of one slice: more marks, by a record's place. */
  among?(records: Besides, context: RowContext): ReadonlyMap<number, readonly Mark[]>;
  /**
   * Rows have no number of their own but what they say: equal rows of one file are so many records, and their number
   * among equals becomes part of the key.
   */
  repeats: boolean;
  /** Counts different persons under this name. */
  personsAs: string | null;
}

/** A source's files, as it exports them. Kinds are read in this order, whatever the order of the files. */
export interface Preset {
  id: string;
  name: Words;
  description: Words;
  /** Whose format it is. */
  platform: string;
  kinds: readonly RecordKind[];
}
