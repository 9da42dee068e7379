import { sql } from "kysely";
import { type ClickHouse, ch, str, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { Learner, type Sighting } from "./learner.ts";

/** A name as it has arrived from one source, ever. */
export interface SeenName {
  kind: Sighting["kind"];
  event: string;
  name: string;
  source: number;
  sourceName: string;
  rows: number;
  types: Record<string, number>;
  firstAt: Date;
  lastAt: Date;
}

/** Names of one kind kept for a source; a sender that makes names of its data must not fill the table. */
const mostNames = 3_000;
const atOnce = 1_000;

/** Adds what was gathered to what is known; several servers may do so at once. */
export async function recordSightings(db: Db, sightings: readonly Sighting[]): Promise<void> {
  for (let from = 0; from < sightings.length; from += atOnce) {
    // In one order everywhere, so that two servers never wait for each other.
    const slice = sightings.slice(from, from + atOnce).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    await sql`
      insert into dictionary_seen as seen (workspace_id, kind, event, name, source_id, rows, types, first_at, last_at)
      select fresh.* from jsonb_to_recordset(${JSON.stringify(slice.map(rowOf))}::jsonb)
        as fresh (workspace_id int, kind text, event text, name text, source_id int, rows bigint, types jsonb,
          first_at timestamptz, last_at timestamptz)
      where exists (select from workspace where id = fresh.workspace_id)
        and (exists (select from dictionary_seen old where (old.workspace_id, old.kind, old.event, old.name, old.source_id)
            = (fresh.workspace_id, fresh.kind, fresh.event, fresh.name, fresh.source_id))
          or (select count(*) from dictionary_seen old where old.workspace_id = fresh.workspace_id
            and old.source_id = fresh.source_id and old.kind = fresh.kind) < ${mostNames})
      on conflict (workspace_id, kind, event, name, source_id) do update set
        rows = seen.rows + excluded.rows,
        types = (
          select coalesce(jsonb_object_agg(type, total), '{}')
          from (select type, sum(count::bigint) as total from (
              select * from jsonb_each_text(seen.types) old (type, count)
              union all select * from jsonb_each_text(excluded.types) new (type, count)
            ) counted group by type) sums),
        first_at = least(seen.first_at, excluded.first_at),
        last_at = greatest(seen.last_at, excluded.last_at)`.execute(db);
  }
}

const keyOf = ({ workspace, kind, event, name, source }: Sighting): string =>
  `${workspace} ${kind} ${event} ${name} ${source}`;

const rowOf = ({ workspace, kind, event, name, source, rows, types, firstAt, lastAt }: Sighting) => ({
  ...{ workspace_id: workspace, kind, event, name, source_id: source, rows, types },
  first_at: new Date(firstAt).toISOString(),
  last_at: new Date(lastAt).toISOString(),
});

export async function findSeen(db: Db, workspace: number): Promise<SeenName[]> {
  const { rows } = await sql<SeenName>`
    select seen.kind, seen.event, seen.name, seen.source_id as source, coalesce(source.name, '') as "sourceName",
      seen.rows, seen.types, seen.first_at as "firstAt", seen.last_at as "lastAt"
    from dictionary_seen seen left join source on source.id = seen.source_id
    where seen.workspace_id = ${workspace} order by seen.kind, seen.event, seen.name, seen.source_id`.execute(
    db,
  );
  return rows;
}

/** Workspaces of which nothing was ever learned: made before the dictionary was, or by another process. */
export async function findUnlearned(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from workspace where not exists (select from dictionary_seen where workspace_id = workspace.id)
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}

const lookedInto = 40;

/** Learns from what is stored: the names from their columns, the properties from a few rows of each name. */
export async function learnFromStored(clickhouse: ClickHouse, workspace: number): Promise<Sighting[]> {
  const learner = new Learner();
  const w = u32(workspace);
  const names = await clickhouse.query<{
    name: string;
    source: number;
    rows: number;
    first: number;
    last: number;
  }>(ch`
    select name, source, count() as rows, toUnixTimestamp64Milli(min(at)) as first,
      toUnixTimestamp64Milli(max(at)) as last
    from event where workspace = ${w} and name != '' group by name, source order by rows desc limit 2000`);
  for (const { name, source, rows, first, last } of names) {
    learner.count({ workspace, source, kind: "event" }, name, rows, first, last);
    const some = await clickhouse.query<{ properties: string }>(ch`
      select properties from event prewhere workspace = ${w} and name = ${str(name)} and source = ${u32(source)}
      limit ${u32(lookedInto)}`);
    const of = { workspace, source, kind: "property", event: name } as const;
    for (const { properties } of some) learner.look(of, properties, last);
  }
  return [...learner.take(), ...(await traitsStored(clickhouse, workspace))];
}

/** Workspaces none of whose records were ever learned of: theirs came before the dictionary listed records. */
export async function findWithoutRecords(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from workspace
    where not exists (select from dictionary_seen where workspace_id = workspace.id and kind = 'record')
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Learns from the records that are stored: the kinds by source, the fields from a few of each. */
export async function learnFromRecords(clickhouse: ClickHouse, workspace: number): Promise<Sighting[]> {
  const learner = new Learner();
  const w = u32(workspace);
  const kinds = await clickhouse.query<{
    kind: string;
    source: number;
    rows: number;
    first: number;
    last: number;
  }>(ch`
    select kind, source, count() as rows, toUnixTimestamp64Milli(min(at)) as first,
      toUnixTimestamp64Milli(max(at)) as last
    from record_version where workspace = ${w} group by kind, source order by rows desc limit 200`);
  for (const { kind, source, rows, first, last } of kinds) {
    learner.count({ workspace, source, kind: "record" }, kind, rows, first, last);
    const some = await clickhouse.query<{ fields: string }>(ch`
      select fields from record_version prewhere workspace = ${w} and kind = ${str(kind)} and source = ${u32(source)}
      limit ${u32(lookedInto)}`);
    const of = { workspace, source, kind: "field", event: kind } as const;
    for (const { fields } of some) learner.look(of, fields, last);
  }
  return learner.take();
}

/** Traits know the node that said them, not the source: they count as of no source. */
async function traitsStored(clickhouse: ClickHouse, workspace: number): Promise<Sighting[]> {
  const rows = await clickhouse.query<{
    key: string;
    rows: number;
    first: number;
    last: number;
    text: number;
  }>(ch`
    select key, count() as rows, toUnixTimestamp64Milli(min(at)) as first, toUnixTimestamp64Milli(max(at)) as last,
      countIf(not match(value, '^[+-]?[0-9]{1,15}([.][0-9]{1,10})?$')) as text
    from trait where workspace = ${u32(workspace)} group by key order by rows desc limit 1000`);
  return rows.map(({ key, rows, first, last, text }) => ({
    ...{
      workspace,
      kind: "trait" as const,
      event: "",
      name: key,
      source: 0,
      rows,
      firstAt: first,
      lastAt: last,
    },
    types: text * 2 > rows ? { text: rows } : { number: rows },
  }));
}
