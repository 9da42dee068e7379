import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { componentsOf } from "./components.ts";
import type { Done, EdgeKey } from "./decision.ts";
import { anchorOf, type Deciding, findApart, idsOf, setState, tieByHand } from "./decision-parts.store.ts";
import { findPersonsOf } from "./node.store.ts";
import { refusals } from "./refusals.ts";
import { findLiveTies } from "./reshape.store.ts";

/** Merges of a third person by hand, made while two were wrongly one and standing still. Oldest first. */
export async function findMeanwhile(db: Db | Tx, workspace: number, decision: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select later.id from identity_decision as undone join identity_decision as later
      on later.workspace_id = undone.workspace_id and later.id > undone.id and later.nodes && undone.nodes
    where undone.workspace_id = ${workspace} and undone.id = ${decision}
      and undone.kind in ('merge', 'link') and later.kind in ('merge', 'link') and later.undone_at is null
    order by later.id limit 50`.execute(db);
  return rows.map(({ id }) => id);
}

type Sides = Pick<Done, "one" | "other">;

/**
 * Whoever merged a third person into two who were wrongly one meant one of them, and nothing says which: the tie hangs at
 * the strongest identifier of both. Those said to have meant the other side are tied to it in place of the first.
 */
export async function tieToOther(
  tx: Tx,
  deciding: Deciding,
  sides: Sides,
  moved: readonly number[],
): Promise<void> {
  if (moved.length === 0) return;
  const possible = await findMeanwhile(tx, deciding.workspace, deciding.decision);
  for (const decision of moved) {
    if (!possible.includes(decision)) throw new Refusal(refusals.unknownDecision);
    await moveOne(tx, { ...deciding, decision }, sides);
  }
}

async function moveOne(tx: Tx, deciding: Deciding, { one, other }: Sides): Promise<void> {
  const { workspace, decision, rules } = deciding;
  const { rows } = await sql<{ detail: Done; nodes: number[] }>`
    select detail, nodes from identity_decision where id = ${decision} and workspace_id = ${workspace}
    for update`.execute(tx);
  const found = rows[0] as { detail: Done; nodes: number[] };
  const [made] = found.detail.made;
  if (made === undefined) return;
  const known = await findPersonsOf(tx, workspace, [...one, ...other, ...found.nodes.map(Number)]);
  const ties = await findLiveTies(tx, idsOf(known));
  const without = ties.filter((tie) => !isSame(tie, made));
  const persons = componentsOf(idsOf(known), without);
  const [a, b] = [persons.get(one[0] as number), persons.get(other[0] as number)];
  const own = [made.a, made.b].find((node) => ![a, b].includes(persons.get(node)));
  const held = persons.get(own === made.a ? made.b : made.a);
  // The tie is cut by another word since, or joins no third person: then there is nobody to move.
  if (own === undefined || without.length === ties.length || (held !== a && held !== b)) return;
  const target = known.filter(({ id }) => persons.get(id) === (held === a ? b : a));
  const third = known.filter(({ id }) => persons.get(id) === persons.get(own));
  if ((await findApart(tx, idsOf(target), idsOf(third))).length > 0) throw new Refusal(refusals.neverSame);
  const most = rules.mostNodes;
  if (target.length + third.length > most) throw new Refusal(refusals.tooLarge, { most });
  await setState(tx, deciding, [made], "cut");
  const rule = made.rule === "review" ? "review" : "manual";
  const edge = await tieByHand(tx, deciding, own, anchorOf(target, rules), rule);
  const detail = { made: [edge], one: idsOf(target), other: idsOf(third) };
  await sql`
    update identity_decision set detail = detail || ${JSON.stringify(detail)}::jsonb where id = ${decision}`.execute(
    tx,
  );
}

const isSame = (x: EdgeKey, y: EdgeKey): boolean => x.a === y.a && x.b === y.b && x.rule === y.rule;
