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
  /** Until it is decided: nothing new is said. */
  decision: Decision;
  /** 0: nobody. */
  node: number;
  marks: readonly Mark[];
}

/** A record in one text: kinds may use the same id. */
export const recordKey = (kind: RecordKindId, id: string): string => `${kind} ${id}`;

const undecided: Decision = { outcome: "unchanged", keep: null, touches: false, same: null };

/** What is decided of a record of which nothing is known. */
export const newlyAdded = (changedAt: number | null, received: number): Decision => ({
  outcome: "added",
  keep: { changed: changedAt ?? received, stamp: received },
  touches: true,
  same: null,
});

/** Whether a version of it is to be written. */
export const isKept = ({ decision }: Pick<Taken, "decision">): boolean => decision.keep !== null;

/** Gives every record its hashes. */
export function hashed(records: readonly StatedRecord[], hash: RecordHash): Taken[] {
  return records.map((record) => {
    const made = record.hashes;
    return {
      record,
      id: made?.id ?? hash.id(record.kind, record.key),
      hash: made?.content ?? hash.content(record),
      decision: undecided,
      node: 0,
      marks: record.marks,
    };
  });
}

/**
 * Decides a batch in its order, each against what is known and what went before it in the batch; answers what was known
 * before it. What this very batch wrote in a try that was cut off does not count as known, so that its repetition comes to
 * the same.
 */
export function decideAll(
  taken: readonly Taken[],
  known: ReadonlyMap<string, readonly Version[]>,
  origin: RecordOrigin,
): Map<string, Version[]> {
  const { import: importId, received } = origin;
  const isMine = (version: Version) =>
    importId !== 0 && version.import === importId && version.received === received;
  const now = new Map<string, Version[]>();
  const before = new Map<string, Version[]>();
  for (const one of taken) {
    const { record, id, hash } = one;
    const key = recordKey(record.kind, id);
    let versions = now.get(key);
    if (versions === undefined) {
      versions = (known.get(key) ?? []).filter((version) => !isMine(version));
      now.set(key, versions);
      if (versions.length > 0) before.set(key, [...versions]);
    }
    const { part, changedAt } = record;
    one.decision = decide(versions, { part, hash, changedAt, import: importId, received });
    const { keep, same } = one.decision;
    one.node = same?.node ?? 0;
    if (keep !== null)
      versions.push({
        ...{ part, hash, received, import: importId, source: origin.source },
        ...{ changed: keep.changed, stamp: keep.stamp, node: 0, at: record.at ?? received, undone: false },
      });
  }
  return before;
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
