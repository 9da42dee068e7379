import { sql } from "kysely";
import { recordConsents } from "../people/consent.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { writeNotes } from "./notes.store.ts";
import type { MessagesParts } from "./parts.ts";
import type { TrackedMessage } from "./tracked.store.ts";

/**
 * Obeyed before the answer: consent is withdrawn for the whole person, the address is suppressed, and whatever was on
 * its way to this person is taken back. Saying it again changes nothing.
 */
export async function unsubscribe(
  { db, clickhouse, clock, onFacts }: MessagesParts,
  { workspace, message, campaign, channel, person, node }: TrackedMessage,
): Promise<void> {
  const at = clock.now();
  const address = node ?? person;
  const exists = await db.transaction().execute(async (tx) => {
    const known =
      await sql`select id from node where id = ${address} and workspace_id = ${workspace}`.execute(tx);
    if (known.rows.length === 0) return false;
    const withdrawal = {
      node: address,
      purpose: "marketing",
      state: "withdrawn",
      saidBy: "link",
      at,
    } as const;
    await recordConsents(tx, workspace, [withdrawal]);
    await sql`
      insert into suppression (workspace_id, namespace, value_hash, reason, at)
      select workspace_id, namespace, value_hash, 'unsubscribed', ${at} from node where id = ${node}
      on conflict (workspace_id, namespace, value_hash) do update set reason = 'unsubscribed', at = excluded.at
        where suppression.reason = 'bounced'`.execute(tx);
    await takeBackMessages(tx, workspace, [address]);
    return true;
  });
  if (!exists) return;
  const name = "Message Unsubscribed";
  await writeNotes(clickhouse, [{ workspace, node: address, message, campaign, channel, name, at }], at);
  onFacts?.(workspace, [address], [name]);
}

/** Holds what is planned for, or on its way to, the persons of these nodes. */
async function takeBackMessages(db: Db | Tx, workspace: number, nodes: readonly number[]): Promise<void> {
  await sql`
    update message set state = 'held', reason = 'consent-withdrawn', owner = null, lease_until = null, day = null
    where workspace_id = ${workspace} and (state = 'planned' or state = 'sending' and handed_at is null)
      and person in (
        select other.id from node as me join node as other
          on other.workspace_id = me.workspace_id and other.person = me.person
        where me.id = any(${[...nodes]}::bigint[]) and me.workspace_id = ${workspace})`.execute(db);
}
