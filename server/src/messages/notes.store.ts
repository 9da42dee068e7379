import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";

/** What happened to a message, as a fact about its recipient. */
export type MessageEvent = "Message Sent" | "Message Delivered" | "Message Clicked" | "Message Unsubscribed";

export interface Note {
  readonly workspace: number;
  readonly node: number;
  readonly message: number;
  readonly campaign: number;
  readonly channel: string;
  readonly name: MessageEvent;
  /** Tells two events of one name apart, e.g. clicks on two links. */
  readonly which?: number;
  readonly at: Date;
}

/** Writes facts; the same one written again is the same row, so whoever is unsure writes again. */
export async function writeNotes(
  clickhouse: ClickHouse,
  notes: readonly Note[],
  received: Date,
): Promise<void> {
  if (notes.length === 0) return;
  await clickhouse.insert(
    "event",
    notes.map(({ workspace, node, message, campaign, channel, name, which = 0, at }) => ({
      workspace,
      node,
      message: hashOf(`message:${message}:${name}:${which}`),
      at: textOf(at),
      received: textOf(received),
      type: "track",
      name,
      source: 0,
      properties: JSON.stringify({ campaign: String(campaign), channel, message: String(message) }),
    })),
  );
}

const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest().readBigUInt64BE().toString();
const textOf = (at: Date): string => at.toISOString().replace("T", " ").replace("Z", "");

const slice = 1000;

interface SentRow {
  id: number;
  workspace_id: number;
  person: number;
  node: number | null;
  sent_at: Date;
  kind: string;
}

/**
 * Tells ClickHouse what the send log already holds, until nothing is left; a crash in between only repeats it.
 * Accepted counts as delivered: neither SMTP nor a webhook tells more, and what bounces later is a suppression.
 */
export async function noteSent(
  db: Db,
  clickhouse: ClickHouse,
  campaign: number,
  now: Date,
): Promise<number[]> {
  const nodes: number[] = [];
  for (;;) {
    const { rows } = await sql<SentRow>`
      select message.id, message.workspace_id, message.person, message.node, message.sent_at, channel.kind
      from message join campaign on campaign.id = message.campaign_id join channel on channel.id = campaign.channel_id
      where message.campaign_id = ${campaign} and message.state = 'sent' and message.noted_at is null
      order by message.id limit ${slice}`.execute(db);
    if (rows.length === 0) return nodes;
    const notes = rows.flatMap((row): Note[] => {
      const { id: message, workspace_id: workspace, node, person, kind: channel, sent_at: at } = row;
      const common = { workspace, node: node ?? person, message, campaign, channel, at };
      return [
        { ...common, name: "Message Sent" },
        { ...common, name: "Message Delivered" },
      ];
    });
    await writeNotes(clickhouse, notes, now);
    await sql`update message set noted_at = ${now} where id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(
      db,
    );
    nodes.push(...notes.map(({ node }) => node));
  }
}
