import { ch, u64 } from "../platform/clickhouse.ts";
import type { JobContext } from "../platform/jobs.ts";
import { audienceOf } from "./audience.store.ts";
import type { MessagesParts } from "./parts.ts";
import { findPlan, finishPlan, planSlice } from "./plan.store.ts";
import { addSendJob } from "./run.store.ts";

const slice = 2000;

/**
 * Gives everybody of the audience a row, in slices by person, so that a killed plan goes on where it stopped. Sending
 * begins with the first slice.
 */
export async function planCampaign(
  { db, clickhouse, clock, jobs }: MessagesParts,
  campaign: number,
  { signal }: Pick<JobContext, "signal">,
  /** Who works on it, for others to see. */
  owner: string | null = null,
): Promise<void> {
  const plan = await findPlan(db, campaign);
  const audience = plan && (await audienceOf(db, plan.workspace, plan.segment, plan.startedAt));
  if (!plan || !audience) return;
  let first = true;
  for await (const persons of slices(
    clickhouse.stream<{ person: number }>(
      ch`select person from (${audience}) where person > ${u64(plan.upTo)} order by person`,
    ),
  )) {
    // Taken up again after the next start, from the last person planned.
    if (signal.aborted) return;
    if (!(await planSlice(db, plan, persons, owner))) return;
    if (first) await addSendJob(jobs, db, campaign, clock.now());
    first = false;
  }
  await finishPlan(db, campaign);
  await addSendJob(jobs, db, campaign, clock.now());
}

async function* slices(chunks: AsyncIterable<{ person: number }[]>): AsyncGenerator<number[]> {
  let waiting: number[] = [];
  for await (const rows of chunks) {
    for (const { person } of rows) {
      waiting.push(Number(person));
      if (waiting.length < slice) continue;
      yield waiting;
      waiting = [];
    }
  }
  if (waiting.length > 0) yield waiting;
}
