import { sql } from "kysely";
import { type ClickHouse, ch, joined, type Statement, str, u32 } from "../../platform/clickhouse.ts";
import type { ErasedSubject } from "../../platform/eraser.ts";
import type { Db } from "../../platform/postgres.ts";
import { patternOf, writtenForms } from "../values.ts";
import { findFactTables } from "./fact-tables.store.ts";

export interface Found {
  readonly place: string;
  readonly found: number;
}

/** Staff who sign in are nobody's customers, though they may be known as such elsewhere. */
const notSearched = [
  "user",
  "session",
  "account",
  "verification",
  "organization",
  "member",
  "invitation",
  "sign_in_link",
];
/** Keyed hashes that outlive her so that nobody writes to her, and that a restored backup forgets her again. */
const hashesKept = ["suppression", "erased"];

/**
 * Looks for what identifies her in every text, JSON and bytes column of every table of both engines, as the engines'
 * own catalogues list them: a table added later is searched too. Answers the tables where something was found.
 */
export async function searchEngines(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  subject: ErasedSubject,
): Promise<Found[]> {
  const pattern = patternOf(writtenForms(subject.values));
  return [
    ...(await searchState(db, subject, pattern)),
    ...(pattern === null ? [] : await searchFacts(clickhouse, subject.workspace, pattern)),
  ];
}

interface TextTable {
  table: string;
  texts: string[];
  bytes: string[];
  ofWorkspace: boolean;
}

async function searchState(
  db: Db,
  { workspace, hashesHex }: ErasedSubject,
  pattern: string | null,
): Promise<Found[]> {
  const { rows: tables } = await sql<TextTable>`
    select n.nspname || '.' || c.relname as table,
      coalesce(array_agg(a.attname::text) filter (where t.typname in ('text', 'varchar', 'json', 'jsonb', '_text')), '{}') as texts,
      coalesce(array_agg(a.attname::text) filter (where t.typname = 'bytea'), '{}') as bytes,
      bool_or(a.attname = 'workspace_id') as "ofWorkspace"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    join pg_type t on t.oid = a.atttypid
    where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and (n.nspname = 'public' and c.relname <> all(${notSearched}::text[]) or n.nspname = 'graphile_worker')
    group by 1 order by 1`.execute(db);
  const found: Found[] = [];
  for (const { table, texts, bytes, ofWorkspace } of tables) {
    const hashed =
      hashesHex.length === 0 || hashesKept.some((name) => table === `public.${name}`) ? [] : bytes;
    const tests = [
      ...(pattern === null ? [] : texts.map((name) => sql`${sql.ref(name)}::text ~ ${pattern}`)),
      ...hashed.map((name) => sql`encode(${sql.ref(name)}, 'hex') = any(${[...hashesHex]}::text[])`),
    ];
    if (tests.length === 0) continue;
    const mine = ofWorkspace ? sql`workspace_id = ${workspace}` : sql`true`;
    const { rows } = await sql<{ found: number }>`
      select count(*)::int as found from ${sql.table(table)} where ${mine} and (${sql.join(tests, sql` or `)})`.execute(
      db,
    );
    if ((rows[0]?.found ?? 0) > 0)
      found.push({ place: `postgres: ${table.replace("public.", "")}`, found: rows[0]?.found ?? 0 });
  }
  return found;
}

async function searchFacts(clickhouse: ClickHouse, workspace: number, pattern: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const { table, columns } of await findFactTables(clickhouse, "%String%")) {
    const tests = columns.map((name) => ch`match(toString(${named(name)}), ${str(pattern)})`);
    const [row] = await clickhouse.query<{ found: number }>(ch`
      select count() as found from ${named(table)}
      where workspace = ${u32(workspace)} and (${joined(tests, " or ")})`);
    if (Number(row?.found ?? 0) > 0) found.push({ place: `clickhouse: ${table}`, found: Number(row?.found) });
  }
  return found;
}

const named = (text: string): Statement => ({ text: `\`${text}\``, params: {} });
