import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { numberList } from "./lists.ts";

/** A family as it is today: its number and its persons, the smallest first. A person without ties is a family of one. */
export interface Household {
  readonly family: number;
  readonly persons: readonly number[];
}

/**
 * The families of these persons. Ties are kept by node, and a person may have several: then their families are one for
 * as long as the person is one, and nothing has to be written when persons meet or part.
 */
export async function findHouseholds(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, Household>> {
  const found = new Map<number, Household>(
    persons.map((person) => [person, { family: person, persons: [person] }]),
  );
  if (persons.length === 0) return found;
  const { rows } = await sql<{ root: number; family: number; persons: number[] }>`
    with recursive reach (root, family) as (
      select node.person, carer.family from family_carer as carer join node on node.id = carer.node
      where carer.workspace_id = ${workspace} and node.person = any(${numberList(persons)}::bigint[])
      union
      select reach.root, theirs.family
      from reach join family_carer as carer on carer.family = reach.family and carer.workspace_id = ${workspace}
      join node on node.id = carer.node join node as other on other.person = node.person
      join family_carer as theirs on theirs.node = other.id
    )
    select reach.root, min(reach.family) as family, array_agg(distinct node.person) as persons
    from reach join family_carer as carer on carer.family = reach.family and carer.workspace_id = ${workspace}
    join node on node.id = carer.node
    group by reach.root`.execute(db);
  for (const { root, family, persons: members } of rows) {
    const all = [...new Set([root, ...members.map(Number)])].sort((a, b) => a - b);
    found.set(root, { family, persons: all });
  }
  return found;
}

/** One person's family. */
export async function findHousehold(db: Db | Tx, workspace: number, person: number): Promise<Household> {
  return (await findHouseholds(db, workspace, [person])).get(person) as Household;
}
