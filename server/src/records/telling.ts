import type { RecordKindId } from "@stork/contract/records.ts";
import { isExcluded, type Mark } from "../cleaning/marks.ts";
import type { CommittedRow } from "../events/commit.store.ts";
import type { Identifier } from "../people/identity.ts";
import { eventsOf, formerPlaces, placeKey, placesOf, type Whole, wholeOf } from "./derive.ts";
import type { RecordHash } from "./record-hash.ts";
import type { ToldPlace } from "./told-events.store.ts";
import type { WholeVersion } from "./version.ts";

/** The events of a record as it counts now. */
export function tellWhole(
  hash: RecordHash,
  workspace: number,
  record: { kind: RecordKindId; id: string; identifiers?: readonly Identifier[] },
  whole: Whole,
  stamp: number,
): CommittedRow[] {
  if (whole.node === 0) return [];
  const { source, import: importId } = whole.main;
  const origin = { workspace, source, import: importId, received: stamp };
  const marks: readonly Mark[] = whole.marks;
  return eventsOf(record.kind, whole).map(({ which, ...event }) => ({
    event: {
      ...event,
      identifiers: record.identifiers ?? [],
      rule: "same-row",
      message: hash.message(record.id, event.name, which),
      type: "track",
      marks,
      excluded: isExcluded(marks),
      said: [],
    },
    node: whole.node,
    origin,
  }));
}

/** What is to be told of a record with a history: its events now, and the places where former ones may stand. */
export function retell(
  hash: RecordHash,
  workspace: number,
  record: { kind: RecordKindId; id: string; identifiers?: readonly Identifier[] },
  versions: readonly WholeVersion[],
  stamp: number,
): { rows: CommittedRow[]; gone: ToldPlace[] } {
  const whole = wholeOf(versions);
  const rows = whole === null ? [] : tellWhole(hash, workspace, record, whole, stamp);
  const wanted = new Set(placesOf(record.kind, whole).map(placeKey));
  const gone: ToldPlace[] = [];
  for (const [key, { node, at, name, which }] of formerPlaces(record.kind, versions))
    if (!wanted.has(key)) gone.push({ node, at, message: hash.message(record.id, name, which) });
  return { rows, gone };
}
