import type { Words } from "@stork/contract/common.ts";
import type { RecordInput, RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { Fields, RecordEvent, StatedRecord } from "./record.ts";
import type { RefusedRecordCode } from "./refused-records.ts";

export interface StateContext {
  /** For times that say no zone. */
  readonly zone: string;
  readonly now: number;
  /** What the reader found before; odd values it has already marked. */
  readonly marks?: readonly Mark[];
  /** Where the natural key is not the kind's own: rows that have none but their content. */
  readonly key?: string;
  readonly part?: string;
}

export interface RefusedRecord {
  readonly refused: RefusedRecordCode;
  /** The field it is about. */
  readonly path: string;
}

/** A kind of record, as the questions it must answer. Pure. */
export interface Kind<Id extends RecordKindId> {
  readonly id: Id;
  readonly label: Words;
  /** What makes it the same record, in words. */
  readonly keyed: Words;
  /** The names of the events it tells, after the Segment e-commerce spec where that has one. */
  readonly events: readonly string[];
  /** A record about nobody is refused. */
  readonly needsSomebody: boolean;
  /** The key identifies somebody (a member number) and is kept as a hash. */
  readonly personalKey: boolean;
  /** Whether its events are held against the ages of the person's children. */
  readonly checksAge: boolean;
  /** Puts what was sent into the canonical form. */
  state(input: RecordInput<Id>, context: StateContext): StatedRecord | RefusedRecord;
  /** The events that a record in this state tells of. */
  tells(fields: Fields): RecordEvent[];
}

export const isRefusedRecord = (stated: StatedRecord | RefusedRecord): stated is RefusedRecord =>
  "refused" in stated;
