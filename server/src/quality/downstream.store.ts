import type { Downstream } from "@stork/contract/quality.ts";
import type { Condition } from "@stork/contract/segments.ts";
import { sql } from "kysely";
import { findUnfinished } from "../journeys/journey.store.ts";
import { conditionsOf } from "../journeys/stands-on.ts";
import { type ClickHouse, ch, list, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { mentionedSegments } from "../segments/sentence.ts";
import { uses } from "./downstream.ts";

/** Events of which something is broken; with a field, that field of them. */
export interface Broken {
  readonly events: readonly string[];
  readonly field: string;
}

/** Segments and unfinished campaigns and journeys that rest on what is broken, and how many families are in them. */
export async function findDownstream(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
  broken: readonly Broken[],
): Promise<Downstream> {
  const isBroken = (condition: Condition): boolean =>
    broken.some(({ events, field }) => uses(condition, new Set(events), field));
  const broadly = broken.flatMap(({ events }) => events);
  const { rows } = await sql<{ id: number; name: string; condition: Condition }>`
    select id, name, condition from segment where workspace_id = ${workspace} and removed_at is null order by id`.execute(
    db,
  );
  const direct = rows.filter(({ condition }) => isBroken(condition));
  const segments = withMembers(rows, new Set(direct.map(({ id }) => id)));
  const ids = segments.map(({ id }) => id);
  const { rows: campaigns } = await sql<{ id: number; name: string; status: string }>`
    select id, name, status from campaign
    where workspace_id = ${workspace} and status in ('draft', 'running', 'paused') and journey_id is null
      and (segment_id = any(${ids}::integer[]) or conversion_event = any(${broadly}::text[])) order by id`.execute(
    db,
  );
  const journeys = (await findUnfinished(db, workspace)).filter(({ definition }) =>
    conditionsOf(definition).some(
      (asked) => isBroken(asked) || mentionedSegments(asked).some((segment) => ids.includes(Number(segment))),
    ),
  );
  const counts = await countFamilies(clickhouse, workspace, ids);
  return {
    segments: segments.map(({ id, name }) => ({
      id: String(id),
      name,
      families: counts.bySegment.get(id) ?? 0,
    })),
    campaigns: campaigns.map(({ id, ...rest }) => ({ id: String(id), ...rest })),
    journeys: journeys.map(({ id, name, status }) => ({ id: String(id), name, status })),
    families: counts.all,
  };
}

/** Also those that select the members of one of them. */
function withMembers<Row extends { id: number; condition: Condition }>(
  rows: readonly Row[],
  found: Set<number>,
): Row[] {
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { id, condition } of rows)
      if ([...found].some((other) => JSON.stringify(condition).includes(`"segment":"${other}"`)))
        found.add(id);
  }
  return rows.filter(({ id }) => found.has(id));
}

async function countFamilies(clickhouse: ClickHouse, workspace: number, segments: readonly number[]) {
  if (segments.length === 0) return { bySegment: new Map<number, number>(), all: 0 };
  const rows = await clickhouse.query<{ segment: number; persons: number }>(ch`
    select segment, uniqExact(person) as persons from membership final
    where workspace = ${u32(workspace)} and segment in ${list("UInt32", segments)} and member = 1
    group by grouping sets ((segment), ())`);
  const bySegment = new Map(rows.map(({ segment, persons }) => [Number(segment), Number(persons)]));
  return { bySegment, all: bySegment.get(0) ?? 0 };
}
