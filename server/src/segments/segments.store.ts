import type { Condition } from "@stork/contract/segments.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import type { SavedSegment } from "./condition.ts";

export interface StoredSegment {
  id: number;
  name: string;
  where: Condition;
  /** Counts the changes of the condition. */
  version: number;
  /** When stored membership was last brought up to this version of the condition; null before the first time. */
  freshAt: Date | null;
  createdAt: Date;
}

const columns = sql.raw(
  `id, name, condition as "where", version, fresh_at as "freshAt", created_at as "createdAt"`,
);

/** The live segments of a workspace, oldest first. */
export async function findSegments(db: Db | Tx, workspace: number): Promise<StoredSegment[]> {
  const { rows } = await sql<StoredSegment>`
    select ${columns} from segment where workspace_id = ${workspace} and removed_at is null order by id`.execute(
    db,
  );
  return rows;
}

export async function insertSegment(
  db: Db | Tx,
  workspace: number,
  { name, where }: SavedSegment,
  at: Date,
): Promise<StoredSegment> {
  const { rows } = await sql<StoredSegment>`
    insert into segment (workspace_id, name, condition, created_at)
    values (${workspace}, ${name}, ${JSON.stringify(where)}::jsonb, ${at})
    returning ${columns}`.execute(db);
  return rows[0] as StoredSegment;
}

/** Another condition makes the stored membership stale until it has been worked out again. */
export async function updateSegment(
  db: Db | Tx,
  workspace: number,
  id: number,
  { name, where }: { name?: string | undefined; where?: Condition | undefined },
): Promise<StoredSegment | null> {
  const condition = where === undefined ? null : JSON.stringify(where);
  const { rows } = await sql<StoredSegment>`
    update segment set
      name = coalesce(${name ?? null}, name),
      condition = coalesce(${condition}::jsonb, condition),
      version = version + case when ${condition}::jsonb is null then 0 else 1 end,
      fresh_at = case when ${condition}::jsonb is null then fresh_at end
    where workspace_id = ${workspace} and id = ${id} and removed_at is null
    returning ${columns}`.execute(db);
  return rows[0] ?? null;
}

export async function removeSegment(db: Db | Tx, workspace: number, id: number, at: Date): Promise<void> {
  await sql`update segment set removed_at = ${at}
    where workspace_id = ${workspace} and id = ${id} and removed_at is null`.execute(db);
}

/** Notes that membership is up to date, unless the condition has changed in the meantime. */
export async function markFresh(
  db: Db | Tx,
  segments: readonly { id: number; version: number }[],
  at: Date,
): Promise<void> {
  await sql`update segment set fresh_at = ${at}
    from unnest(${segments.map(({ id }) => id)}::int[], ${segments.map(({ version }) => version)}::int[]) as done (id, version)
    where segment.id = done.id and segment.version = done.version`.execute(db);
}

/** The workspaces that have live segments, with what their evaluation needs. */
export async function findWorkspacesWithSegments(db: Db): Promise<{ id: number; timeZone: string }[]> {
  const { rows } = await sql<{ id: number; timeZone: string }>`
    select id, time_zone as "timeZone" from workspace
    where exists (select from segment where workspace_id = workspace.id and removed_at is null) order by id`.execute(
    db,
  );
  return rows;
}

/** All nodes of the persons who own some nodes, each with its person. */
export async function findOwners(
  db: Db,
  workspace: number,
  nodes: readonly number[],
): Promise<{ nodes: number[]; persons: number[] }> {
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where workspace_id = ${workspace} and person in (
      select person from node where workspace_id = ${workspace} and id = any(${nodes}::bigint[]))`.execute(
    db,
  );
  return { nodes: rows.map(({ id }) => id), persons: rows.map(({ person }) => person) };
}

export const savedSegments = (segments: readonly StoredSegment[]): Map<string, SavedSegment> =>
  new Map(segments.map(({ id, name, where }) => [String(id), { name, where }]));
