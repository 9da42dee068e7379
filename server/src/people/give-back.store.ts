import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import type { EdgeKey } from "./decision.ts";
import { type Deciding, setState } from "./decision-parts.store.ts";
import { numberList } from "./lists.ts";

type FormerTie = EdgeKey & { readonly state: string };

/**
 * Gives ties the state that they had before a decision which is taken back. A value that was said, or found, to be many
 * people's since then joins nobody by what was told: its ties wait as shared ones, and come back with the word that
 * holds them.
 */
export async function giveBack(tx: Tx, deciding: Deciding, ties: readonly FormerTie[]): Promise<void> {
  const holders = await findHolders(
    tx,
    ties.flatMap(({ a, b }) => [a, b]),
  );
  /** The decision that holds a tie back, null for the rules'; undefined: nothing does. */
  const holderOf = ({ a, b, rule, state }: FormerTie): number | null | undefined => {
    if (state !== "live" || !rule.startsWith("same")) return undefined;
    return holders.get(holders.has(a) ? a : b);
  };
  const held = Map.groupBy(
    ties.filter((tie) => holderOf(tie) !== undefined),
    holderOf,
  );
  for (const [holder, some] of held) {
    await setState(tx, { ...deciding, decision: holder ?? deciding.decision }, some, "shared");
    if (holder != null) await holdWith(tx, holder, some);
  }
  const free = ties.filter((tie) => holderOf(tie) === undefined);
  for (const [state, some] of Map.groupBy(free, (tie) => tie.state))
    await setState(tx, deciding, some, state);
}

/** Of values that are many people's, whose decision that was; null: the rules found it. */
async function findHolders(tx: Tx, nodes: readonly number[]): Promise<ReadonlyMap<number, number | null>> {
  if (nodes.length === 0) return new Map();
  const { rows } = await sql<{ node: number; decision: number | null }>`
    select node, decision from shared_value where node = any(${numberList(nodes)}::bigint[])`.execute(tx);
  return new Map(rows.map(({ node, decision }) => [node, decision]));
}

/** As if that decision had found them: they come back when it is taken back. */
async function holdWith(tx: Tx, decision: number, ties: readonly FormerTie[]): Promise<void> {
  const more = JSON.stringify(ties.map(({ a, b, rule, state }) => ({ a, b, rule, state })));
  await sql`
    update identity_decision set detail = jsonb_set(detail, '{cut}', detail -> 'cut' || ${more}::jsonb)
    where id = ${decision}`.execute(tx);
}
