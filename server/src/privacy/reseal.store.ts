import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import { headOf } from "../platform/data-keys.ts";
import type { Db } from "../platform/postgres.ts";

export interface SealedColumn {
  readonly table: string;
  readonly column: string;
}

/** Keys are wrapped by the master key, not by a data key. */
const wrapped = ["workspace", "workspace_key"];

/**
 * Every column that holds values sealed with a workspace's data key: all that are called sealed_…. Found in the catalogue
 * of the database, so that a table added later is not forgotten.
 */
export async function findSealedColumns(db: Db): Promise<SealedColumn[]> {
  const { rows } = await sql<SealedColumn>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' and column_name like 'sealed\\_%'
      and table_name <> all(${wrapped}::text[])
    order by table_name, column_name`.execute(db);
  return rows;
}

/** So many pages of a table at once: a few thousand values. */
const pagesAtOnce = 64;

/**
 * Seals a column's values again that an older key sealed, a stretch of the table at a time, while it is in use: a value
 * that changes meanwhile is left to the next pass. Answers how many were still under an older key.
 */
export async function resealColumn(
  db: Db,
  vault: Vault,
  { table, column }: SealedColumn,
  { workspace, version, signal }: { workspace: number; version: number; signal: AbortSignal },
): Promise<number> {
  const head = headOf(version);
  const [from, value] = [sql.table(table), sql.ref(column)];
  const { rows } = await sql<{ pages: number }>`
    select pg_relation_size(${table}::regclass) / current_setting('block_size')::int as pages`.execute(db);
  const pages = rows[0]?.pages ?? 0;
  let found = 0;
  for (let page = 0; page < pages; page += pagesAtOnce) {
    signal.throwIfAborted();
    const old = await sql<{ place: string; sealed: Buffer }>`
      select ctid::text as place, ${value} as sealed from ${from}
      where ctid >= ${`(${page},0)`}::tid and ctid < ${`(${page + pagesAtOnce},0)`}::tid
        and workspace_id = ${workspace} and ${value} is not null
        and substring(${value} for ${head.length}) <> ${head}`.execute(db);
    found += old.rows.length;
    if (old.rows.length === 0) continue;
    const again = old.rows.map(({ sealed }) =>
      vault.sealBytes(workspace, vault.openBytes(workspace, sealed)),
    );
    await sql`
      update ${from} as kept set ${value} = new.again
      from unnest(${old.rows.map(({ place }) => place)}::tid[], ${old.rows.map(({ sealed }) => sealed)}::bytea[],
        ${again}::bytea[]) as new (place, sealed, again)
      where kept.ctid = new.place and kept.${value} = new.sealed`.execute(db);
  }
  return found;
}
