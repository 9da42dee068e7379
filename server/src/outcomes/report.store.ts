import type { CampaignReport } from "@stork/contract/outcomes.ts";
import { sql } from "kysely";
import type { CampaignRecord } from "../messages/campaign.store.ts";
import { existingCampaign } from "../messages/campaign-form.store.ts";
import type { PersonMap } from "../people/person-map.store.ts";
import { personOf } from "../people/person-map.ts";
import { type ClickHouse, ch, instant, str, u32 } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { onceWithinMonths } from "../segments/once.ts";
import { todayIn } from "../segments/today.ts";
import { type ArmSums, armOf, liftsOf } from "./report.ts";

export interface ReportParts {
  db: Db;
  clickhouse: ClickHouse;
  personMap: Pick<PersonMap, "settled">;
  clock: Clock;
}

interface Workspace {
  id: number;
  timeZone: string;
}
type ArmName = "treated" | "holdout";

/** What a campaign did and what it changed; docs/metrics.md defines each figure. */
export async function findReport(
  { db, clickhouse, personMap, clock }: ReportParts,
  workspace: Workspace,
  id: string,
): Promise<CampaignReport> {
  const campaign = await existingCampaign(db, workspace.id, id);
  const now = clock.now();
  const { arms, lastSentAt } = await findArms(db, campaign.id);
  await personMap.settled();
  const window = windowOf(campaign, lastSentAt, now);
  const [doings, outcome] = await Promise.all([
    findDoings(clickhouse, workspace, campaign),
    sumArms(clickhouse, workspace, campaign, arms, window),
  ]);
  const total = (name: string) =>
    doings.filter((row) => row.name === name).reduce((sum, row) => sum + row.messages, 0);
  return {
    campaign: String(campaign.id),
    asOf: now.toISOString(),
    complete: window !== null && ["done", "stopped"].includes(campaign.status) && now >= window.closesAt,
    sent: total("Message Sent"),
    delivered: total("Message Delivered"),
    clicked: total("Message Clicked"),
    unsubscribed: total("Message Unsubscribed"),
    treated: armOf(outcome.treated),
    holdout: armOf(outcome.holdout),
    ...liftsOf(outcome.treated, outcome.holdout),
    daily: dailyOf(doings, outcome.convertedOn),
  };
}

/** Who of those the gate would let through was assigned to which arm, by who they are today. Who turned out to be in both is in neither. */
async function findArms(
  db: Db,
  campaign: number,
): Promise<{ arms: ReadonlyMap<number, ArmName>; lastSentAt: Date | null }> {
  const arms = new Map<number, ArmName>();
  const both = new Set<number>();
  let lastSentAt: Date | null = null;
  const slice = 20_000;
  for (let after = 0; ; ) {
    const { rows } = await sql<{ id: number; person: number; arm: ArmName; sentAt: Date | null }>`
      select message.id, coalesce(node.person, message.person) as person, message.arm, message.sent_at as "sentAt"
      from message left join node on node.id = message.person
      where message.campaign_id = ${campaign} and message.reachable and message.id > ${after}
      order by message.id limit ${slice}`.execute(db);
    for (const { person, arm, sentAt } of rows) {
      if ((arms.get(person) ?? arm) !== arm) both.add(person);
      arms.set(person, arm);
      if (sentAt !== null && (lastSentAt === null || sentAt > lastSentAt)) lastSentAt = sentAt;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) break;
    after = last.id;
  }
  for (const person of both) arms.delete(person);
  return { arms, lastSentAt };
}

interface Window {
  from: Date;
  closesAt: Date;
}

/** The same for both arms: from the campaign's start until the last message has had its days. */
function windowOf(
  { startedAt, conversionDays }: CampaignRecord,
  lastSentAt: Date | null,
  now: Date,
): Window | null {
  if (startedAt === null) return null;
  const days = conversionDays * 86_400_000;
  return { from: startedAt, closesAt: new Date((lastSentAt ?? now).getTime() + days) };
}

interface Doing {
  on: string;
  name: string;
  messages: number;
}

/** Messages by the day they were sent, delivered, first clicked or unsubscribed through. */
async function findDoings(
  clickhouse: ClickHouse,
  { id, timeZone }: Workspace,
  { id: campaign, startedAt }: CampaignRecord,
): Promise<Doing[]> {
  if (startedAt === null) return [];
  return clickhouse.query<Doing>(ch`
    select toString(toDate(first, ${str(timeZone)})) as on, name, count() as messages
    from (
      select name, JSONExtractString(properties, 'message') as sent, min(at) as first
      from event final
      prewhere workspace = ${u32(id)} and at >= ${instant(startedAt)}
        and name in ('Message Sent', 'Message Delivered', 'Message Clicked', 'Message Unsubscribed')
      where JSONExtractString(properties, 'campaign') = ${str(String(campaign))}
      group by name, sent ${onceWithinMonths}
    )
    group by on, name`);
}

interface Outcome {
  treated: ArmSums;
  holdout: ArmSums;
  /** How many of the treated converted first on each date. */
  convertedOn: ReadonlyMap<string, number>;
}

/** Everybody who converted in the window, read as a stream and put to their arm: nothing is sent per person. */
async function sumArms(
  clickhouse: ClickHouse,
  { id, timeZone }: Workspace,
  { conversionEvent }: CampaignRecord,
  arms: ReadonlyMap<number, ArmName>,
  window: Window | null,
): Promise<Outcome> {
  const empty = (): ArmSums => ({ persons: 0, converted: 0, revenueFen: 0, revenueSquares: 0 });
  const sums = { treated: empty(), holdout: empty() };
  const convertedOn = new Map<string, number>();
  for (const arm of arms.values()) sums[arm].persons++;
  if (window === null || arms.size === 0) return { ...sums, convertedOn };
  const converters = clickhouse.stream<{ person: number; revenue: number; first: number }>(ch`
    select ${personOf(ch`node`)} as person, sumIf(amount_fen, excluded = 0) as revenue,
      toUnixTimestamp64Milli(min(at)) as first
    from event final
    prewhere workspace = ${u32(id)} and name = ${str(conversionEvent)}
      and at >= ${instant(window.from)} and at < ${instant(window.closesAt)}
    group by person ${onceWithinMonths}`);
  for await (const rows of converters) {
    for (const row of rows) {
      const arm = arms.get(Number(row.person));
      if (arm === undefined) continue;
      const revenue = Number(row.revenue);
      sums[arm].converted++;
      sums[arm].revenueFen += revenue;
      sums[arm].revenueSquares += revenue * revenue;
      if (arm === "holdout") continue;
      const on = todayIn(timeZone, new Date(Number(row.first)));
      convertedOn.set(on, (convertedOn.get(on) ?? 0) + 1);
    }
  }
  return { ...sums, convertedOn };
}

function dailyOf(
  doings: readonly Doing[],
  convertedOn: ReadonlyMap<string, number>,
): CampaignReport["daily"] {
  const days = [...new Set([...doings.map(({ on }) => on), ...convertedOn.keys()])].sort();
  const count = (on: string, name: string) =>
    doings.find((row) => row.on === on && row.name === name)?.messages ?? 0;
  return days.map((on) => ({
    on,
    sent: count(on, "Message Sent"),
    clicked: count(on, "Message Clicked"),
    converted: convertedOn.get(on) ?? 0,
  }));
}
