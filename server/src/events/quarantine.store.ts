import type { QuarantineFilter, QuarantineKind, QuarantineState } from "@stork/contract/quarantine.ts";
import { type RawBuilder, sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import type { Held, Refused } from "./quarantine.ts";

/** A line of the quarantine as stored. */
export interface QuarantineRow {
  id: number;
  kind: QuarantineKind;
  state: QuarantineState;
  code: string;
  source: number;
  sourceName: string;
  import: number | null;
  fileName: string | null;
  file: number | null;
  line: number | null;
  recordLine: number | null;
  sealed: Buffer | null;
  items: number;
  at: Date;
  by: string | null;
  endedAt: Date | null;
  note: string | null;
}

/** Open items of one source beyond these are given up, the oldest first, with a line that says how many. */
const mostOpen = 100_000;
/** A source's items are counted again after so many more. */
const countEvery = 1_000;
const added = new Map<number, number>();
/** What fits one statement. */
const part = 2_000;

/** Keeps refused items. Part of the caller's transaction when it is given one: refused and counted together, or neither. */
export async function quarantine(
  { db, vault, most = mostOpen }: { db: Db | Tx; vault: Vault; most?: number },
  items: readonly Refused[],
): Promise<void> {
  for (const workspace of new Set(items.map((item) => item.workspace))) await vault.ready(workspace);
  for (let from = 0; from < items.length; from += part)
    await insertItems(db, vault, items.slice(from, from + part));
  for (const source of new Set(items.map((item) => item.source))) {
    const more = items.filter((item) => item.source === source).length;
    const since = (added.get(source) ?? countEvery) + more;
    added.set(source, since >= Math.min(countEvery, most) ? 0 : since);
    if (since >= Math.min(countEvery, most)) await giveUpOldest(db, source, most);
  }
}

async function insertItems(db: Db | Tx, vault: Vault, items: readonly Refused[]): Promise<void> {
  const of = <Value>(pick: (item: Refused) => Value) => items.map(pick);
  await sql`
    insert into quarantine (workspace_id, source_id, import_id, kind, code, file, line, record_line, sealed_item, at)
    select * from unnest(${of(({ workspace }) => workspace)}::int[], ${of(({ source }) => source)}::int[],
      ${of((item) => item.import ?? null)}::int[], ${of(({ kind }) => kind)}::text[], ${of(({ code }) => code)}::text[],
      ${of(({ place }) => place?.file ?? null)}::int[], ${of(({ place }) => place?.line ?? null)}::int[],
      ${of(({ place }) => place?.recordLine ?? null)}::int[],
      ${of(({ workspace, item }) => vault.seal(workspace, JSON.stringify(item)))}::bytea[],
      ${of(({ at }) => at)}::timestamptz[])
    on conflict (import_id, file, line) where line is not null do nothing`.execute(db);
}

/** One line for each reason says how many were given up; what they held is gone. */
async function giveUpOldest(db: Db | Tx, source: number, most: number): Promise<void> {
  await sql`
    with kept as (
      select id from quarantine where source_id = ${source} and state = 'open'
      order by id desc offset ${most - 1} limit 1
    ), gone as (
      delete from quarantine where source_id = ${source} and state = 'open' and id < (select id from kept)
      returning workspace_id, import_id, kind, code, at
    )
    insert into quarantine (workspace_id, source_id, import_id, kind, code, state, items, at, by, ended_at, note)
    select workspace_id, ${source}::int, import_id, kind, code, 'dropped', count(*), max(at), 'stork', max(at), 'limit'
    from gone group by workspace_id, import_id, kind, code`.execute(db);
}

const columns = sql`q.id, q.kind, q.state, q.code, q.source_id as source, source.name as "sourceName",
  q.import_id as import, import.files -> q.file ->> 'name' as "fileName", q.file, q.line, q.record_line as "recordLine",
  q.sealed_item as sealed, q.items, q.at, q.ended_at as "endedAt", q.note,
  coalesce((select name from "user" where 'user:' || id = q.by),
    (select name from api_key where 'key:' || id::text = q.by), q.by) as by`;
const tables = sql`quarantine q join source on source.id = q.source_id left join import on import.id = q.import_id`;

const number = (text: string | undefined): number | null =>
  text === undefined ? null : /^\d{1,9}$/.test(text) ? Number(text) : -1;

function meant(
  workspace: number,
  { state, kind, source, import: of, code }: QuarantineFilter,
): RawBuilder<unknown> {
  return sql`q.workspace_id = ${workspace}
    and (${state ?? null}::text is null or q.state = ${state ?? null}::text)
    and (${kind ?? null}::text is null or q.kind = ${kind ?? null}::text)
    and (${number(source)}::int is null or q.source_id = ${number(source)}::int)
    and (${number(of)}::int is null or q.import_id = ${number(of)}::int)
    and (${code ?? null}::text is null or q.code = ${code ?? null}::text)`;
}

/** Newest first; `after` is the last id of the page before. */
export async function listQuarantine(
  db: Db,
  workspace: number,
  filter: QuarantineFilter,
  { after, limit }: { after: number | null; limit: number },
): Promise<{ rows: QuarantineRow[]; total: number }> {
  const { rows } = await sql<QuarantineRow>`
    select ${columns} from ${tables}
    where ${meant(workspace, filter)} and (${after}::bigint is null or q.id < ${after}::bigint)
    order by q.id desc limit ${limit}`.execute(db);
  return { rows, total: await countQuarantine(db, workspace, filter) };
}

/** Lines counted at most: what ended is kept for years. */
const mostCounted = 100_000;

export async function countQuarantine(db: Db, workspace: number, filter: QuarantineFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select coalesce(sum(items), 0)::bigint as total from (
      select q.items from quarantine q where ${meant(workspace, filter)} limit ${mostCounted}) as counted`.execute(
    db,
  );
  return Number(rows[0]?.total ?? 0);
}

/** Those of these ids that are the workspace's, in their order. */
export async function findQuarantined(
  db: Db,
  workspace: number,
  ids: readonly number[],
): Promise<QuarantineRow[]> {
  const { rows } = await sql<QuarantineRow>`
    select ${columns} from ${tables}
    where q.workspace_id = ${workspace} and q.id = any(${ids}::bigint[]) order by q.id`.execute(db);
  return rows;
}

/** Open items in the order they came. */
export async function findOpen(
  db: Db,
  workspace: number,
  filter: QuarantineFilter,
  limit: number,
): Promise<QuarantineRow[]> {
  const { rows } = await sql<QuarantineRow>`
    select ${columns} from ${tables}
    where ${meant(workspace, { ...filter, state: "open" })} order by q.id limit ${limit}`.execute(db);
  return rows;
}

/** The open items of the same records as these: the lines of one order are replayed together. */
export async function withTheirRecords(
  db: Db,
  workspace: number,
  rows: readonly QuarantineRow[],
): Promise<QuarantineRow[]> {
  const placed = rows.filter(({ recordLine }) => recordLine !== null);
  const { rows: others } = await sql<QuarantineRow>`
    select ${columns} from ${tables}
    join unnest(${placed.map((row) => row.import)}::int[], ${placed.map((row) => row.file)}::int[],
      ${placed.map((row) => row.recordLine)}::int[]) as asked (import, file, line)
      on asked.import = q.import_id and asked.file = q.file and asked.line = q.record_line
    where q.workspace_id = ${workspace} and q.state = 'open'`.execute(db);
  const all = new Map([...rows, ...others].map((row) => [row.id, row]));
  return [...all.values()].sort((a, b) => a.id - b.id);
}

export interface QuarantineGroup {
  source: number;
  sourceName: string;
  import: number | null;
  kind: QuarantineKind;
  code: string;
  open: number;
  replayed: number;
  dropped: number;
  lastAt: Date;
}

export async function summarize(
  db: Db,
  workspace: number,
  filter: QuarantineFilter,
): Promise<QuarantineGroup[]> {
  const { rows } = await sql<QuarantineGroup>`
    select q.source_id as source, source.name as "sourceName", q.import_id as import, q.kind, q.code,
      coalesce(sum(q.items) filter (where q.state = 'open'), 0)::bigint as open,
      coalesce(sum(q.items) filter (where q.state = 'replayed'), 0)::bigint as replayed,
      coalesce(sum(q.items) filter (where q.state = 'dropped'), 0)::bigint as dropped, max(q.at) as "lastAt"
    from quarantine q join source on source.id = q.source_id
    where ${meant(workspace, filter)}
    group by q.source_id, source.name, q.import_id, q.kind, q.code
    order by 6 desc, 9 desc limit 500`.execute(db);
  return rows;
}

/** Ends open items; what they held is let go of. Answers how many were still open. */
export async function endQuarantined(
  db: Db | Tx,
  workspace: number,
  ids: readonly number[],
  end: { state: "replayed" | "dropped"; by: string; at: Date; note: string | null },
): Promise<number> {
  const { rows } = await sql`
    update quarantine set state = ${end.state}, by = ${end.by}, ended_at = ${end.at}, note = ${end.note},
      sealed_item = null
    where workspace_id = ${workspace} and state = 'open' and id = any(${ids}::bigint[]) returning id`.execute(
    db,
  );
  return rows.length;
}

export async function dropAll(
  db: Db,
  workspace: number,
  filter: QuarantineFilter,
  end: { by: string; at: Date; note: string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update quarantine q set state = 'dropped', by = ${end.by}, ended_at = ${end.at}, note = ${end.note},
      sealed_item = null
    where ${meant(workspace, { ...filter, state: "open" })}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** A replay refused again: the item as it is now, and why. */
export async function keepChanged(
  { db, vault }: { db: Db; vault: Vault },
  workspace: number,
  { id, code, item }: Pick<Held, "id" | "code" | "item">,
): Promise<void> {
  await sql`
    update quarantine set code = ${code}, sealed_item = ${vault.seal(workspace, JSON.stringify(item))}
    where workspace_id = ${workspace} and id = ${id} and state = 'open'`.execute(db);
}
