import { sql } from "kysely";
import { newSecret, plainHash } from "../platform/crypto.ts";
import type { Db } from "../platform/postgres.ts";

const keptMs = 7 * 86_400_000;

/** A link that hands out one copy, once, within seven days. Only the hash of its secret is kept. */
export async function makeCopyLink(
  db: Db,
  workspace: number,
  request: number,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newSecret();
  const expiresAt = new Date(now.getTime() + keptMs);
  await sql`
    insert into copy_link (token_hash, workspace_id, request_id, expires_at)
    values (${plainHash(token)}, ${workspace}, ${request}, ${expiresAt})`.execute(db);
  return { token, expiresAt };
}

/** Uses a link up; null when it is no good any more. Of two at once one gets it. */
export async function useCopyLink(
  db: Db,
  token: string,
  now: Date,
): Promise<{ workspace: number; request: number } | null> {
  const { rows } = await sql<{ workspace: number; request: number }>`
    update copy_link set used_at = ${now}
    where token_hash = ${plainHash(token)} and used_at is null and expires_at > ${now}
    returning workspace_id as workspace, request_id as request`.execute(db);
  return rows[0] ?? null;
}

/** Whether it would still hand something out: for the page before the button. */
export async function isGoodLink(db: Db, token: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    select from copy_link where token_hash = ${plainHash(token)} and used_at is null and expires_at > ${now}`.execute(
    db,
  );
  return rows.length > 0;
}
