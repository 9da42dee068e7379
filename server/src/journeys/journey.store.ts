import type { Definition, JourneyStatus } from "@stork/contract/journeys.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

export interface JourneyRecord {
  readonly id: number;
  readonly workspace: number;
  readonly name: string;
  readonly status: JourneyStatus;
  readonly version: number;
  readonly definition: Definition;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
}

const columns = sql`journey.id, journey.workspace_id as workspace, journey.name, journey.status, journey.version,
  journey_version.definition, journey.created_at as "createdAt", journey.started_at as "startedAt"`;
const tables = sql`journey join journey_version on journey_version.journey_id = journey.id
  and journey_version.version = journey.version`;

export async function findJourney(db: Db | Tx, workspace: number, id: number): Promise<JourneyRecord | null> {
  const { rows } = await sql<JourneyRecord>`
    select ${columns} from ${tables} where journey.workspace_id = ${workspace} and journey.id = ${id}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Newest first. */
export async function listJourneys(
  db: Db,
  workspace: number,
  { before, limit }: { before: number | null; limit: number },
): Promise<JourneyRecord[]> {
  const { rows } = await sql<JourneyRecord>`
    select ${columns} from ${tables}
    where journey.workspace_id = ${workspace} and (${before}::int is null or journey.id < ${before})
    order by journey.id desc limit ${limit}`.execute(db);
  return rows;
}

/** All that are not over, newest first: for whoever asks what stands on what. */
export async function findUnfinished(db: Db, workspace: number): Promise<JourneyRecord[]> {
  const { rows } = await sql<JourneyRecord>`
    select ${columns} from ${tables}
    where journey.workspace_id = ${workspace} and journey.status <> 'ended'
    order by journey.id desc limit 1000`.execute(db);
  return rows;
}

export async function insertJourney(
  db: Db,
  workspace: number,
  { name, definition }: Pick<JourneyRecord, "name" | "definition">,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with made as (
      insert into journey (workspace_id, name, created_at) values (${workspace}, ${name}, ${at}) returning id
    ), first as (
      insert into journey_version (journey_id, version, definition)
      select id, 1, ${JSON.stringify(definition)}::jsonb from made
    )
    select id from made`.execute(db);
  return rows[0]?.id as number;
}

export async function renameJourney(tx: Tx, id: number, name: string): Promise<void> {
  await sql`update journey set name = ${name} where id = ${id}`.execute(tx);
}

/** A draft is changed in place; of what was started the definitions before are kept, and this is the next one. */
export async function redefine(
  tx: Tx,
  { id, status, version }: Pick<JourneyRecord, "id" | "status" | "version">,
  definition: Definition,
): Promise<number> {
  const next = status === "draft" ? version : version + 1;
  await sql`
    insert into journey_version (journey_id, version, definition)
    values (${id}, ${next}, ${JSON.stringify(definition)}::jsonb)
    on conflict (journey_id, version) do update set definition = excluded.definition`.execute(tx);
  await sql`update journey set version = ${next} where id = ${id}`.execute(tx);
  return next;
}

export async function deleteDraft(db: Db, id: number): Promise<boolean> {
  const { rows } = await sql`delete from journey where id = ${id} and status = 'draft' returning id`.execute(
    db,
  );
  return rows.length > 0;
}

/** As it stands, and nobody else changes it meanwhile. */
export async function lockJourney(tx: Tx, workspace: number, id: number): Promise<JourneyRecord | null> {
  await sql`select id from journey where workspace_id = ${workspace} and id = ${id} for update`.execute(tx);
  return findJourney(tx, workspace, id);
}
