import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { stateConsent } from "../privacy/consent.store.ts";
import { holdMessages } from "./hold.store.ts";
import { writeNotes } from "./notes.store.ts";
import type { MessagesParts } from "./parts.ts";
import { suppress } from "./suppression.store.ts";
import type { TrackedMessage } from "./tracked.store.ts";

/**
 * Obeyed before the answer: consent is withdrawn for the whole person, the address is suppressed, and whatever was on
 * its way to this person is taken back. Saying it again changes nothing.
 */
export async function unsubscribe(
  { db, clickhouse, clock, onFacts, stoppers }: MessagesParts,
  { workspace, message, campaign, channel, person, node }: TrackedMessage,
): Promise<void> {
  const at = clock.now();
  const address = node ?? person;
  const exists = await db.transaction().execute(async (tx) => {
    const who = await findPerson(tx, workspace, address);
    if (who === null) return false;
    // Each link is a voice of its own: who unsubscribed, agreed again and unsubscribes again has said something new.
    const said = { purpose: "marketing", state: "withdrawn", by: `link:${message}`, at } as const;
    await stateConsent(tx, workspace, who, said);
    if (node !== null) await suppress(tx, [node], "unsubscribed", at);
    const nodes = await findNodesOf(tx, workspace, who);
    const whom = { workspace, persons: [who], nodes };
    await holdMessages(tx, whom, "consent-withdrawn");
    for (const stop of stoppers?.inside ?? []) await stop(tx, whom, "withdrawn", at);
    return true;
  });
  if (!exists) return;
  const name = "Message Unsubscribed";
  await writeNotes(clickhouse, [{ workspace, node: address, message, campaign, channel, name, at }], at);
  onFacts?.(workspace, [address], [name]);
}

async function findNodesOf(tx: Tx, workspace: number, person: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from node where workspace_id = ${workspace} and person = ${person}`.execute(tx);
  return rows.map(({ id }) => id);
}

async function findPerson(tx: Tx, workspace: number, node: number): Promise<number | null> {
  const { rows } = await sql<{ person: number }>`
    select person from node where id = ${node} and workspace_id = ${workspace}`.execute(tx);
  return rows[0]?.person ?? null;
}
