import type { Tx } from "../../platform/postgres.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { ChangeOf, Done } from "../decision.ts";
import { anchorOf, type Deciding, findApart, idsOf, nodesOf, tieByHand } from "../decision-parts.store.ts";
import { findTold } from "../judge-again.store.ts";
import { refusals } from "../refusals.ts";

/** Two persons are one: the strongest identifiers of both are tied. */
export async function merge(tx: Tx, deciding: Deciding, { a, b, rule }: ChangeOf<"merge">): Promise<Done> {
  const [first, second] = [await nodesOf(tx, deciding, a), await nodesOf(tx, deciding, b)];
  if (first[0]?.person === second[0]?.person) throw new Refusal(refusals.samePerson);
  const [one, other] = [idsOf(first), idsOf(second)];
  if ((await findApart(tx, one, other)).length > 0) throw new Refusal(refusals.neverSame);
  const most = deciding.rules.mostNodes;
  if (one.length + other.length > most) throw new Refusal(refusals.tooLarge, { most });
  const [x, y] = [anchorOf(first, deciding.rules), anchorOf(second, deciding.rules)];
  const told = await findTold(tx, [...one, ...other]);
  return { made: [await tieByHand(tx, deciding, x, y, rule)], cut: [], one, other, touched: [x, y], told };
}
