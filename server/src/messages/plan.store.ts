import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { armOf } from "./arms.ts";

export interface Plan {
  readonly id: number;
  readonly workspace: number;
  readonly segment: number;
  readonly seed: string;
  readonly holdoutShare: number;
  readonly startedAt: Date;
  /** Everybody up to this person has a row. */
  readonly upTo: number;
}

/** What is left to plan of a running campaign, or null. */
export async function findPlan(db: Db, campaign: number): Promise<Plan | null> {
  const { rows } = await sql<Plan>`
    select id, workspace_id as workspace, segment_id as segment, seed, holdout_share as "holdoutShare", started_at as "startedAt",
      coalesce((select max(person) from message where campaign_id = campaign.id), 0) as "upTo"
    from campaign where id = ${campaign} and status = 'running' and not planned`.execute(db);
  return rows[0] ?? null;
}

/** One slice of the audience; false when the campaign no longer runs. Repeating a slice changes nothing. */
export async function planSlice(db: Db, plan: Plan, persons: readonly number[]): Promise<boolean> {
  const arms = persons.map((person) => armOf(plan.seed, person, plan.holdoutShare));
  const { rows } = await sql<{ id: number }>`
    with running as (
      update campaign set beat_at = now() where id = ${plan.id} and status = 'running' returning id
    ), planned as (
      insert into message (workspace_id, campaign_id, person, arm, state, due_at)
      select ${plan.workspace}, running.id, list.person, list.arm,
        case when list.arm = 'holdout' then 'holdout' else 'planned' end, ${plan.startedAt}
      from running, unnest(${[...persons]}::bigint[], ${arms}::text[]) as list (person, arm)
      on conflict (campaign_id, person) do nothing
    )
    select id from running`.execute(db);
  return rows.length > 0;
}

export async function finishPlan(db: Db, campaign: number): Promise<void> {
  await sql`update campaign set planned = true, beat_at = now() where id = ${campaign}`.execute(db);
}
