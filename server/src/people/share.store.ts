import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import type { EdgeKey } from "./decision.ts";
import { type Reshaped, reshape } from "./reshape.store.ts";
import { suggest } from "./review.store.ts";
import type { RuleSet } from "./rule-book.store.ts";
import type { Share } from "./sharing.ts";

/**
 * A value that too many persons show joins nobody from now on. What it joined before is parted, or put to somebody as a
 * question, as its rule says; its edges stay as evidence.
 */
export async function shareValue(
  tx: Tx,
  workspace: number,
  { node, namespace, persons }: Share,
  rules: RuleSet,
  at: Date,
): Promise<Reshaped> {
  await sql`
    insert into shared_value (node, workspace_id, persons, since) values (${node}, ${workspace}, ${persons}, ${at})
    on conflict do nothing`.execute(tx);
  const { whenShared } = rules.of(namespace);
  if (whenShared === "propose") {
    await suggest(
      tx,
      workspace,
      [{ kind: "shared", a: node, b: node, score: null, evidence: { persons } }],
      at,
    );
    return { moves: [], nodes: new Map() };
  }
  await stopJoining(tx, node, null);
  return reshape(tx, workspace, [node], at);
}

/** No edge of this node joins any more, but for what somebody decided; answers them with the state they had. */
export async function stopJoining(
  tx: Tx,
  node: number,
  decision: number | null,
): Promise<(EdgeKey & { state: string })[]> {
  await sql`
    update review_item set state = 'settled' where (a = ${node} or b = ${node}) and kind = 'conflict'
      and state in ('open', 'later')`.execute(tx);
  const { rows } = await sql<EdgeKey & { state: string }>`
    with before as (
      select a, b, rule, state from edge where (a = ${node} or b = ${node}) and state in ('live', 'conflict')
        and rule in ('same-message', 'same-row', 'conflict', 'alias') for update
    )
    update edge set state = 'shared', decision = ${decision} from before
    where edge.a = before.a and edge.b = before.b and edge.rule = before.rule
    returning edge.a, edge.b, edge.rule, before.state`.execute(tx);
  return rows;
}
