import { sql } from "kysely";
import { type ClickHouse, ch } from "../../platform/clickhouse.ts";
import type { Db } from "../../platform/postgres.ts";
import { mirrored } from "./format.ts";

export interface StateTable {
  /** schema.table */
  name: string;
  columns: string[];
  /** Tables that its rows refer to. */
  needs: string[];
}

/**
 * The tables of ours and of the job queue, each after those it refers to; not what counts itself while the others are
 * read in.
 */
export async function findStateTables(db: Db): Promise<StateTable[]> {
  const { rows } = await sql<StateTable>`
    select n.nspname || '.' || c.relname as name,
      (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      coalesce((select array_agg(distinct fn.nspname || '.' || f.relname) from pg_constraint k
        join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '{}') as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (n.nspname = 'public' and c.relname not in ('migration', 'quarantine_waiting')
      or n.nspname = 'graphile_worker' and c.relname <> 'migrations')
    order by 1`.execute(db);
  return inOrder(rows);
}

/** Each after those it needs; tables that need each other come last, in their own order. */
function inOrder(tables: readonly StateTable[]): StateTable[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const sorted: StateTable[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ needs }) => !needs.some((name) => left.has(name)));
    for (const table of ready.length > 0 ? ready : [...left.values()]) {
      sorted.push(table);
      left.delete(table.name);
    }
  }
  return sorted;
}

export async function findSequences(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; value: number }>`
    select schemaname || '.' || sequencename as name, coalesce(last_value, 0) as value
    from pg_sequences where schemaname in ('public', 'graphile_worker') order by 1`.execute(db);
  return Object.fromEntries(rows.map(({ name, value }) => [name, Number(value)]));
}

/** The tables of facts; on a cluster the fronts that see all shards. */
export async function findFactTables(clickhouse: ClickHouse): Promise<{ name: string; columns: string[] }[]> {
  const tables = await clickhouse.query<{ name: string; engine: string; columns: string[] }>(ch`
    select t.name as name, any(t.engine) as engine, arrayMap(x -> x.2, arraySort(groupArray((c.position, c.name)))) as columns
    from system.tables t join system.columns c on c.database = t.database and c.table = t.name
    where t.database = currentDatabase() and (t.engine like '%MergeTree' or t.engine = 'Distributed')
      and c.default_kind not in ('ALIAS', 'MATERIALIZED')
    group by t.name order by t.name`);
  const fronts = tables.filter(({ engine }) => engine === "Distributed");
  return (fronts.length > 0 ? fronts : tables)
    .filter(({ name }) => name !== "migration" && !mirrored.includes(name))
    .map(({ name, columns }) => ({ name, columns }));
}

export async function findMigrations(db: Db, clickhouse: ClickHouse) {
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
  const facts = await clickhouse.query<{ name: string }>(ch`select name from migration final order by name`);
  return { postgres: rows.map(({ name }) => name), clickhouse: facts.map(({ name }) => name) };
}
