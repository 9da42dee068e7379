import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import type { StoppedItem, Whom } from "../privacy/stoppers.ts";
import type { Reason } from "./reasons.ts";

/**
 * Holds what is planned for, or on its way to, somebody who has just said no. What was handed over has left; whatever
 * is claimed in this moment is asked about once more before it is (send-batch.client.ts).
 */
export async function holdMessages(
  tx: Tx,
  { workspace, nodes }: Whom,
  reason: Reason,
): Promise<StoppedItem[]> {
  const { rows } = await sql<{ campaign: number; name: string; held: number }>`
    with held as (
      update message set state = 'held', reason = ${reason}, owner = null, lease_until = null, day = null
      where workspace_id = ${workspace} and (state = 'planned' or state = 'sending' and handed_at is null)
        and person = any(${[...nodes]}::bigint[])
      returning campaign_id
    )
    select campaign.id as campaign, campaign.name, count(*) as held
    from held join campaign on campaign.id = held.campaign_id group by 1, 2`.execute(tx);
  return rows.map(({ campaign, name, held }) => ({
    kind: "message",
    ref: String(campaign),
    name,
    times: held,
  }));
}
