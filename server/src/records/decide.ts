import type { RecordOutcome } from "./record.ts";
import { currentOf, type Version } from "./version.ts";

/** A statement on its way in, as far as deciding needs it. */
export interface Statement {
  readonly part: string;
  readonly hash: string;
  /** null: when it is received. */
  readonly changedAt: number | null;
  readonly import: number;
  readonly received: number;
}

export interface Decision {
  readonly outcome: Exclude<RecordOutcome, "nobody">;
  /** The place of the version to be kept; null: nothing new is said. */
  readonly keep: { readonly changed: number; readonly stamp: number } | null;
  /** Whether what counts may have changed, so that events are to be told again. */
  readonly touches: boolean;
  /** The version that says the same already. */
  readonly same: Version | null;
}

/** A copy that arrives this soon after may be a retry whose first try died between its steps: its events are told again. */
const retryMs = 10 * 60_000;

/**
 * What becomes of a statement about a record of which these versions are known. The newest by `changed` counts, then
 * the one said last. Word for word the same as what counts is unchanged; but
 * - said to have been changed later, it is kept: something between the two may still arrive;
 * - said by another import, it is kept: when the first import is undone, this one still says so.
 */
export function decide(known: readonly Version[], stated: Statement): Decision {
  const stamp = known.reduce((latest, version) => Math.max(latest, version.stamp + 2), stated.received);
  const newest = currentOf(known).get(stated.part);
  const changed = stated.changedAt ?? stated.received;
  if (newest === undefined) return { outcome: "added", keep: { changed, stamp }, touches: true, same: null };
  const same =
    newest.hash === stated.hash && (stated.changedAt === null || stated.changedAt === newest.changed)
      ? newest
      : known.find(
          (version) =>
            !version.undone &&
            version.part === stated.part &&
            version.hash === stated.hash &&
            version.changed === stated.changedAt,
        );
  if (same !== undefined) return repeated(known, same, stated, stamp);
  const keep = { changed, stamp };
  if (changed < newest.changed) return { outcome: "older", keep, touches: false, same: null };
  if (newest.hash === stated.hash) return { outcome: "unchanged", keep, touches: false, same: newest };
  return { outcome: "changed", keep, touches: true, same: null };
}

function repeated(known: readonly Version[], same: Version, stated: Statement, stamp: number): Decision {
  const saidByIt = (version: Version): boolean =>
    !version.undone &&
    version.part === same.part &&
    version.hash === same.hash &&
    version.changed === same.changed &&
    version.import === stated.import;
  const keep = stated.import === 0 || known.some(saidByIt) ? null : { changed: same.changed, stamp };
  const touches = stated.import === 0 && stated.received - same.received < retryMs;
  return { outcome: "unchanged", keep, touches, same };
}
