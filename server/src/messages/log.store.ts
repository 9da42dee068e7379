import type { MessageState, MessagesPage } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import type { z } from "zod";
import { maskIdentifier, maskName } from "../privacy/masking.ts";
import type { MessagesParts } from "./parts.ts";
import { reasonWords } from "./reasons.ts";
import { loadRecipients } from "./recipients.store.ts";

interface Row {
  id: number;
  person: number;
  today: number | null;
  node: number | null;
  arm: "treated" | "holdout";
  state: MessageState;
  reason: string | null;
  receipt: string | null;
  attempts: number;
  at: Date;
}

/** The send log of a campaign, in the order it was planned; names and addresses masked. */
export async function listMessages(
  parts: MessagesParts,
  { workspace, campaign, day }: { workspace: number; campaign: number; day: string },
  { state, after, limit }: { state: MessageState | null; after: number; limit: number },
): Promise<z.infer<typeof MessagesPage>> {
  const { rows } = await sql<Row>`
    select message.id, message.person, node.person as today, message.node, message.arm, message.state, message.reason,
      message.receipt, message.attempts, coalesce(message.sent_at, message.handed_at, message.due_at) as at
    from message left join node on node.id = message.person
    where message.campaign_id = ${campaign} and (${state}::text is null or message.state = ${state})
      and message.id > ${after}
    order by message.id limit ${limit + 1}`.execute(parts.db);
  const shown = rows.slice(0, limit);
  const persons = shown.flatMap(({ today }) => (today === null ? [] : [today]));
  const recipients = await loadRecipients(parts, workspace, persons, day);
  const items = shown.map((row) => {
    const recipient = row.today === null ? undefined : recipients.get(row.today);
    const name = recipient?.values.person.name;
    const to = recipient?.identifiers.find(({ node }) => node === row.node);
    return {
      id: String(row.id),
      person: String(row.today ?? row.person),
      name: name === undefined ? null : maskName(name),
      to: to === undefined ? null : maskIdentifier(to.namespace, to.value),
      arm: row.arm,
      state: row.state,
      reason: reasonWords(row.reason === null || !row.receipt ? row.reason : `${row.reason}:${row.receipt}`),
      attempts: row.attempts,
      at: row.arm === "holdout" ? null : row.at.toISOString(),
    };
  });
  return { items, next: rows.length > limit ? String(shown.at(-1)?.id) : null };
}
