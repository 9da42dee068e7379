import type { RecordKindId } from "@stork/contract/records.ts";
import type { RecordHistory, StoredRecord } from "@stork/contract/stored-records.ts";
import type { z } from "zod";
import { markLabel } from "../cleaning/marks.ts";
import { personOf } from "../people/person-map.ts";
import {
  type ClickHouse,
  ch,
  instant,
  joined,
  type Statement,
  str,
  u32,
  u64,
} from "../platform/clickhouse.ts";
import { wholeOf } from "./derive.ts";
import { kinds } from "./kinds.ts";
import type { Version } from "./version.ts";
import { findCurrentVersions, findHistoryPage, type HistoryPlace } from "./versions.store.ts";

export interface RecordFilter {
  source?: number | undefined;
  import?: number | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Where the page before ended: when it happened in ms, and the record. */
  after?: { at: number; id: string } | undefined;
  limit: number;
}

const counting = (workspace: number): Statement =>
  ch`import not in (select import from record_undone where workspace = ${u32(workspace)})`;

/** Millions of records are put in order on disk rather than in memory. */
const boundedMemory = ch`settings max_bytes_before_external_group_by = 100000000, max_bytes_before_external_sort = 100000000`;

/** The newest state of a kind's records, the latest to have happened first. */
export async function listRecords(
  clickhouse: ClickHouse,
  workspace: number,
  kind: RecordKindId,
  filter: RecordFilter,
): Promise<{ items: StoredRecord[]; next: string | null }> {
  const where = [
    ch`workspace = ${u32(workspace)}`,
    ch`kind = ${str(kind)}`,
    counting(workspace),
    ...(filter.source === undefined ? [] : [ch`source = ${u32(filter.source)}`]),
    ...(filter.import === undefined ? [] : [ch`import = ${u32(filter.import)}`]),
    ...(filter.from === undefined ? [] : [ch`at >= ${instant(filter.from)}`]),
    ...(filter.to === undefined ? [] : [ch`at < ${instant(filter.to)}`]),
  ];
  const { after } = filter;
  const beyond =
    after === undefined ? ch`` : ch`having (latest, id) < (${instant(new Date(after.at))}, ${u64(after.id)})`;
  const found = await clickhouse.query<{ record: string; ms: number }>(ch`
    select toString(id) as record, toUnixTimestamp64Milli(max(at) as latest) as ms
    from record_version where ${joined(where, " and ")}
    group by id ${beyond} order by latest desc, id desc limit ${u32(filter.limit)} ${boundedMemory}`);
  const ids = found.map(({ record }) => record);
  const versions = await findCurrentVersions(clickhouse, workspace, kind, ids);
  const wholes = new Map([...versions].map(([id, some]) => [id, wholeOf(some)]));
  const persons = await findPersons(
    clickhouse,
    [...wholes.values()].flatMap((whole) => (whole === null || whole.node === 0 ? [] : [whole.node])),
  );
  const items = found.flatMap(({ record }): StoredRecord[] => {
    const whole = wholes.get(record);
    if (whole === null || whole === undefined) return [];
    const { main, fields, marks, node } = whole;
    return [
      {
        kind,
        key: kinds[kind].personalKey
          ? record
          : (versions.get(record)?.find(({ key }) => key !== "")?.key ?? ""),
        changedAt: new Date(main.changed).toISOString(),
        receivedAt: new Date(main.received).toISOString(),
        source: String(main.source),
        import: main.import === 0 ? null : String(main.import),
        person: node === 0 ? null : String(persons.get(node) ?? node),
        fields: { ...fields },
        marks: marks.map((code) => ({ code, label: markLabel(code) })),
      },
    ];
  });
  const last = found.at(-1);
  return {
    items,
    next: last === undefined || found.length < filter.limit ? null : `${last.ms}.${last.record}`,
  };
}

async function findPersons(clickhouse: ClickHouse, nodes: readonly number[]): Promise<Map<number, number>> {
  if (nodes.length === 0) return new Map();
  const rows = await clickhouse.query<{ one: number; person: number }>(ch`
    select one, ${personOf(ch`one`)} as person
    from (select arrayJoin(${{ text: `[${[...new Set(nodes)].map(Number).join()}]`, params: {} }}) as n, toUInt64(n) as one)`);
  return new Map(rows.map(({ one, person }) => [one, person]));
}

type History = z.infer<typeof RecordHistory>;

/** A page of a record's versions, the newest first. null: there is no such record. */
export async function findHistory(
  clickhouse: ClickHouse,
  workspace: number,
  record: { kind: RecordKindId; id: string },
  page: { after: HistoryPlace | undefined; limit: number },
): Promise<Pick<History, "versions" | "next"> | null> {
  const versions = await findHistoryPage(clickhouse, workspace, record, page);
  if (versions.length === 0 && page.after === undefined) return null;
  const current = (await findCurrentVersions(clickhouse, workspace, record.kind, [record.id])).get(record.id);
  const last = versions.at(-1);
  return {
    versions: versions.map((version) => ({
      changedAt: new Date(version.changed).toISOString(),
      receivedAt: new Date(version.received).toISOString(),
      source: String(version.source),
      import: version.import === 0 ? null : String(version.import),
      part: version.part,
      fields: JSON.parse(version.fields) as Record<string, unknown>,
      marks: version.marks.map((code) => ({ code, label: markLabel(code) })),
      counts: current?.some((one) => isSame(one, version)) ?? false,
      undone: version.undone,
    })),
    next:
      last === undefined || versions.length < page.limit
        ? null
        : `${last.changed}.${last.stamp}.${last.hash}`,
  };
}

const isSame = (a: Version, b: Version): boolean =>
  a.part === b.part && a.changed === b.changed && a.hash === b.hash && a.import === b.import;

/** So many ids are held at once while records are counted. */
const countedAtOnce = 4_000_000;
const ids = 2n ** 64n;

/**
 * How many records there are of each kind, and when the last one happened. Exactly, since whoever imported them has a
 * count to hold beside it; where there are very many, one range of ids after the other, as they are stored.
 */
export async function countKinds(
  clickhouse: ClickHouse,
  workspace: number,
): Promise<Map<string, { records: number; newestAt: Date }>> {
  const [all] = await clickhouse.query<{ versions: number }>(ch`
    select count() as versions from record_version where workspace = ${u32(workspace)}`);
  const ranges = BigInt(Math.max(1, Math.ceil(Number(all?.versions ?? 0) / countedAtOnce)));
  const counts = new Map<string, { records: number; newestAt: Date }>();
  for (let range = 0n; range < ranges; range += 1n) {
    const [from, to] = [(ids * range) / ranges, (ids * (range + 1n)) / ranges - 1n];
    const rows = await clickhouse.query<{ named: string; records: number; newest: number }>(ch`
      select toString(kind) as named, uniqExact(id) as records, toUnixTimestamp64Milli(max(at)) as newest
      from record_version where workspace = ${u32(workspace)} and ${counting(workspace)}
        and id between ${u64(String(from))} and ${u64(String(to))} group by named`);
    for (const { named, records, newest } of rows) {
      const before = counts.get(named);
      counts.set(named, {
        records: Number(records) + (before?.records ?? 0),
        newestAt: new Date(Math.max(Number(newest), before?.newestAt.getTime() ?? 0)),
      });
    }
  }
  return counts;
}
