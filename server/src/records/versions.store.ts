import type { RecordKindId } from "@stork/contract/records.ts";
import { seconds } from "../people/tab-text.ts";
import { type ClickHouse, ch, instant, list, type Statement, str, u32, u64 } from "../platform/clickhouse.ts";
import type { NewVersion, Version, WholeVersion } from "./version.ts";
import { versionColumns, versionLines } from "./version-lines.ts";

type Stored<Some extends Version> = Some & { record: string };

/** Named otherwise than the column, so that the condition on the column stays one the key can answer. */
const columns = ch`toString(id) as record, part, toUnixTimestamp64Milli(changed) as changed,
  toUnixTimestamp64Milli(stamp) as stamp, toUnixTimestamp64Milli(received) as received, toString(hash) as hash,
  import, source, node, toUnixTimestamp64Milli(at) as at`;

const isUndone = (workspace: number): Statement =>
  ch`import in (select import from record_undone where workspace = ${u32(workspace)})`;

/** The versions of these records without what they say, by record. */
export async function findVersions(
  clickhouse: ClickHouse,
  workspace: number,
  kind: RecordKindId,
  ids: readonly string[],
): Promise<Map<string, Version[]>> {
  if (ids.length === 0) return new Map();
  return byId(
    await clickhouse.query<Stored<Version>>(ch`
      select ${columns}, ${isUndone(workspace)} as undone from record_version final
      where workspace = ${u32(workspace)} and kind = ${str(kind)} and id in ${list("UInt64", ids)}`),
  );
}

/** The versions of these records with what they say, by record. */
export async function findWholeVersions(
  clickhouse: ClickHouse,
  workspace: number,
  kind: RecordKindId,
  ids: readonly string[],
): Promise<Map<string, WholeVersion[]>> {
  if (ids.length === 0) return new Map();
  return byId(
    await clickhouse.query<Stored<WholeVersion>>(ch`
      select ${columns}, ${isUndone(workspace)} as undone, fields, marks from record_version final
      where workspace = ${u32(workspace)} and kind = ${str(kind)} and id in ${list("UInt64", ids)}`),
  );
}

/** A version that counts, with the natural key as its sender wrote it. */
interface CurrentVersion extends WholeVersion {
  readonly key: string;
}

/**
 * Of these records the versions that count, one of each part, with what they say. However often a record was said again
 * (a stock's level each hour, for years), the engine holds one version of it at a time.
 */
export async function findCurrentVersions(
  clickhouse: ClickHouse,
  workspace: number,
  kind: RecordKindId,
  ids: readonly string[],
): Promise<Map<string, CurrentVersion[]>> {
  if (ids.length === 0) return new Map();
  return byId(
    await clickhouse.query<Stored<CurrentVersion>>(ch`
      select toString(id) as record, part, toUnixTimestamp64Milli(newest.1) as changed,
        toUnixTimestamp64Milli(newest.2) as stamp, toUnixTimestamp64Milli(newest.3) as received,
        toString(newest.4) as hash, newest.5 as import, newest.6 as source, newest.7 as node,
        toUnixTimestamp64Milli(newest.8) as at, newest.9 as fields, newest.10 as marks, newest.11 as key, false as undone
      from (
        select id, part, argMax(
          tuple(changed, stamp, received, hash, import, source, node, at, fields, marks, key), tuple(changed, stamp)
        ) as newest
        from record_version final
        where workspace = ${u32(workspace)} and kind = ${str(kind)} and id in ${list("UInt64", ids)}
          and not (${isUndone(workspace)})
        group by id, part)`),
  );
}

/** Where a page of a record's history ended. */
export interface HistoryPlace {
  changed: number;
  stamp: number;
  hash: string;
}

/** Versions of one record with what they say, the newest first. */
export async function findHistoryPage(
  clickhouse: ClickHouse,
  workspace: number,
  { kind, id }: { kind: RecordKindId; id: string },
  { after, limit }: { after: HistoryPlace | undefined; limit: number },
): Promise<WholeVersion[]> {
  const beyond =
    after === undefined
      ? ch``
      : ch`and (record_version.changed, record_version.stamp, record_version.hash) <
          (${instant(new Date(after.changed))}, ${instant(new Date(after.stamp))}, ${u64(after.hash)})`;
  const found = byId(
    await clickhouse.query<Stored<WholeVersion>>(ch`
      select ${columns}, ${isUndone(workspace)} as undone, fields, marks from record_version final
      where workspace = ${u32(workspace)} and kind = ${str(kind)} and id = ${u64(id)} ${beyond}
      order by record_version.changed desc, record_version.stamp desc, record_version.hash desc
      limit ${u32(limit)}`),
  );
  return found.get(id) ?? [];
}

