import type { Condition } from "@stork/contract/segments.ts";
import { sql } from "kysely";
import type { Statement } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { personsMatching } from "../segments/compile.ts";
import { findSegments, savedSegments } from "../segments/segments.store.ts";
import { speaksOfChild } from "../segments/sentence.ts";

/** Everybody of a segment as of an instant; also of one that was removed after a campaign began to use it. */
export async function audienceOf(
  db: Db,
  workspaceId: number,
  segment: number,
  now: Date,
): Promise<Statement | null> {
  const { rows } = await sql<{ where: Condition }>`
    select condition as "where" from segment where id = ${segment} and workspace_id = ${workspaceId}`.execute(
    db,
  );
  const workspace = await findWorkspace(db, workspaceId);
  if (rows[0] === undefined || workspace === null) return null;
  const segments = savedSegments(await findSegments(db, workspaceId));
  return personsMatching(workspace, rows[0].where, now, { segments });
}

/** Whether everybody of a segment is in it for a child whose dates are known. */
export async function chosenByChildren(db: Db, workspace: number, segment: number): Promise<boolean> {
  const { rows } = await sql<{ where: Condition }>`
    select condition as "where" from segment where id = ${segment} and workspace_id = ${workspace}`.execute(
    db,
  );
  if (rows[0] === undefined) return false;
  return speaksOfChild(rows[0].where, savedSegments(await findSegments(db, workspace)));
}

export async function segmentExists(db: Db, workspace: number, segment: number): Promise<boolean> {
  const { rows } = await sql`
    select id from segment where id = ${segment} and workspace_id = ${workspace} and removed_at is null`.execute(
    db,
  );
  return rows.length > 0;
}
