import { mostSpanMs } from "../events/commit.store.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import { recordSplitTraits } from "../people/trait.store.ts";
import type { NativeRows } from "../platform/native-block.ts";
import { Chosen } from "./chosen.ts";
import {
  committedOf,
  inOrder,
  isNobody,
  type RecordsDeps,
  settle,
  toldAfter,
  toldOf,
  versionsOf,
  zoneOf,
} from "./commit-records.store.ts";
import { kinds } from "./kinds.ts";
import { halvesOf, halvesOfTexts } from "./known-ids.ts";
import { eventBlock, versionBlock } from "./packed-blocks.ts";
import type { PackedRecords } from "./packed-records.ts";
import { PackedRow } from "./packed-row.ts";
import { PackedSlice, ways } from "./packed-slice.ts";
import { traitsOfSlice } from "./packed-traits.ts";
import { findWhoseOfSlice, markAgesOfSlice, statementsOfSlice } from "./packed-whose.store.ts";
import type { Committed, RecordOrigin } from "./record.ts";
import { RecordHash, recordSalt } from "./record-hash.ts";
import { decideAll, isKept, recordKey } from "./taking.ts";
import type { Version } from "./version.ts";
import { findVersions, insertVersions } from "./versions.store.ts";
import type { Memory } from "./writer.store.ts";

/** Packed records of one kind, with their hashes and the events they tell of. */
export interface PackedBatch {
  readonly packed: PackedRecords;
  /** Whether nothing is stored of the one at a place. */
  isLeftOut(place: number): boolean;
}

export interface PackedAnswer {
  /** Whom each is about, by its place; 0: nobody. */
  readonly nodes: Float64Array;
  /** What became of those that were not plainly added, by place. */
  readonly others: ReadonlyMap<number, Committed>;
}

/**
 * Commits a slice of a file. What is plainly new goes into the engine as the columns it came in, without an object or a
 * text made of it; whatever else there is to say of a record, it goes the way of commitRecords, whose steps these are.
 */
export async function commitPacked(
  deps: RecordsDeps,
  memory: Memory,
  origin: RecordOrigin,
  { packed, isLeftOut }: PackedBatch,
): Promise<PackedAnswer> {
  const { kind } = packed;
  if (kind === "") return { nodes: new Float64Array(packed.parts.length), others: new Map() };
  const { workspace } = origin;
  const hash = new RecordHash(recordSalt(deps.vault, workspace));
  const slice = new PackedSlice(kind, packed, isLeftOut);
  const known = await findKnown(deps, memory, workspace, slice);
  const taken = slice.takeOdd(hash);
  const before = decideAll(taken, known, origin);
  await findWhoseOfSlice(deps, origin, slice, before);
  if (kinds[kind].checksAge) await markAgesOfSlice(deps, await zoneOf(deps.db, workspace), origin, slice);
  const plain = Chosen.of(slice.count, (place) => slice.way[place] === ways.plain);
  const odd = [...slice.odd.values()].filter((one) => !isNobody(one));
  const kept = odd.filter(isKept);
  await inOrder(origin, {
    async state() {
      const { rows, taken } = traitsOfSlice(slice, origin);
      await recordSplitTraits(deps, workspace, rows);
      const said = statementsOfSlice(slice, origin, taken);
      if (said.length > 0) await deps.recordStatements(workspace, said);
    },
    async keep() {
      const block = versionBlock(slice.opened, plain, slice.nodes, origin);
      await deps.clickhouse.insertNative("record_version", block);
      await insertVersions(deps.clickhouse, workspace, versionsOf(kept, origin));
      deps.onKept?.(
        origin,
        slice.keptPlaces().map((place) => slice.opened.record(place)),
      );
    },
    async tell(stated) {
      const touched = odd.filter(({ decision }) => decision.touches);
      const told = await toldOf(deps, hash, touched, before, origin);
      const { rows, block } = plainlyTold(slice, origin);
      await settle(toldAfter(deps, stated), workspace, { ...told, rows: [...rows, ...told.rows], block });
    },
  });
  memory.added(kind, halvesOf(plain.take(packed.ids)));
  memory.added(kind, halvesOfTexts(kept.map(({ id }) => id)));
  return { nodes: slice.nodes, others: othersOf(slice, origin) };
}

/** The versions known of the records, which become odd by that. */
async function findKnown(
  { clickhouse }: RecordsDeps,
  memory: Memory,
  workspace: number,
  slice: PackedSlice,
): Promise<Map<string, Version[]>> {
  const halves = halvesOf(slice.packed.ids);
  const maybe = await memory.mayKnow(slice.kind, halves);
  const ids = [...new Set(maybe.map((place) => slice.idOf(place)))];
  const known = new Map<string, Version[]>();
  for (const [id, versions] of await findVersions(clickhouse, workspace, slice.kind, ids))
    known.set(recordKey(slice.kind, id), versions);
  slice.setApart(halves, maybe, known);
  return known;
}

/** The events of the plain ones: as rows for whoever asks, and as a block where one insert may take them all. */
function plainlyTold(
  slice: PackedSlice,
  origin: RecordOrigin,
): { rows: CommittedRow[]; block: NativeRows | undefined } {
  const { opened, nodes, packed } = slice;
  const { firstEvent, events } = packed;
  const chosen = Chosen.of(slice.count, (place) => slice.way[place] === ways.plain && nodes[place] !== 0);
  const at = events.at.slice();
  const rows: CommittedRow[] = [];
  const { workspace, source, import: importId, received } = origin;
  const of = { opened, nodes, at, origin: { workspace, source, import: importId, received } };
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  chosen.forEach((record) => {
    const end = firstEvent[record + 1] as number;
    for (let event = firstEvent[record] as number; event < end; event += 1) {
      // One without a time of its own happened when the record did.
      if (Number.isNaN(at[event])) at[event] = slice.atOf(record) ?? received;
      first = Math.min(first, at[event] as number);
      last = Math.max(last, at[event] as number);
      rows.push(new PackedRow(of, record, event));
    }
  });
  const isOne = rows.length > 0 && last - first < mostSpanMs;
  return { rows, block: isOne ? eventBlock(opened, chosen, of, origin) : undefined };
}

function othersOf(slice: PackedSlice, origin: RecordOrigin): Map<number, Committed> {
  const others = new Map<number, Committed>();
  for (const [place, one] of slice.odd) others.set(place, committedOf(one, origin));
  for (const place of slice.turnedAway)
    if (!slice.odd.has(place))
      others.set(place, { outcome: "nobody", node: null, marks: slice.opened.marksOf(place), again: false });
  return others;
}
