import { timestamp } from "../people/timestamp.ts";
import {
  type ClickHouse,
  ch,
  instant,
  joined,
  list,
  type Statement,
  u32,
  u64,
} from "../platform/clickhouse.ts";

/** What is written with a change: when it was seen, and a version above all before. */
export interface Stamp {
  at: Date;
  version: number;
}

/**
 * Brings the stored membership of one segment to the persons that `matching` selects. With `noted`, everybody who
 * came or went is also written to the log of changes; a new or changed definition moves nobody, so it is not noted.
 */
export async function rewriteMembership(
  clickhouse: ClickHouse,
  {
    workspace,
    segment,
    matching,
    noted,
  }: { workspace: number; segment: number; matching: Statement; noted: boolean },
  { at, version }: Stamp,
): Promise<void> {
  const [w, s] = [u32(workspace), u32(segment)];
  await clickhouse.command(ch`
    insert into membership (workspace, segment, person, member, entered, changed, version)
    select ${w}, ${s}, person, now, if(now = 1, ${instant(at)}, since), ${instant(at)}, ${u64(version)}
    from (
      select person, max(matches) as now, max(stored) as before, max(entered) as since
      from (
        select person, toUInt8(1) as matches, toUInt8(0) as stored, toDateTime64(0, 3, 'UTC') as entered from (${matching})
        union all
        select person, toUInt8(0), toUInt8(1), entered from membership final
        where workspace = ${w} and segment = ${s} and member = 1
      )
      group by person
      having now != before
    )`);
  if (!noted) return;
  // From what was just written, so that the log and the membership cannot differ.
  await clickhouse.command(ch`
    insert into membership_change (workspace, segment, person, member, at)
    select workspace, segment, person, member, changed from membership
    where workspace = ${w} and segment = ${s} and version = ${u64(version)}`);
}

/** The same for the owners of some nodes, for several segments at once. Answers how many came or went. */
export async function adjustMembership(
  clickhouse: ClickHouse,
  workspace: number,
  segments: readonly { id: number; matching: Statement }[],
  nodes: readonly number[],
  { at, version }: Stamp,
): Promise<number> {
  const matching = segments.map(
    ({ id, matching }) => ch`select ${u32(id)} as segment, person from (${matching})`,
  );
  const ids = list(
    "UInt32",
    segments.map(({ id }) => id),
  );
  // A person is named by one of its nodes: among them are also those it was stored under before a join.
  const [found, stored] = await Promise.all([
    clickhouse.query<{ segment: number; person: number }>(joined(matching, " union all ")),
    clickhouse.query<{ segment: number; person: number; entered: string }>(ch`
      select segment, person, entered from membership final
      where workspace = ${u32(workspace)} and segment in ${ids} and person in ${list("UInt64", nodes)} and member = 1`),
  ]);
  const key = (row: { segment: number; person: number }) => `${row.segment}/${row.person}`;
  const now = new Set(found.map(key));
  const before = new Set(stored.map(key));
  const changed = timestamp(at);
  const came = found
    .filter((row) => !before.has(key(row)))
    .map(({ segment, person }) => ({
      workspace,
      segment,
      person,
      member: 1,
      entered: changed,
      changed,
      version,
    }));
  const went = stored
    .filter((row) => !now.has(key(row)))
    .map(({ segment, person, entered }) => ({
      workspace,
      segment,
      person,
      member: 0,
      entered,
      changed,
      version,
    }));
  const moved = [...came, ...went];
  if (moved.length === 0) return 0;
  await clickhouse.insert("membership", moved);
  await clickhouse.insert(
    "membership_change",
    moved.map(({ segment, person, member }) => ({ workspace, segment, person, member, at: changed })),
  );
  return moved.length;
}

export interface MemberCount {
  segment: number;
  persons: number;
  entered7Days: number;
  left7Days: number;
}

export async function countMembers(
  clickhouse: ClickHouse,
  workspace: number,
  since: Date,
): Promise<Map<number, MemberCount>> {
  const rows = await clickhouse.query<MemberCount>(ch`
    select segment, sum(members) as persons, sum(came) as entered7Days, sum(went) as left7Days
    from (
      select segment, count() as members, toUInt64(0) as came, toUInt64(0) as went
      from membership final where workspace = ${u32(workspace)} and member = 1 group by segment
      union all
      select segment, toUInt64(0), countIf(member = 1), countIf(member = 0)
      from membership_change where workspace = ${u32(workspace)} and at > ${instant(since)} group by segment
    )
    group by segment`);
  return new Map(rows.map((row) => [row.segment, row]));
}

export interface StoredMember {
  person: number;
  enteredAt: Date;
}

/** Members in the order of their ids, after one of them. */
export async function listMembers(
  clickhouse: ClickHouse,
  workspace: number,
  segment: number,
  { after, limit }: { after: number; limit: number },
): Promise<StoredMember[]> {
  const rows = await clickhouse.query<{ person: number; entered: number }>(ch`
    select person, toUnixTimestamp64Milli(entered) as entered from membership final
    where workspace = ${u32(workspace)} and segment = ${u32(segment)} and member = 1 and person > ${u64(after)}
    order by person limit ${u32(limit)}`);
  return rows.map(({ person, entered }) => ({ person, enteredAt: new Date(entered) }));
}

export async function newestVersion(clickhouse: ClickHouse): Promise<number> {
  const [row] = await clickhouse.query<{ version: number }>(
    ch`select max(version) as version from membership`,
  );
  return row?.version ?? 0;
}
