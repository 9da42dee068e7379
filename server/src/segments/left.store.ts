import type { Stopped } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { type ClickHouse, ch, instant, list, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";

/** What is left because of a word is left within this time of it. */
const withinMs = 60_000;

/** The segments that these persons left right after a moment. */
export async function findLeft(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
  nodes: readonly number[],
  since: Date,
): Promise<Stopped[]> {
  if (nodes.length === 0) return [];
  const rows = await clickhouse.query<{ segment: number; times: number; first: number; last: number }>(ch`
    select segment, count() as times, toUnixTimestamp64Milli(min(change.at)) as first,
      toUnixTimestamp64Milli(max(change.at)) as last
    from membership_change as change
    where workspace = ${u32(workspace)} and person in ${list("UInt64", nodes)} and member = 0
      and change.at >= ${instant(since)} and change.at <= ${instant(new Date(since.getTime() + withinMs))}
    group by segment order by segment`);
  if (rows.length === 0) return [];
  const { rows: named } = await sql<{ id: number; name: string }>`
    select id, name from segment where workspace_id = ${workspace} and id = any(${rows.map(({ segment }) => segment)}::int[])`.execute(
    db,
  );
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return rows.map(({ segment, times, first, last }) => ({
    ...{ kind: "membership", ref: String(segment), name: names.get(segment) ?? "", times: Number(times) },
    firstAt: new Date(Number(first)).toISOString(),
    lastAt: new Date(Number(last)).toISOString(),
  }));
}
