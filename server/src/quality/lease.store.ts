import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

export interface Lease {
  /** Silence is counted from here on: before it the watch, and perhaps all of us, slept. */
  readonly awakeSince: Date;
  readonly auditedTo: Date | null;
}

/** A look that comes later than this after the one before says that nobody was there. */
const sleptMs = 5 * 60_000;

/** Takes or keeps the watch, for a minute by the database's own clock; null while another server has it. */
export async function takeWatch(db: Db, holder: string, now: Date): Promise<Lease | null> {
  const { rows } = await sql<Lease>`
    update quality_watch set holder = ${holder}, held_until = now() + interval '1 minute', looked_at = ${now},
      awake_since = case
        when awake_since is null or looked_at is null or looked_at > ${now}
          or ${now}::timestamptz - looked_at > ${sleptMs} * interval '1 millisecond' then ${now}
        else awake_since end
    where id = 1 and (holder = ${holder} or holder is null or held_until < now())
    returning awake_since as "awakeSince", audited_to as "auditedTo"`.execute(db);
  return rows[0] ?? null;
}

export const auditedTo = (db: Db, at: Date): Promise<unknown> =>
  sql`update quality_watch set audited_to = ${at} where id = 1`.execute(db);

export const leaveWatch = (db: Db, holder: string): Promise<unknown> =>
  sql`update quality_watch set holder = null, held_until = null where id = 1 and holder = ${holder}`.execute(
    db,
  );

export async function findLookedAt(db: Db): Promise<Date | null> {
  const { rows } = await sql<{
    at: Date | null;
  }>`select looked_at as at from quality_watch where id = 1`.execute(db);
  return rows[0]?.at ?? null;
}
