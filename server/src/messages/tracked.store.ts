import type { ChannelKind } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import type { MessagesParts } from "./parts.ts";
import { claimOf, isGenuine, type LinkToken } from "./token.ts";

/** The message that a link was written into. */
export interface TrackedMessage {
  readonly message: number;
  readonly link: number;
  readonly workspace: number;
  readonly campaign: number;
  readonly channel: ChannelKind;
  readonly links: readonly string[];
  readonly person: number;
  readonly node: number | null;
}

/** Whose link this is; null for anything that we did not write ourselves. */
export async function readLink(
  { db, keysOf }: MessagesParts,
  kind: LinkToken["kind"],
  token: string,
): Promise<TrackedMessage | null> {
  const claim = claimOf(kind, token);
  if (claim === null) return null;
  const { rows } = await sql<Omit<TrackedMessage, "link">>`
    select message.id as message, message.workspace_id as workspace, campaign.id as campaign, channel.kind as channel,
      campaign.links, message.person, message.node
    from message join campaign on campaign.id = message.campaign_id join channel on channel.id = campaign.channel_id
    where message.id = ${claim.message}`.execute(db);
  const row = rows[0];
  if (row === undefined) return null;
  const { hash } = await keysOf(row.workspace);
  return isGenuine(hash, kind, token) ? { ...row, link: claim.link } : null;
}
