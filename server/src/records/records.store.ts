import type { RecordKindId } from "@stork/contract/records.ts";
import { type CommitDeps, type CommittedRow, insertRows, type OnCommitted } from "../events/commit.store.ts";
import { textOf } from "../events/utf8.ts";
import { takeBackTraits } from "../people/trait-undo.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { withTimes } from "./derive.ts";
import { kinds } from "./kinds.ts";
import type { Committed, RecordOrigin, StatedRecord } from "./record.ts";
import { RecordHash, recordSalt } from "./record-hash.ts";
import { decideAll, hashed, recordKey, type Taken, versionOf } from "./taking.ts";
import { retell, tellAll } from "./telling.ts";
import { type ToldPlace, untell, untellImport } from "./told-events.store.ts";
import type { Version, WholeVersion } from "./version.ts";
import {
  countRecordsOf,
  findSharedRecords,
  findVersions,
  findWholeVersions,
  insertVersions,
  markUndone,
} from "./versions.store.ts";
import { findWhose, markAges, statementsOf } from "./whose.store.ts";
import { createWriters, type Memory } from "./writer.store.ts";

/** The records of companies' systems: every version kept, the newest counts, events told from it. */
export interface Records {
  /** Everything is committed when this answers; one answer per record, in order. */
  commit(origin: RecordOrigin, records: readonly StatedRecord[]): Promise<Committed[]>;
  /** Takes an import back as a whole: former versions count again. Doing it again changes nothing. Answers of how many records it spoke. */
  undo(workspace: number, importId: number): Promise<{ records: number }>;
}

export interface RecordsDeps extends CommitDeps {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  vault: Vault;
  cluster: string | null;
  /** Told of records whose versions were just written. */
  onKept?: OnKept;
}

export type OnKept = (origin: RecordOrigin, records: readonly StatedRecord[]) => void;

export function createRecords(deps: RecordsDeps): Records {
  const writers = createWriters(deps.db, deps.clickhouse);
  return {
    async commit(origin, records) {
      if (records.length === 0) return [];
      await deps.vault.ready(origin.workspace);
      return writers.write(origin.workspace, (memory) => commitRecords(deps, memory, origin, records));
    },
    async undo(workspace, importId) {
      await deps.vault.ready(workspace);
      const lost = await writers.write(workspace, async () => {
        await markUndone(deps.clickhouse, workspace, importId, deps.clock.now().getTime());
        return untellImport(deps, workspace, importId);
      });
      // Of what nobody else spoke of everything is done: its versions count no more, its events are gone.
      let after = { kind: "", id: "0" };
      for (;;) {
        const from = after;
        const some = await writers.write(workspace, () => restore(deps, workspace, importId, from));
        const last = some.at(-1);
        if (last === undefined) break;
        after = last;
      }
      const telling = async (nodes: readonly number[]): Promise<void> => {
        await Promise.all(deps.onCommitted.map((told) => told(workspace, nodes, [], [])));
      };
      for (const nodes of lost) await telling(nodes);
      await takeBackTraits(deps, workspace, importId, telling);
      return { records: await countRecordsOf(deps.clickhouse, workspace, importId) };
    },
  };
}

/**
 * The order of the steps makes a stop between any two harmless: persons first, then the versions, which say what is
 * known, then the events told from them. Whoever has no answer sends again, and a repeated batch tells its events again.
 */
async function commitRecords(
  deps: RecordsDeps,
  memory: Memory,
  origin: RecordOrigin,
  records: readonly StatedRecord[],
): Promise<Committed[]> {
  const { workspace } = origin;
  const hash = new RecordHash(recordSalt(deps.vault, workspace));
  const taken = hashed(records, hash);
  const known = await findKnown(deps, memory, workspace, taken);
  const before = decideAll(taken, known, origin);
  const fresh = taken.filter(({ decision }) => decision.keep !== null);
  await findWhose(deps, origin, fresh, before);
  const isNobody = ({ record, node }: Taken) => node === 0 && kinds[record.kind].needsSomebody;
  const kept = fresh.filter((one) => !isNobody(one));
  if (kept.some(({ record }) => kinds[record.kind].checksAge))
    await markAges(deps, kept, await zoneOf(deps.db, workspace), origin);
  await inOrder(origin, {
    async state() {
      const said = statementsOf(kept, origin);
      if (said.length > 0) await deps.recordStatements(workspace, said);
    },
    keep: async () => {
      const versions = kept.flatMap((one) => versionOf(one, origin) ?? []);
      await insertVersions(deps.clickhouse, workspace, versions);
      deps.onKept?.(
        origin,
        kept.map(({ record }) => record),
      );
    },
    tell: (stated) => {
      const touched = taken.filter((one) => one.decision.touches && !isNobody(one));
      const onCommitted = deps.onCommitted.map(
        (told): OnCommitted =>
          async (...what) =>
            stated.then(() => told(...what)),
      );
      return tell({ ...deps, onCommitted }, hash, workspace, touched, before, origin);
    },
  });
  for (const kind of new Set(kept.map(({ record }) => record.kind)))
    memory.added(
      kind,
      kept.filter(({ record }) => record.kind === kind).map(({ id }) => id),
    );
  return taken.map((one) => ({
    outcome: isNobody(one) ? "nobody" : one.decision.outcome,
    node: one.node === 0 ? null : one.node,
    marks: one.marks,
    again: origin.import !== 0 && one.decision.same?.import === origin.import,
  }));
}