function byId<Some extends Version>(rows: readonly Stored<Some>[]): Map<string, Some[]> {
  const found = new Map<string, Some[]>();
  for (const { record, ...version } of rows) {
    const one = { ...version, undone: Boolean(version.undone) } as unknown as Some;
    const others = found.get(record);
    if (others === undefined) found.set(record, [one]);
    else others.push(one);
  }
  return found;
}

export async function insertVersions(
  clickhouse: Pick<ClickHouse, "insertLines">,
  workspace: number,
  versions: readonly NewVersion[],
): Promise<void> {
  if (versions.length === 0) return;
  await clickhouse.insertLines("record_version", versionLines(workspace, versions), versionColumns);
}

export async function countRecords(
  clickhouse: ClickHouse,
  workspace: number,
  kind: RecordKindId,
): Promise<number> {
  const [row] = await clickhouse.query<{ rows: number }>(ch`
    select count() as rows from record_version where workspace = ${u32(workspace)} and kind = ${str(kind)}`);
  return Number(row?.rows ?? 0);
}

/** The ids of all records of a kind, in chunks; of several versions each tells its own, so that nothing is gathered. */
export async function* streamIds(
  clickhouse: ClickHouse,
  workspace: number,
  kind: RecordKindId,
): AsyncIterable<string[]> {
  const rows = clickhouse.stream<{ record: string }>(ch`
    select toString(id) as record from record_version
    where workspace = ${u32(workspace)} and kind = ${str(kind)}`);
  for await (const chunk of rows) yield chunk.map(({ record }) => record);
}

/** From now on the versions of this import count no more. */
export async function markUndone(
  clickhouse: ClickHouse,
  workspace: number,
  importId: number,
  at: number,
): Promise<void> {
  await clickhouse.insertLines(
    "record_undone",
    Buffer.from(`{"workspace":${workspace},"import":${importId},"at":"${seconds(at)}"}\n`),
  );
}

/** In the order the table is kept in, so that nothing is gathered: of two million records a second and no memory. */
const inOrder = { optimize_aggregation_in_order: 1 };

const isShared = (workspace: number, importId: number): Statement =>
  ch`countIf(import = ${u32(importId)}) > 0 and countIf(import <> ${u32(importId)} and not (${isUndone(workspace)})) > 0`;

/** How many records an import said something of. */
export async function countRecordsOf(
  clickhouse: ClickHouse,
  workspace: number,
  importId: number,
): Promise<number> {
  const [row] = await clickhouse.query<{ records: number }>(
    ch`
      select count() as records from (
        select kind, id from record_version where workspace = ${u32(workspace)} and import = ${u32(importId)}
        group by workspace, kind, id)`,
    inOrder,
  );
  return Number(row?.records ?? 0);
}

/** How many records an import and others, whose words count, said something of. */
export async function countSharedRecords(
  clickhouse: ClickHouse,
  workspace: number,
  importId: number,
): Promise<number> {
  const [row] = await clickhouse.query<{ records: number }>(
    ch`
      select count() as records from (
        select kind, id from record_version where workspace = ${u32(workspace)}
        group by workspace, kind, id
        having ${isShared(workspace, importId)})`,
    inOrder,
  );
  return Number(row?.records ?? 0);
}

/** The records of which an import said something and others, whose words count, something as well; after one, in order. */
export async function findSharedRecords(
  clickhouse: ClickHouse,
  workspace: number,
  importId: number,
  after: { kind: string; id: string },
  limit: number,
): Promise<{ kind: RecordKindId; id: string }[]> {
  const rows = await clickhouse.query<{ named: RecordKindId; record: string }>(
    ch`
      select toString(kind) as named, toString(id) as record from record_version
      where workspace = ${u32(workspace)}
        and (kind > ${str(after.kind)} or (kind = ${str(after.kind)} and id > ${u64(after.id)}))
      group by workspace, kind, id
      having ${isShared(workspace, importId)}
      order by named, toUInt64(record) limit ${u32(limit)}`,
    inOrder,
  );
  return rows.map(({ named, record }) => ({ kind: named, id: record }));
}
