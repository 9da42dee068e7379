import type { SavedMapping } from "@stork/contract/mappings.ts";
import type { RecordKindId } from "@stork/contract/records.ts";
import { sql } from "kysely";
import type { Db } from "../../platform/postgres.ts";
import { hashHeader } from "./header-hash.ts";

interface Row {
  id: number;
  name: string;
  record: RecordKindId;
  columns: SavedMapping["columns"];
  createdAt: Date;
  usedAt: Date | null;
}

const fields = sql`id, name, record, columns, created_at as "createdAt", used_at as "usedAt"`;

const shown = ({ id, createdAt, usedAt, ...row }: Row): SavedMapping => ({
  ...row,
  id: String(id),
  createdAt: createdAt.toISOString(),
  usedAt: usedAt?.toISOString() ?? null,
});

export async function listMappings(db: Db, workspace: number): Promise<SavedMapping[]> {
  const { rows } = await sql<Row>`
    select ${fields} from saved_mapping where workspace_id = ${workspace}
    order by coalesce(used_at, created_at) desc, id desc limit 500`.execute(db);
  return rows.map(shown);
}

/** Saves a mapping under its name; the name again replaces it. */
export async function saveMapping(
  db: Db,
  workspace: number,
  mapping: Pick<SavedMapping, "name" | "record" | "columns">,
  at: Date,
): Promise<SavedMapping> {
  const { name, record, columns } = mapping;
  const hash = hashHeader(columns.map(({ column }) => column));
  const { rows } = await sql<Row>`
    insert into saved_mapping (workspace_id, name, record, header_hash, columns, created_at)
    values (${workspace}, ${name}, ${record}, ${hash}, ${JSON.stringify(columns)}::jsonb, ${at})
    on conflict (workspace_id, name) do update
      set record = excluded.record, header_hash = excluded.header_hash, columns = excluded.columns
    returning ${fields}`.execute(db);
  return shown(rows[0] as Row);
}

/** The mapping saved last for this very header, whatever the order of its columns. */
export async function findMapping(
  db: Db,
  workspace: number,
  columns: readonly string[],
  at: Date,
): Promise<SavedMapping | null> {
  const { rows } = await sql<Row>`
    update saved_mapping set used_at = ${at}
    where id = (
      select id from saved_mapping where workspace_id = ${workspace} and header_hash = ${hashHeader(columns)}
      order by coalesce(used_at, created_at) desc, id desc limit 1)
    returning ${fields}`.execute(db);
  const [row] = rows;
  return row === undefined ? null : shown(row);
}

/** Answers whether there was one. */
export async function removeMapping(db: Db, workspace: number, id: number): Promise<boolean> {
  const { rows } = await sql`
    delete from saved_mapping where workspace_id = ${workspace} and id = ${id} returning id`.execute(db);
  return rows.length > 0;
}
