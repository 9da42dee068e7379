import { sql } from "kysely";
import { ch } from "../src/platform/clickhouse.ts";
import type { TestEngines } from "./engines.ts";

/** Every table of both engines that has one of these texts in a row, by its name. */
export async function leftIn({ db, clickhouse }: TestEngines, texts: readonly string[]): Promise<string[]> {
  const has = (text: string) => texts.some((one) => text.includes(one));
  const left: string[] = [];
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'graphile_worker')`.execute(db);
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} as t`.execute(db);
    if (has(rows.map(({ row }) => row).join("\n"))) left.push(name);
  }
  const facts = await clickhouse.query<{ name: string }>(
    ch`select name from system.tables where database = currentDatabase() and engine like '%MergeTree'`,
  );
  for (const { name } of facts) {
    const rows = await clickhouse.query<object>({ text: `select * from \`${name}\``, params: {} });
    if (has(JSON.stringify(rows))) left.push(name);
  }
  return left;
}

/** Every table of PostgreSQL with a row that names this child, in a column of its own or as the set-aside of one. */
export async function rowsAbout({ db }: TestEngines, child: string): Promise<string[]> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'bigint'
      and (column_name in ('child', 'aside_of') or table_name = 'child' and column_name = 'id')`.execute(db);
  const left: string[] = [];
  for (const { table, column } of columns) {
    const { rows } =
      await sql`select 1 from ${sql.table(table)} where ${sql.ref(column)} = ${Number(child)}`.execute(db);
    if (rows.length > 0) left.push(`${table}.${column}`);
  }
  return left;
}
