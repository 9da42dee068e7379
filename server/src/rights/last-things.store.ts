import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

/**
 * What she had agreed to, as proof without her: purposes, states and times go into the proof log, which knows no person.
 * Asked again by her number, the ledger's hash leads to the request and so to these.
 */
export async function receiptsOf(
  db: Db,
  nodes: readonly number[],
): Promise<{ purpose: string; state: string; at: string; textVersion: number | null }[]> {
  const { rows } = await sql<{ purpose: string; state: string; at: Date; textVersion: number | null }>`
    select distinct purpose, state, at, text_version as "textVersion" from consent
    where node = any(${[...nodes]}::bigint[]) order by at limit 200`.execute(db);
  return rows.map(({ at, ...one }) => ({ ...one, at: at.toISOString() }));
}

/** Who asked to be forgotten is not written to, whoever sends us the address again; kept as the keyed hash alone. */
export async function neverWriteAgain(db: Db, nodes: readonly number[], at: Date): Promise<void> {
  await sql`
    insert into suppression (workspace_id, namespace, value_hash, reason, at)
    select workspace_id, namespace, value_hash, 'erased', ${at}::timestamptz from node
    where id = any(${[...nodes]}::bigint[])
      and (namespace in ('phone', 'email', 'unionid') or namespace like 'openid%')
    on conflict (workspace_id, namespace, value_hash) do nothing`.execute(db);
}
