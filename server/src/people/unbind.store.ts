import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { type Reshaped, reshape } from "./reshape.store.ts";
import { bumpEpoch } from "./rule-book.store.ts";
import { nodesOf, type Seen } from "./sighted.ts";

/**
 * A source takes back what it bound: the identifier is not the others' any more. One that was told alone parts from
 * everybody it was with. What was tied before stays as evidence, and a new binding counts again. Answers whether what
 * is remembered of ties must be forgotten.
 */
export async function partBound(
  tx: Tx,
  workspace: number,
  seen: readonly Seen[],
  at: Date,
  take: (shaped: Reshaped) => void,
): Promise<boolean> {
  const unbound = seen.filter(({ sighting, wanted }) => sighting.rule === "unbind" && wanted.length > 0);
  if (unbound.length === 0) return false;
  for (const one of unbound) {
    const { sighting } = one;
    const ids = nodesOf(one);
    // The weakest of them is what was bound to the others.
    const freed = ids.at(-1) as number;
    const { rows } = await sql<{ a: number; b: number; rule: string; state: string }>`
      with parted as (
        select a, b, rule, state from edge where (a = ${freed} or b = ${freed}) and state = 'live' for update)
      update edge set state = 'cut' from parted
      where edge.a = parted.a and edge.b = parted.b and edge.rule = parted.rule
      returning edge.a, edge.b, edge.rule, parted.state`.execute(tx);
    if (rows.length === 0) continue;
    const touched = [...new Set([freed, ...rows.flatMap(({ a, b }) => [a, b])])];
    const { rows: decisions } = await sql<{ id: number }>`
      insert into identity_decision (workspace_id, kind, who, reason, at, nodes, detail)
      values (${workspace}, 'split', ${`source:${sighting.source}`}, 'unbind', ${at}, ${touched}::bigint[],
        ${JSON.stringify({ made: [], cut: rows, never: [], shared: [], one: [freed], other: ids.slice(0, -1) })})
      returning id`.execute(tx);
    await sql`update edge set decision = ${decisions[0]?.id ?? null}
      where (a = ${freed} or b = ${freed}) and state = 'cut' and decision is null`.execute(tx);
    take(await reshape(tx, workspace, touched, at));
  }
  // Whoever remembers these ties as judged would not look at them when they are bound again.
  await bumpEpoch(tx, workspace);
  return true;
}
