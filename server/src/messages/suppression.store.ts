import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

/** Addresses never to be written to again, by their hash, so that this outlives the person. Her own word outranks ours. */
export async function suppress(
  db: Db | Tx,
  nodes: readonly number[],
  reason: "unsubscribed" | "bounced",
  at: Date,
): Promise<void> {
  await sql`
    insert into suppression (workspace_id, namespace, value_hash, reason, at)
    select workspace_id, namespace, value_hash, ${reason}::text, ${at}::timestamptz from node
    where id = any(${[...nodes]}::bigint[])
    on conflict (workspace_id, namespace, value_hash) do update set reason = excluded.reason, at = excluded.at
      where suppression.reason = 'bounced' and excluded.reason = 'unsubscribed'`.execute(db);
}
