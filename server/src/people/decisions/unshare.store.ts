import { sql } from "kysely";
import type { Tx } from "../../platform/postgres.ts";
import { Refusal } from "../../platform/refusal.ts";
import { findBars } from "../bars.store.ts";
import { type ChangeOf, type Done, type EdgeKey, nothingDone } from "../decision.ts";
import { type Deciding, setState } from "../decision-parts.store.ts";
import { planJoins, type TieRule } from "../joins.ts";
import { findPersonsOf } from "../node.store.ts";
import { refusals } from "../refusals.ts";

/** A value is one person's after all: what it was told with is judged as if it had never been held back. */
export async function unshare(tx: Tx, deciding: Deciding, { node }: ChangeOf<"unshare">): Promise<Done> {
  const { workspace, decision, rules } = deciding;
  const { rows: gone } = await sql<{ node: number }>`
    delete from shared_value where node = ${node} and workspace_id = ${workspace} returning node`.execute(tx);
  if (gone.length === 0) throw new Refusal(refusals.notShared);
  await sql`
    insert into unshared_value (node, workspace_id, decision) values (${node}, ${workspace}, ${decision})
    on conflict do nothing`.execute(tx);
  const { rows: held } = await sql<EdgeKey>`
    select a, b, rule from edge where (a = ${node} or b = ${node}) and state = 'shared'
    order by at, a, b, rule`.execute(tx);
  const ends = [...new Set([node, ...held.flatMap(({ a, b }) => [a, b])])];
  const existing = await findPersonsOf(tx, workspace, ends);
  const bars = await findBars(
    tx,
    ends,
    existing.map(({ id }) => id),
  );
  const pairs = held.map(({ a, b, rule }) => ({ a, b, rule: rule as TieRule }));
  const { verdicts } = planJoins(existing, pairs, rules.of, rules.mostNodes, bars);
  const cut = [];
  for (const verdict of ["live", "conflict"] as const) {
    const some = held.filter((_, i) => verdicts[i] === verdict);
    cut.push(...(await setState(tx, deciding, some, verdict)));
  }
  return { ...nothingDone, cut, touched: ends };
}
