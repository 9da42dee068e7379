import type { ChannelKind } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { armOf } from "./arms.ts";
import { chosenByChildren } from "./audience.store.ts";
import { channels } from "./channels.ts";
import { gatherFacts } from "./gate.store.ts";
import { objection } from "./gate.ts";
import { calendarDay } from "./quiet-hours.ts";

export interface Plan {
  readonly id: number;
  readonly workspace: number;
  readonly segment: number;
  readonly seed: string;
  readonly holdoutShare: number;
  readonly startedAt: Date;
  readonly channelKind: ChannelKind;
  readonly timeZone: string;
  /** Everybody up to this person has a row. */
  readonly upTo: number;
}

/** What is left to plan of a running campaign, or null. */
export async function findPlan(db: Db, campaign: number): Promise<Plan | null> {
  const { rows } = await sql<Plan>`
    select campaign.id, campaign.workspace_id as workspace, segment_id as segment, seed, holdout_share as "holdoutShare",
      started_at as "startedAt", channel.kind as "channelKind", time_zone as "timeZone", planned_to as "upTo"
    from campaign join channel on channel.id = campaign.channel_id join workspace on workspace.id = campaign.workspace_id
    where campaign.id = ${campaign} and status = 'running' and not planned`.execute(db);
  return rows[0] ?? null;
}

/**
 * One slice of the audience, in order; false when the campaign no longer runs. Repeating a slice changes nothing.
 * ClickHouse's map of who is who may be a second old, so everybody is looked up as of now: two ids of one person are
 * one row. The gate is asked about the held out as about the treated: only who could be reached is compared later.
 */
export async function planSlice(
  db: Db,
  plan: Plan,
  ids: readonly number[],
  owner: string | null,
): Promise<boolean> {
  const persons = await whoToday(db, plan.workspace, ids);
  const arms = persons.map((person) => armOf(plan.seed, person, plan.holdoutShare));
  const { workspace, startedAt, timeZone, channelKind } = plan;
  const { addressedBy } = channels[channelKind];
  const day = calendarDay(startedAt, timeZone);
  const byChildrenAt = (await chosenByChildren(db, workspace, plan.segment)) ? startedAt : null;
  const question = { workspace, campaign: null, addressedBy, byChildrenAt, day };
  const facts = await gatherFacts(db, question, persons);
  const reachable = facts.map((known) => objection(known) === null);
  const { rows } = await sql<{ id: number }>`
    with running as (
      update campaign set beat_at = now(), beat_by = ${owner}, planned_to = ${ids.at(-1) ?? plan.upTo}
      where id = ${plan.id} and status = 'running' returning id
    ), planned as (
      insert into message (workspace_id, campaign_id, person, arm, reachable, state, due_at)
      select ${workspace}, running.id, list.person, list.arm, list.reachable,
        case when list.arm = 'holdout' then 'holdout' else 'planned' end, ${startedAt}
      from running, unnest(${persons}::bigint[], ${arms}::text[], ${reachable}::boolean[])
        as list (person, arm, reachable)
      on conflict (campaign_id, person) where run_id is null do nothing
    )
    select id from running`.execute(db);
  return rows.length > 0;
}

async function whoToday(db: Db, workspace: number, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ person: number }>`
    select distinct person from node where workspace_id = ${workspace} and id = any(${[...ids]}::bigint[])
    order by person`.execute(db);
  return rows.map(({ person }) => person);
}

export async function finishPlan(db: Db, campaign: number): Promise<void> {
  await sql`update campaign set planned = true, beat_at = now() where id = ${campaign}`.execute(db);
}