interface Steps {
  state(): Promise<void>;
  keep(): Promise<void>;
  /** Whoever wants to know of events may look at what was said of their persons: told once that is done. */
  tell(stated: Promise<void>): Promise<void>;
}

/** A slice of a file that was cut off is done again as a whole, however far it got: both engines work on it at once. */
async function inOrder({ isSlice = false }: RecordOrigin, steps: Steps): Promise<void> {
  if (!isSlice) {
    await steps.state();
    await steps.keep();
    return steps.tell(Promise.resolve());
  }
  const kept = steps.keep();
  const stated = steps.state();
  const done = await Promise.allSettled([stated, kept.then(() => steps.tell(stated))]);
  for (const one of done) if (one.status === "rejected") throw one.reason;
}

const zoneOf = async (db: Db, workspace: number): Promise<string> =>
  (await findWorkspace(db, workspace))?.timeZone ?? "Asia/Shanghai";

/** The versions known of these records, by record. */
async function findKnown(
  { clickhouse }: RecordsDeps,
  memory: Memory,
  workspace: number,
  all: readonly Taken[],
): Promise<Map<string, Version[]>> {
  const known = new Map<string, Version[]>();
  for (const kind of new Set(all.map(({ record }) => record.kind))) {
    const ids = [...new Set(all.filter(({ record }) => record.kind === kind).map(({ id }) => id))];
    const found = await findVersions(clickhouse, workspace, kind, await memory.mayKnow(kind, ids));
    for (const [id, versions] of found) known.set(recordKey(kind, id), versions);
  }
  return known;
}

/** Tells the events of the records that were touched, and takes away those that stand where none should any more. */
async function tell(
  deps: RecordsDeps,
  hash: RecordHash,
  workspace: number,
  touched: readonly Taken[],
  before: ReadonlyMap<string, readonly Version[]>,
  origin: RecordOrigin,
): Promise<void> {
  const last = new Map<string, Taken>();
  const several = new Set<string>();
  for (const one of touched) {
    const key = recordKey(one.record.kind, one.id);
    if (last.has(key) || before.has(key)) several.add(key);
    last.set(key, one);
  }
  const rows: CommittedRow[] = [];
  const gone: ToldPlace[] = [];
  const histories = await findHistories(
    deps,
    workspace,
    [...several].map((key) => last.get(key) as Taken),
  );
  for (const [key, one] of last) {
    const { record, id } = one;
    const about = { kind: record.kind, id, stated: record };
    const history = histories.get(key);
    if (history === undefined) {
      const { keep } = one.decision;
      if (keep === null) continue;
      const said = record.told ?? kinds[record.kind].tells(JSON.parse(textOf(record.fields)));
      const whole = { node: one.node, marks: one.marks, main: origin };
      const told = withTimes(said, record.at ?? origin.received);
      for (const row of tellAll(hash, workspace, about, whole, { told, stamp: keep.stamp })) rows.push(row);
    } else {
      const told = retell(hash, workspace, about, history, stampOf(history));
      rows.push(...told.rows);
      gone.push(...told.gone);
    }
  }
  await settle(deps, workspace, rows, gone);
}

const stampOf = (versions: readonly Version[]): number =>
  versions.reduce((latest, { stamp }) => Math.max(latest, stamp), 0);

async function findHistories(
  { clickhouse }: RecordsDeps,
  workspace: number,
  records: readonly { record: { kind: RecordKindId }; id: string }[],
): Promise<Map<string, WholeVersion[]>> {
  const histories = new Map<string, WholeVersion[]>();
  for (const kind of new Set(records.map(({ record }) => record.kind))) {
    const ids = records.filter(({ record }) => record.kind === kind).map(({ id }) => id);
    for (const [id, versions] of await findWholeVersions(clickhouse, workspace, kind, ids))
      histories.set(recordKey(kind, id), versions);
  }
  return histories;
}

/** The new first: between the two steps an event is there twice rather than not at all. */
async function settle(
  deps: RecordsDeps,
  workspace: number,
  rows: readonly CommittedRow[],
  gone: readonly ToldPlace[],
): Promise<void> {
  await insertRows(deps, rows);
  if (gone.length === 0) return;
  const nodes = await untell(deps, workspace, gone);
  if (nodes.length > 0) await Promise.all(deps.onCommitted.map((told) => told(workspace, nodes, [], [])));
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
  await settle(deps, workspace, rows, gone);
  return found;
}
