import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

/** Whether a server is carrying policies out now: it holds the lock of life-cycle.job.ts. */
export async function isBusy(db: Db): Promise<boolean> {
  const { rows } = await sql<{ busy: boolean }>`
    select exists (select from pg_locks where locktype = 'advisory' and objid = 7184 and classid = 0 and granted) as busy`.execute(
    db,
  );
  return rows[0]?.busy ?? false;
}
