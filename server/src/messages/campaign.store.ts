import type { CampaignStatus, ChannelKind } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

export interface CampaignRecord {
  readonly id: number;
  readonly workspace: number;
  readonly name: string;
  /** 0 with a line, which has no audience of its own (lines.store.ts). */
  readonly segment: number;
  readonly segmentName: string;
  /** The journey whose line this is; null with a campaign. */
  readonly journey: number | null;
  readonly channel: number;
  readonly channelName: string;
  readonly channelKind: ChannelKind;
  readonly subject: string;
  readonly body: string;
  readonly holdoutShare: number;
  readonly conversionEvent: string;
  readonly conversionDays: number;
  readonly status: CampaignStatus;
  readonly seed: string;
  readonly planned: boolean;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const columns = sql`
  campaign.id, campaign.workspace_id as workspace, campaign.name,
  coalesce(campaign.segment_id, 0) as segment, coalesce(segment.name, '') as "segmentName",
  campaign.journey_id as journey, campaign.channel_id as channel, channel.name as "channelName",
  channel.kind as "channelKind", campaign.subject, campaign.body, campaign.holdout_share as "holdoutShare",
  campaign.conversion_event as "conversionEvent", campaign.conversion_days as "conversionDays", campaign.status,
  campaign.seed, campaign.planned, campaign.created_at as "createdAt", campaign.started_at as "startedAt",
  campaign.finished_at as "finishedAt"`;
const tables = sql`
  campaign left join segment on segment.id = campaign.segment_id join channel on channel.id = campaign.channel_id`;

export async function findCampaign(db: Db | Tx, id: number): Promise<CampaignRecord | null> {
  const { rows } = await sql<CampaignRecord>`
    select ${columns} from ${tables} where campaign.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Newest first. */
export async function listCampaigns(
  db: Db,
  workspace: number,
  { status, before, limit }: { status: CampaignStatus | null; before: number | null; limit: number },
): Promise<CampaignRecord[]> {
  const { rows } = await sql<CampaignRecord>`
    select ${columns} from ${tables}
    where campaign.workspace_id = ${workspace} and campaign.journey_id is null and (${status}::text is null or campaign.status = ${status})
      and (${before}::int is null or campaign.id < ${before})
    order by campaign.id desc limit ${limit}`.execute(db);
  return rows;
}

/** What can be said of a draft. */
export interface Draft {
  readonly name: string;
  readonly segment: number;
  readonly channel: number;
  readonly subject: string;
  readonly body: string;
  readonly holdoutShare: number;
  readonly conversionEvent: string;
  readonly conversionDays: number;
}

export async function insertCampaign(
  db: Db,
  workspace: number,
  draft: Draft,
  seed: string,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into campaign (workspace_id, name, segment_id, channel_id, subject, body, holdout_share, conversion_event,
      conversion_days, seed, created_at)
    values (${workspace}, ${draft.name}, ${draft.segment}, ${draft.channel}, ${draft.subject}, ${draft.body},
      ${draft.holdoutShare}, ${draft.conversionEvent}, ${draft.conversionDays}, ${seed}, ${now})
    returning id`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("insert returned no row");
  return id;
}

/** False when it is no draft any more. */
export async function updateDraft(db: Db, id: number, draft: Draft): Promise<boolean> {
  const { rows } = await sql`
    update campaign set name = ${draft.name}, segment_id = ${draft.segment}, channel_id = ${draft.channel},
      subject = ${draft.subject}, body = ${draft.body}, holdout_share = ${draft.holdoutShare},
      conversion_event = ${draft.conversionEvent}, conversion_days = ${draft.conversionDays}
    where id = ${id} and status = 'draft' returning id`.execute(db);
  return rows.length > 0;
}

export async function deleteDraft(db: Db, id: number): Promise<boolean> {
  const { rows } = await sql`delete from campaign where id = ${id} and status = 'draft' returning id`.execute(
    db,
  );
  return rows.length > 0;
}

export interface Counts {
  audience: number;
  holdout: number;
  waiting: number;
  held: number;
  sent: number;
  unknown: number;
  parked: number;
}

/** Where everybody of these campaigns' audiences stands now. */
export async function countMessages(db: Db, campaigns: readonly number[]): Promise<Map<number, Counts>> {
  const { rows } = await sql<{ campaign: number; state: string; messages: number }>`
    select campaign_id as campaign, state, count(*) as messages from message
    where campaign_id = any(${[...campaigns]}::int[]) group by 1, 2`.execute(db);
  const counts = new Map<number, Counts>();
  for (const { campaign, state, messages } of rows) {
    const sum = counts.get(campaign) ?? nothing();
    const place = state === "planned" || state === "sending" ? "waiting" : (state as keyof Counts);
    sum[place] += messages;
    sum.audience += messages;
    counts.set(campaign, sum);
  }
  return counts;
}

export const nothing = (): Counts => ({
  audience: 0,
  holdout: 0,
  waiting: 0,
  held: 0,
  sent: 0,
  unknown: 0,
  parked: 0,
});
