import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

export interface RunCounts {
  waiting: number;
  done: number;
  exited: number;
  entered7Days: number;
}

/** How many are on the way, arrived, and left; a run whose event is not known to be stored counts for nothing. */
export async function countRuns(
  db: Db,
  journeys: readonly number[],
  now: Date,
): Promise<Map<number, RunCounts>> {
  const since = new Date(now.getTime() - 7 * 86_400_000);
  const { rows } = await sql<RunCounts & { journey: number }>`
    select journey_id as journey, count(*) filter (where state = 'waiting') as waiting,
      count(*) filter (where state = 'done') as done, count(*) filter (where state = 'exited') as exited,
      count(*) filter (where entered_at > ${since}) as "entered7Days"
    from journey_run where journey_id = any(${[...journeys]}::int[]) and fact is null group by 1`.execute(db);
  return new Map(rows.map(({ journey, ...counts }) => [journey, counts]));
}

export interface StepCounts {
  step: number;
  came: number;
  waiting: number;
  sent: number;
  held: number;
}

/** The same step by step, of one definition; what became of messages is the send log's word. */
export async function countSteps(db: Db, journey: number, version: number): Promise<StepCounts[]> {
  const { rows } = await sql<StepCounts>`
    with runs as (
      select id, step, state from journey_run where journey_id = ${journey} and version = ${version} and fact is null
    ), came as (
      select journey_step.step, count(*) as came from runs join journey_step on run_id = runs.id group by 1
    ), waiting as (
      select step, count(*) as waiting from runs where state = 'waiting' group by 1
    ), said as (
      select line.step::int, count(*) filter (where message.state = 'sent') as sent,
        count(*) filter (where message.state = 'held') as held
      from journey_version, jsonb_each_text(lines) as line (step, campaign)
      join message on message.campaign_id = line.campaign::int
      where journey_id = ${journey} and version = ${version} group by 1
    )
    select step, coalesce(came, 0) as came, coalesce(waiting, 0) as waiting, coalesce(sent, 0) as sent,
      coalesce(held, 0) as held
    from came full join waiting using (step) full join said using (step)`.execute(db);
  return rows;
}

export interface Exits {
  reason: string;
  runs: number;
}

/** Why runs ended before the last step, the most frequent reason first. */
export async function countExits(db: Db, journey: number): Promise<Exits[]> {
  const { rows } = await sql<Exits>`
    select reason, count(*) as runs from journey_run
    where journey_id = ${journey} and state = 'exited' and reason is not null group by 1 order by 2 desc, 1`.execute(
    db,
  );
  return rows;
}

export async function countEarlier(db: Db, journey: number, version: number): Promise<number> {
  const { rows } = await sql<{ runs: number }>`
    select count(*) as runs from journey_run
    where journey_id = ${journey} and version <> ${version} and state = 'waiting' and fact is null`.execute(
    db,
  );
  return rows[0]?.runs ?? 0;
}
