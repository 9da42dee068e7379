import type { Tx } from "../../platform/postgres.ts";
import { Refusal } from "../../platform/refusal.ts";
import { type ChangeOf, type Done, nothingDone } from "../decision.ts";
import { anchorOf, type Deciding, keepApart, nodesOf } from "../decision-parts.store.ts";
import { refusals } from "../refusals.ts";

/** Two persons are two for good, whatever is told of them. */
export async function neverSame(tx: Tx, deciding: Deciding, { a, b }: ChangeOf<"never-same">): Promise<Done> {
  const [one, other] = [await nodesOf(tx, deciding, a), await nodesOf(tx, deciding, b)];
  if (one[0]?.person === other[0]?.person) throw new Refusal(refusals.samePerson);
  const [x, y] = [anchorOf(one, deciding.rules), anchorOf(other, deciding.rules)];
  await keepApart(tx, deciding, x, y);
  return { ...nothingDone, touched: [x, y] };
}
