import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import type { StoppedItem, StopReason, Whom } from "../privacy/stoppers.ts";
import type { ExitReason } from "./reasons.ts";

const reasons = { silence: "silence", withdrawn: "consent-withdrawn" } as const satisfies Record<
  StopReason,
  ExitReason
>;

/**
 * Who has just said no leaves every journey, in the transaction of the word. All of them: a run chosen before a loss may
 * speak of the child whatever it was about, and the gate would hold it. What they handed over is held by the messages.
 */
export async function letGo(
  tx: Tx,
  { workspace, nodes }: Whom,
  reason: StopReason,
  at: Date,
): Promise<StoppedItem[]> {
  const { rows } = await sql<{ journey: number; name: string; times: number }>`
    with gone as (
      update journey_run set state = 'exited', reason = ${reasons[reason]}, due_at = null, resting = false, ended_at = ${at}
      where workspace_id = ${workspace} and node = any(${[...nodes]}::bigint[]) and state = 'waiting'
      returning journey_id
    )
    select journey.id as journey, journey.name, count(*)::int as times
    from gone join journey on journey.id = gone.journey_id group by 1, 2`.execute(tx);
  return rows.map(({ journey, name, times }) => ({ kind: "journey", ref: String(journey), name, times }));
}
