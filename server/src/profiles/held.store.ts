import type { Words } from "@stork/contract/common.ts";
import { sql } from "kysely";
import { heldBack } from "../people/held-back.ts";
import { numberList } from "../people/lists.ts";
import { findPersonsOf } from "../people/node.store.ts";
import { findRules } from "../people/rule-book.store.ts";
import type { Db } from "../platform/postgres.ts";
import { heldWords } from "./held-words.ts";

/** Two nodes that came together and were not joined. */
interface Pair {
  readonly a: number;
  readonly b: number;
}

/** Which rule keeps the persons of such nodes apart, as things are today; null where they are one meanwhile. */
export async function findHeld(
  db: Db,
  workspace: number,
  pairs: readonly Pair[],
): Promise<(pair: Pair) => Words | null> {
  if (pairs.length === 0) return () => null;
  const rules = await findRules(db, workspace);
  const nodes = await findPersonsOf(db, workspace, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]);
  const ids = numberList(nodes.map(({ id }) => id));
  const { rows } = await sql<Pair>`
    select a, b from never_same where a = any(${ids}::bigint[]) and b = any(${ids}::bigint[])`.execute(db);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const byPerson = Map.groupBy(nodes, ({ person }) => person);
  const personOf = (id: number) => byId.get(id)?.person;
  const apart = new Set(
    rows.flatMap(({ a, b }) => [[a, b].map(personOf).join(), [b, a].map(personOf).join()]),
  );
  return ({ a, b }) => {
    const [one, other] = [byId.get(a), byId.get(b)];
    if (one === undefined || other === undefined || one.person === other.person) return null;
    const of = { one: byPerson.get(one.person) ?? [], other: byPerson.get(other.person) ?? [] };
    const met = [one.namespace, other.namespace];
    const isApart = apart.has([one.person, other.person].join());
    return heldWords(heldBack({ ...of, met, apart: isApart }, rules.of, rules.mostNodes));
  };
}
