import { sql } from "kysely";
import { lockIdentity } from "../../people/node.store.ts";
import type { ErasedSubject, Eraser } from "../../platform/eraser.ts";
import type { Db, Tx } from "../../platform/postgres.ts";
import { childColumns, nodeColumns, nodeListColumns, pointerColumns, treatments } from "./treatments.ts";

/** A table with columns that point to somebody. */
interface PointingTable {
  readonly table: string;
  readonly nodes: readonly string[];
  readonly lists: readonly string[];
  readonly children: readonly string[];
  readonly pointers: readonly string[];
}

async function findPointingTables(db: Db): Promise<PointingTable[]> {
  const { rows } = await sql<{ table: string; columns: string[]; lists: string[] }>`
    select c.relname as table,
      coalesce(array_agg(a.attname::text) filter (where t.typname = 'int8'), '{}') as columns,
      coalesce(array_agg(a.attname::text) filter (where t.typname = '_int8'), '{}') as lists
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    join pg_type t on t.oid = a.atttypid
    where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    group by 1 order by 1`.execute(db);
  const found = rows.map(({ table, columns, lists }) => ({
    table,
    nodes: nodeColumns.filter((name) => columns.includes(name)),
    lists: nodeListColumns.filter((name) => lists.includes(name)),
    pointers: pointerColumns.filter((name) => columns.includes(name)),
    children: table === "child" ? ["id"] : childColumns.filter((name) => columns.includes(name)),
  }));
  const own = found.map((one) => (one.table === "node" ? { ...one, nodes: ["id", ...one.nodes] } : one));
  return own.filter(({ nodes, lists, children }) => nodes.length + lists.length + children.length > 0);
}

/** One eraser for each table that points to somebody; those that everything leads to come last. */
export async function stateErasers(db: Db): Promise<Eraser[]> {
  const tables = await findPointingTables(db);
  const last = (table: string) => ["child", "node"].indexOf(table);
  const kept = tables.filter(({ table }) => treatments[table]?.how !== "keep");
  return kept.sort((a, b) => last(a.table) - last(b.table)).map((table) => stateEraser(db, table));
}

function stateEraser(db: Db, table: PointingTable): Eraser {
  return {
    place: `postgres: ${table.table}`,
    words: { zh: `数据库表 ${table.table}`, en: `Table ${table.table}` },
    erase: async (subjects) => {
      const counts: number[] = [];
      for (const subject of subjects) counts.push(await eraseRows(db, table, subject));
      return counts;
    },
    search: async (subject) => {
      const { rows } = await sql<{ found: number }>`
        select count(*)::int as found from ${sql.table(table.table)} where ${pointing(table, subject)}`.execute(
        db,
      );
      return rows[0]?.found ?? 0;
    },
  };
}

function pointing({ nodes, lists, children }: PointingTable, subject: ErasedSubject) {
  const tests = [
    ...(subject.nodes.length === 0
      ? []
      : nodes.map((name) => sql`${sql.ref(name)} = any(${[...subject.nodes]}::bigint[])`)),
    ...(subject.nodes.length === 0
      ? []
      : lists.map((name) => sql`${sql.ref(name)} && ${[...subject.nodes]}::bigint[]`)),
    ...(subject.children.length === 0
      ? []
      : children.map((name) => sql`${sql.ref(name)} = any(${[...subject.children]}::bigint[])`)),
  ];
  return tests.length === 0 ? sql`false` : sql.join(tests, sql` or `);
}

async function eraseRows(db: Db, table: PointingTable, subject: ErasedSubject): Promise<number> {
  if (table.table === "node") return eraseNodes(db, table, subject);
  for (const name of table.pointers)
    await sql`update ${sql.table(table.table)} set ${sql.ref(name)} = null
      where ${sql.ref(name)} = any(${[...subject.nodes]}::bigint[])`.execute(db);
  const how = treatments[table.table]?.how;
  const { numAffectedRows } =
    how === "unname"
      ? await unname(db, table, subject)
      : how === "cut"
        ? await cut(db, subject)
        : await sql`delete from ${sql.table(table.table)} where ${pointing(table, subject)}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

function unname(db: Db | Tx, table: PointingTable, subject: ErasedSubject) {
  return table.table === "rights_request"
    ? sql`update rights_request set person = case when ${subject.whole} then null else person end, child = null, sealed_note = null, sealed_reason = null
        where ${pointing(table, subject)}`.execute(db)
    : sql`update ${sql.table(table.table)} set person = 0 where ${pointing(table, subject)}`.execute(db);
}

/** Of two lists that belong together her entries go from both. */
function cut(db: Db, { nodes }: ErasedSubject) {
  const hers = sql`${[...nodes]}::bigint[]`;
  return sql`
    update trait_again as log set (nodes, ms) = (
      select coalesce(array_agg(node order by place), '{}'), coalesce(array_agg(at order by place), '{}')
      from unnest(log.nodes, log.ms) with ordinality as said (node, at, place) where node <> all(${hers}))
    where nodes && ${hers}`.execute(db);
}

/**
 * The nodes go under the lock of identity, and the epoch of its memories grows in the same commit: no server answers with
 * a node from memory after it.
 */
async function eraseNodes(db: Db, table: PointingTable, subject: ErasedSubject): Promise<number> {
  if (subject.nodes.length === 0) return 0;
  return db.transaction().execute(async (tx) => {
    await lockIdentity(tx, subject.workspace);
    await sql`delete from edge where a = any(${[...subject.nodes]}::bigint[]) or b = any(${[...subject.nodes]}::bigint[])`.execute(
      tx,
    );
    const { numAffectedRows } = await sql`delete from node where ${pointing(table, subject)}`.execute(tx);
    if (Number(numAffectedRows) > 0)
      await sql`
        insert into identity_setting (workspace_id) values (${subject.workspace})
        on conflict (workspace_id) do update set epoch = identity_setting.epoch + 1`.execute(tx);
    return Number(numAffectedRows ?? 0);
  });
}
