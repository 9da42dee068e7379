import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import type { ImportsSeen } from "./indicator.ts";

export interface WatchedWorkspace {
  readonly id: number;
  readonly timeZone: string;
}

export async function findWorkspacesOf(db: Db, ids: readonly number[]): Promise<WatchedWorkspace[]> {
  const { rows } = await sql<WatchedWorkspace>`
    select id, time_zone as "timeZone" from workspace where id = any(${[...ids]}::integer[]) order by id`.execute(
    db,
  );
  return rows;
}

/** Workspaces with an alert or an import: they are looked at though nothing arrives. */
export async function findRestless(db: Db, since: Date): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select workspace_id as id from quality_alert where resolved_at is null
    union select workspace_id from import where started_at > ${since}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The imports of each source in the last months, newest first. */
export async function findImports(db: Db, workspace: number, since: Date): Promise<Map<number, ImportsSeen>> {
  const { rows } = await sql<{ source: number; at: Date; empty: boolean }>`
    select source_id as source, started_at as at,
      status = 'done' and coalesce((progress ->> 'rows')::bigint, (progress ->> 'rowsDone')::bigint, 1) = 0 as empty
    from import where workspace_id = ${workspace} and started_at > ${since} and status in ('done', 'needs-decision')
    order by started_at desc`.execute(db);
  const found = new Map<number, { at: number[]; emptyAt: number[] }>();
  for (const { source, at, empty } of rows) {
    const seen = found.get(source) ?? { at: [], emptyAt: [] };
    found.set(source, seen);
    seen.at.push(at.getTime());
    if (empty) seen.emptyAt.push(at.getTime());
  }
  return found;
}
