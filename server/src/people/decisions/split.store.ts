import type { Tx } from "../../platform/postgres.ts";
import { Refusal } from "../../platform/refusal.ts";
import { componentsOf } from "../components.ts";
import type { ChangeOf, Done, EdgeKey } from "../decision.ts";
import {
  anchorOf,
  type Deciding,
  idsOf,
  keepApart,
  nodesOf,
  setState,
  tieByHand,
} from "../decision-parts.store.ts";
import type { MappedNode } from "../joins.ts";
import { refusals } from "../refusals.ts";
import { findLiveTies, type StoredTie } from "../reshape.store.ts";

/**
 * Some of a person's identifiers are somebody else's. What ties them to the others is cut, each side is held together,
 * and the two do not become one again by themselves.
 */
export async function split(tx: Tx, deciding: Deciding, { person, nodes }: ChangeOf<"split">): Promise<Done> {
  const all = await nodesOf(tx, deciding, person);
  const chosen = new Set(nodes);
  const leaving = all.filter(({ id }) => chosen.has(id));
  const staying = all.filter(({ id }) => !chosen.has(id));
  if (leaving.length === 0 || staying.length === 0) throw new Refusal(refusals.nothingToPart);
  const ties = await findLiveTies(tx, idsOf(all));
  const crossing = ties.filter(({ a, b }) => chosen.has(a) !== chosen.has(b));
  const cut = await setState(tx, deciding, crossing, "cut");
  const kept = ties.filter(({ a, b }) => chosen.has(a) === chosen.has(b));
  const made = [
    ...(await holdTogether(tx, deciding, leaving, kept)),
    ...(await holdTogether(tx, deciding, staying, kept)),
  ];
  await keepApart(tx, deciding, anchorOf(leaving, deciding.rules), anchorOf(staying, deciding.rules));
  return { made, cut, one: [], other: [], touched: idsOf(all) };
}

/** What is left of a side may have hung together over the other one alone. */
async function holdTogether(
  tx: Tx,
  deciding: Deciding,
  side: readonly MappedNode[],
  ties: readonly StoredTie[],
): Promise<EdgeKey[]> {
  const inside = new Set(idsOf(side));
  const persons = componentsOf(
    inside,
    ties.filter(({ a }) => inside.has(a)),
  );
  const [first, ...others] = [...Map.groupBy(side, ({ id }) => persons.get(id)).values()];
  if (first === undefined) return [];
  const centre = anchorOf(first, deciding.rules);
  const made: EdgeKey[] = [];
  for (const part of others) made.push(await tieByHand(tx, deciding, centre, anchorOf(part, deciding.rules)));
  return made;
}
