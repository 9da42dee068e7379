import type { RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import { type Decision, decide } from "./decide.ts";
import { kinds } from "./kinds.ts";
import type { RecordOrigin, StatedRecord } from "./record.ts";
import type { RecordHash } from "./record-hash.ts";
import type { NewVersion, Version } from "./version.ts";

/** A record on its way in. */
export interface Taken {
  readonly record: StatedRecord;
  readonly id: string;
  readonly hash: string;
  decision: Decision;
  /** 0: nobody. */
  node: number;
  marks: readonly Mark[];
}

/** A record in one text: kinds may use the same id. */
export const recordKey = (kind: RecordKindId, id: string): string => `${kind} ${id}`;

/** Gives every record its hashes. */
export function hashed(records: readonly StatedRecord[], hash: RecordHash): Omit<Taken, "decision">[] {
  return records.map((record) => ({
    record,
    id: record.hashes?.id ?? hash.id(record.kind, record.key),
    hash: record.hashes?.content ?? hash.content(record),
    node: 0,
    marks: record.marks,
  }));
}

/**
 * Decides a batch in its order, each against what is known and what went before it in the batch. What this very batch
 * wrote in a try that was cut off does not count as known, so that its repetition comes to the same.
 */
export function decideAll(
  taken: readonly Omit<Taken, "decision">[],
  known: ReadonlyMap<string, readonly Version[]>,
  origin: RecordOrigin,
): { taken: Taken[]; before: Map<string, Version[]> } {
  const { import: importId, received } = origin;
  const isMine = (version: Version) =>
    importId !== 0 && version.import === importId && version.received === received;
  const now = new Map<string, Version[]>();
  const before = new Map<string, Version[]>();
  const decided = taken.map((one): Taken => {
    const { record, id, hash } = one;
    const key = recordKey(record.kind, id);
    let versions = now.get(key);
    if (versions === undefined) {
      versions = (known.get(key) ?? []).filter((version) => !isMine(version));
      now.set(key, versions);
      if (versions.length > 0) before.set(key, [...versions]);
    }
    const { part, changedAt } = record;
    const decision = decide(versions, { part, hash, changedAt, import: importId, received });
    if (decision.keep !== null)
      versions.push({
        ...{ part, hash, received, import: importId, source: origin.source, ...decision.keep },
        ...{ node: 0, at: record.at ?? received, undone: false },
      });
    return { ...one, decision, node: decision.same?.node ?? 0 };
  });
  return { taken: decided, before };
}

/** The version to be written of a record; null: none is. */
export function versionOf(
  { record, id, hash, decision, node, marks }: Taken,
  origin: RecordOrigin,
): NewVersion | null {
  if (decision.keep === null) return null;
  return {
    kind: record.kind,
    id,
    key: kinds[record.kind].personalKey ? "" : record.key,
    part: record.part,
    ...decision.keep,
    received: origin.received,
    hash,
    import: origin.import,
    source: origin.source,
    node,
    at: record.at ?? origin.received,
    undone: false,
    fields: record.fields,
    marks,
  };
}
