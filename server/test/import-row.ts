import { sql } from "kysely";
import type { TestEngines } from "./engines.ts";

/** An import under way that no job works on; its number. */
export async function testImport({ db }: Pick<TestEngines, "db">, workspace: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with made as (
      insert into source (workspace_id, name, kind, write_key, created_at)
      values (${workspace}, 'file', 'file', gen_random_uuid()::text, now()) returning id)
    insert into import (workspace_id, source_id, preset, status, files, progress, started_at)
    select ${workspace}, id, 'orders', 'running', '[]', '{}', now() from made returning id`.execute(db);
  return rows[0]?.id as number;
}
