import type { UndoStep } from "@stork/contract/imports.ts";
import type { RecordKindId } from "@stork/contract/records.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import { takeBackTraits } from "../people/trait-undo.store.ts";
import { commitPacked, type PackedAnswer, type PackedBatch } from "./commit-packed.store.ts";
import { commitRecords, findHistories, type RecordsDeps, settle, stampOf } from "./commit-records.store.ts";
import type { Committed, RecordOrigin, StatedRecord } from "./record.ts";
import { RecordHash, recordSalt } from "./record-hash.ts";
import { recordKey } from "./taking.ts";
import { retell } from "./telling.ts";
import { type ToldPlace, untellImport } from "./told-events.store.ts";
import { countRecordsOf, countSharedRecords, findSharedRecords, markUndone } from "./versions.store.ts";
import { createWriters } from "./writer.store.ts";

export type { OnKept, RecordsDeps } from "./commit-records.store.ts";

/** Told how far taking back is: of the things of a step so many are done with, of how many; null: nobody has counted them. */
export type OnUndoStep = (step: UndoStep, done: number, of: number | null) => Promise<void>;

/** The records of companies' systems: every version kept, the newest counts, events told from it. */
export interface Records {
  /** Everything is committed when this answers; one answer per record, in order. */
  commit(origin: RecordOrigin, records: readonly StatedRecord[]): Promise<Committed[]>;
  /** The same for a slice of a file that is packed, in columns wherever a record is plainly new. */
  commitPacked(origin: RecordOrigin, batch: PackedBatch): Promise<PackedAnswer>;
  /** Takes an import back as a whole: former versions count again. Doing it again changes nothing. Answers of how many records it spoke. */
  undo(workspace: number, importId: number, onStep?: OnUndoStep): Promise<{ records: number }>;
}

export function createRecords(deps: RecordsDeps): Records {
  const writers = createWriters(deps.db, deps.clickhouse);
  return {
    async commitPacked(origin, batch) {
      await deps.vault.ready(origin.workspace);
      return writers.write(origin.workspace, (memory) => commitPacked(deps, memory, origin, batch));
    },
    async commit(origin, records) {
      if (records.length === 0) return [];
      await deps.vault.ready(origin.workspace);
      return writers.write(origin.workspace, (memory) => commitRecords(deps, memory, origin, records));
    },
    async undo(workspace, importId, onStep = async () => undefined) {
      await deps.vault.ready(workspace);
      const lost = await writers.write(workspace, async () => {
        await markUndone(deps.clickhouse, workspace, importId, deps.clock.now().getTime());
        return untellImport(deps, workspace, importId, (events) => onStep("events", 0, events));
      });
      const shared = await countSharedRecords(deps.clickhouse, workspace, importId);
      let restored = 0;
      // Of what nobody else spoke of everything is done: its versions count no more, its events are gone.
      let after = { kind: "", id: "0" };
      for (;;) {
        // Some may have come since they were counted.
        await onStep("records", restored, Math.max(shared, restored));
        const from = after;
        const some = await writers.write(workspace, () => restore(deps, workspace, importId, from));
        const last = some.at(-1);
        if (last === undefined) break;
        after = last;
        restored += some.length;
      }
      const telling = async (nodes: readonly number[]): Promise<void> => {
        await Promise.all(deps.onCommitted.map((told) => told(workspace, nodes, [], [])));
      };
      const losers = lost.reduce((sum, { length }) => sum + length, 0);
      let looked = 0;
      for (const nodes of lost) {
        await onStep("people", looked, losers);
        await telling(nodes);
        looked += nodes.length;
      }
      let spoken = 0;
      await onStep("words", spoken, null);
      await takeBackTraits(deps, workspace, importId, async (nodes) => {
        await telling(nodes);
        spoken += nodes.length;
        await onStep("words", spoken, null);
      });
      return { records: await countRecordsOf(deps.clickhouse, workspace, importId) };
    },
  };
}

const undoneAtOnce = 10_000;

/** Tells again what counts of the records that others than the undone import spoke of as well; answers which they were. */
async function restore(
  deps: RecordsDeps,
  workspace: number,
  importId: number,
  after: { kind: string; id: string },
): Promise<{ kind: RecordKindId; id: string }[]> {
  const found = await findSharedRecords(deps.clickhouse, workspace, importId, after, undoneAtOnce);
  const hash = new RecordHash(recordSalt(deps.vault, workspace));
  const histories = await findHistories(
    deps,
    workspace,
    found.map(({ kind, id }) => ({ record: { kind }, id })),
  );
  const rows: CommittedRow[] = [];
  const gone: ToldPlace[] = [];
  for (const { kind, id } of found) {
    const versions = histories.get(recordKey(kind, id)) ?? [];
    const told = retell(hash, workspace, { kind, id }, versions, stampOf(versions) + 1);
    rows.push(...told.rows);
    gone.push(...told.gone);
  }
  await settle(deps, workspace, { rows, gone });
  return found;
}
