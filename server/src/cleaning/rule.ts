import type { Words } from "@stork/contract/common.ts";
import type { Address } from "./divisions.ts";
import type { EnumerationField } from "./enumeration-fields.ts";
import type { LearnedBounds } from "./limits.ts";
import type { Mark } from "./marks.ts";
import type { NoteCode } from "./notes.ts";
import type { LineSeen, OrderSeen } from "./orders-seen.ts";
import type { Pack } from "./pack.ts";

/** What a rule that reads one value makes of it. All of them survive JSON. */
export interface RuleValues {
  /** E.164: +8613912345671. With the note `masked` the masked form, which names nobody: 138****1234. */
  phone: string;
  email: string;
  /** The keyed hash of the number; the number itself goes no further. */
  "id-number": string;
  /** Milliseconds since 1970; shown as ISO 8601 with the zone's offset. */
  instant: number;
  /** YYYY-MM-DD. */
  date: string;
  /** Official divisions down to the town or subdistrict; house and door are personal and not in it. */
  address: Address;
  "person-name": string;
  text: string;
  encoding: string;
  money: Money;
  quantity: number;
  pack: Pack;
  enumeration: string;
}

/** What a rule that compares rows with each other, or fields of one row, looks at. */
export interface RuleRows {
  bounds: LineSeen;
  duplicates: OrderSeen;
  "test-orders": OrderSeen;
}

export type ValueRuleId = keyof RuleValues;
export type RowsRuleId = keyof RuleRows;
export type RuleId = ValueRuleId | RowsRuleId;

/** Hundredths of the currency (fen for CNY). */
export interface Money {
  readonly fen: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** What the sender, the column and the workspace say about a value. Built once for a column, not for a cell. */
export interface RuleContext {
  /** For times that say no zone: Asia/Shanghai. */
  readonly zone: string;
  readonly now: number;
  /** The workspace's keyed hash, for what is kept only as such. */
  readonly hash?: ((text: string) => string) | undefined;
  /** Whether 03/04/2026 is 3 April (true) or March 4 (false); unknown: read if only one is possible, else marked. */
  readonly dayFirst?: boolean | undefined;
  /** What an amount without a sign counts: yuan unless the column says fen. */
  readonly unit?: "yuan" | "fen" | undefined;
  readonly currency?: string | undefined;
  /** Counts of a warehouse (stock, purchase orders): nought and thousands are usual there. */
  readonly bulk?: boolean | undefined;
  /** A time that may lie ahead (an expected arrival) is not impossible there. */
  readonly planned?: boolean | undefined;
  /** Which list of codes `enumeration` reads. */
  readonly field?: EnumerationField | undefined;
  /** What people decided about a source's own codes: { "0": "female" }. */
  readonly codes?: Readonly<Record<string, string>> | undefined;
  /** Bounds learned from what arrived before, by category. */
  readonly learned?: LearnedBounds | undefined;
  /** Traditional characters to simplified ones; only for what is compared (categories, titles), never for names. */
  readonly simplify?: boolean | undefined;
}

/** A value was read, perhaps put right, perhaps odd; or it cannot be read. The raw one stays with whoever asked. */
export type Cleaned<Value> =
  | {
      readonly value: Value;
      readonly changed: boolean;
      /** What was done to it, or seen in it. */
      readonly note?: NoteCode;
      readonly marks?: readonly Mark[];
    }
  | { readonly unreadable: NoteCode };

interface Rule<Id> {
  readonly id: Id;
  readonly label: Words;
  /** One sentence: what it does. */
  readonly what: Words;
}

/** Pure, never throws, and reads what it wrote as the same. */
export interface ValueRule<Id extends ValueRuleId> extends Rule<Id> {
  /** Whether what is written identifies somebody, and is masked wherever it is shown. */
  readonly personal: boolean;
  /** For documents and previews: what is written, and what becomes of it. */
  readonly examples: readonly Example[];
  clean(value: string, context: RuleContext): Cleaned<RuleValues[Id]>;
  /** The value as a person reads it. */
  show(value: RuleValues[Id], context: RuleContext): string;
}

export interface Example {
  readonly written: string;
  readonly context?: Partial<RuleContext>;
  /** `show` of the value, or the code of why it cannot be read. */
  readonly becomes: string;
}

/** A row that stands out: its place among those given, what was seen, and the row it is compared with. */
export interface Finding {
  readonly row: number;
  readonly note: NoteCode;
  readonly marks: readonly Mark[];
  readonly of?: number;
}

/** Looks at rows together. Pure, never throws; a row is found, never taken away. */
export interface RowsRule<Id extends RowsRuleId> extends Rule<Id> {
  find(rows: readonly RuleRows[Id][], context: RuleContext): Finding[];
}

export type CleaningRule<Id extends RuleId> = Id extends ValueRuleId
  ? ValueRule<Id>
  : Id extends RowsRuleId
    ? RowsRule<Id>
    : never;
