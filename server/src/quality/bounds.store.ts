import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import type { StreamModel } from "./model.ts";

export interface Bounds {
  readonly models: ReadonlyMap<string, StreamModel>;
  readonly learnedAt: ReadonlyMap<number, Date>;
}

export const streamKey = (source: number, name: string): string => `${source} ${name}`;

/** What was learned of a workspace's sources. */
export async function findBounds(db: Db, workspace: number): Promise<Bounds> {
  const { rows } = await sql<{ source: number; name: string; model: StreamModel; at: Date }>`
    select source_id as source, name, model, learned_at as at from quality_bounds
    where workspace_id = ${workspace}`.execute(db);
  return {
    models: new Map(rows.map(({ source, name, model }) => [streamKey(source, name), model])),
    learnedAt: new Map(rows.filter(({ name }) => name === "").map(({ source, at }) => [source, at])),
  };
}

export async function saveBounds(
  db: Db,
  workspace: number,
  source: number,
  models: ReadonlyMap<string, StreamModel>,
  now: Date,
): Promise<void> {
  const rows = [...models].map(([name, model]) => ({ name, model }));
  await sql`
    insert into quality_bounds (workspace_id, source_id, name, model, learned_at)
    select ${workspace}, ${source}, name, model, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (name text, model jsonb)
    on conflict (workspace_id, source_id, name)
    do update set model = excluded.model, learned_at = excluded.learned_at`.execute(db);
}
