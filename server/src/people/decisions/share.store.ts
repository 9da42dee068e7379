import { sql } from "kysely";
import type { Tx } from "../../platform/postgres.ts";
import { Refusal } from "../../platform/refusal.ts";
import { type ChangeOf, type Done, nothingDone } from "../decision.ts";
import { type Deciding, idsOf, nodesOf } from "../decision-parts.store.ts";
import { refusals } from "../refusals.ts";
import { stopJoining } from "../share.store.ts";

/** A value is many people's (a store's phone): it joins nobody. */
export async function share(tx: Tx, deciding: Deciding, { node }: ChangeOf<"share">): Promise<Done> {
  const { workspace, decision, at } = deciding;
  const owners = await nodesOf(tx, deciding, node);
  const { rows } = await sql<{ node: number }>`
    insert into shared_value (node, workspace_id, persons, decision, since)
    values (${node}, ${workspace}, 0, ${decision}, ${at})
    -- Found by the rules before: somebody's word takes its place.
    on conflict (node) do update set decision = excluded.decision where shared_value.decision is null
    returning node`.execute(tx);
  if (rows.length === 0) throw new Refusal(refusals.sharedAlready);
  const cut = await stopJoining(tx, node, decision);
  return {
    ...nothingDone,
    cut,
    touched: [...new Set([...idsOf(owners), ...cut.flatMap(({ a, b }) => [a, b])])],
  };
}
