import type { RecordKindId } from "@stork/contract/records.ts";
import { type CommitDeps, insertRows, type OnCommitted } from "../events/commit.store.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import { textOf } from "../events/utf8.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { NativeRows } from "../platform/native-block.ts";
import type { Db } from "../platform/postgres.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { withTimes } from "./derive.ts";
import { kinds } from "./kinds.ts";
import { halvesOfTexts } from "./known-ids.ts";
import type { Committed, RecordOrigin, StatedRecord } from "./record.ts";
import { RecordHash, recordSalt } from "./record-hash.ts";
import { decideAll, hashed, recordKey, type Taken, versionOf } from "./taking.ts";
import { retell, tellAll } from "./telling.ts";
import { type ToldPlace, untell } from "./told-events.store.ts";
import type { NewVersion, Version, WholeVersion } from "./version.ts";
import { findVersions, findWholeVersions, insertVersions } from "./versions.store.ts";
import { findWhose, markAges, statementsOf, type WhoseDeps } from "./whose.store.ts";
import type { Memory } from "./writer.store.ts";

export interface RecordsDeps extends Omit<CommitDeps, "identity">, WhoseDeps {
  clickhouse: ClickHouse;
  clock: Clock;
  vault: Vault;
  cluster: string | null;
  /** Told of records whose versions were just written. */
  onKept?: OnKept;
}

export type OnKept = (origin: RecordOrigin, records: readonly StatedRecord[]) => void;

/**
 * The order of the steps makes a stop between any two harmless: persons first, then the versions, which say what is
 * known, then the events told from them. Whoever has no answer sends again, and a repeated batch tells its events again.
 */
export async function commitRecords(
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
  const kept = fresh.filter((one) => !isNobody(one));
  if (kept.some(({ record }) => kinds[record.kind].checksAge))
    await markAges(deps, kept, await zoneOf(deps.db, workspace), origin);
  await inOrder(origin, {
    async state() {
      const said = statementsOf(kept, origin);
      if (said.length > 0) await deps.recordStatements(workspace, said);
    },
    keep: async () => {
      await insertVersions(deps.clickhouse, workspace, versionsOf(kept, origin));
      deps.onKept?.(
        origin,
        kept.map(({ record }) => record),
      );
    },
    tell: async (stated) => {
      const touched = taken.filter((one) => one.decision.touches && !isNobody(one));
      const told = await toldOf(deps, hash, touched, before, origin);
      await settle(toldAfter(deps, stated), workspace, told);
    },
  });
  for (const kind of new Set(kept.map(({ record }) => record.kind))) {
    const ids = kept.filter(({ record }) => record.kind === kind).map(({ id }) => id);
    memory.added(kind, halvesOfTexts(ids));
  }
  return taken.map((one) => committedOf(one, origin));
}

export const isNobody = ({ record, node }: Taken): boolean => node === 0 && kinds[record.kind].needsSomebody;

export const versionsOf = (kept: readonly Taken[], origin: RecordOrigin): NewVersion[] =>
  kept.flatMap((one) => versionOf(one, origin) ?? []);

export const committedOf = (one: Taken, origin: RecordOrigin): Committed => ({
  outcome: isNobody(one) ? "nobody" : one.decision.outcome,
  node: one.node === 0 ? null : one.node,
  marks: one.marks,
  again: origin.import !== 0 && one.decision.same?.import === origin.import,
});

/** Whoever wants to know of events may look at what was said of their persons: told once that is done. */
export const toldAfter = (deps: RecordsDeps, stated: Promise<void>): RecordsDeps => ({
  ...deps,
  onCommitted: deps.onCommitted.map(
    (told): OnCommitted =>
      async (...what) =>
        stated.then(() => told(...what)),
  ),
});

interface Steps {
  state(): Promise<void>;
  keep(): Promise<void>;
  tell(stated: Promise<void>): Promise<void>;
}

/** A slice of a file that was cut off is done again as a whole, however far it got: both engines work on it at once. */
export async function inOrder({ isSlice = false }: RecordOrigin, steps: Steps): Promise<void> {
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

export const zoneOf = async (db: Db, workspace: number): Promise<string> =>
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
    const places = await memory.mayKnow(kind, halvesOfTexts(ids));
    const maybe = places.map((place) => ids[place] as string);
    const found = await findVersions(clickhouse, workspace, kind, maybe);
    for (const [id, versions] of found) known.set(recordKey(kind, id), versions);
  }
  return known;
}

/** Events to be told, and places where some may stand that are true no more. */
export interface ToldRows {
  readonly rows: readonly CommittedRow[];
  readonly gone: readonly ToldPlace[];
  /** What the first of the rows are as a block, where they are one. */
  readonly block?: NativeRows | undefined;
}

/** The events of the records that were touched, and where those stand that should stand there no more. */
export async function toldOf(
  deps: RecordsDeps,
  hash: RecordHash,
  touched: readonly Taken[],
  before: ReadonlyMap<string, readonly Version[]>,
  origin: RecordOrigin,
): Promise<ToldRows> {
  const { workspace } = origin;
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
  return { rows, gone };
}

export const stampOf = (versions: readonly Version[]): number =>
  versions.reduce((latest, { stamp }) => Math.max(latest, stamp), 0);

export async function findHistories(
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
export async function settle(
  deps: RecordsDeps,
  workspace: number,
  { rows, gone, block }: ToldRows,
): Promise<void> {
  await insertRows(deps, rows, block);
  if (gone.length === 0) return;
  const nodes = await untell(deps, workspace, gone);
  if (nodes.length > 0) await Promise.all(deps.onCommitted.map((told) => told(workspace, nodes, [], [])));
}
