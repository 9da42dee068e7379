import type { Campaign, NewCampaign } from "@stork/contract/campaigns.ts";
import type { z } from "zod";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { unknownSegment } from "../segments/refusals.ts";
import { segmentExists } from "./audience.store.ts";
import { type CampaignRecord, type Counts, type Draft, findCampaign, nothing } from "./campaign.store.ts";
import { findChannel } from "./channel.store.ts";
import { compile } from "./content.ts";
import { unknownCampaign, unknownChannel } from "./refusals.ts";

/** A campaign of this workspace, by the id in its address. */
export async function existingCampaign(db: Db, workspace: number, id: string): Promise<CampaignRecord> {
  const found = /^\d{1,9}$/.test(id) ? await findCampaign(db, Number(id)) : null;
  if (found === null || found.workspace !== workspace || found.journey !== null)
    throw new Refusal(unknownCampaign);
  return found;
}

/** What was asked for, once its segment and channel exist and its template can be filled in. */
export async function draftOf(db: Db, workspace: number, asked: z.infer<typeof NewCampaign>): Promise<Draft> {
  const { name, content, holdoutShare, conversion } = asked;
  const [segment, channel] = [numberOf(asked.segment), numberOf(asked.channel)];
  if (segment === null || !(await segmentExists(db, workspace, segment))) throw new Refusal(unknownSegment);
  if (channel === null || (await findChannel(db, workspace, channel)) === null)
    throw new Refusal(unknownChannel);
  compile(content);
  const { event: conversionEvent, withinDays: conversionDays } = conversion;
  return { name, segment, channel, ...content, holdoutShare, conversionEvent, conversionDays };
}

const numberOf = (id: string): number | null => (/^\d{1,9}$/.test(id) ? Number(id) : null);

export function shownCampaign(row: CampaignRecord, counts: Counts | undefined): Campaign {
  return {
    id: String(row.id),
    name: row.name,
    segment: String(row.segment),
    segmentName: row.segmentName,
    channel: String(row.channel),
    channelName: row.channelName,
    channelKind: row.channelKind,
    content: { subject: row.subject, body: row.body },
    // Kept as a 4-byte real: 0.1, not 0.10000000149.
    holdoutShare: Math.round(row.holdoutShare * 1e6) / 1e6,
    conversion: { event: row.conversionEvent, withinDays: row.conversionDays },
    status: row.status,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    counts: counts ?? nothing(),
  };
}
