import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import type { Pair } from "./link-keys.store.ts";

/** Asked, not answered yet, about two who are two persons today. */
const open = sql`
  from review_item as item join node as one on one.id = item.a join node as other on other.id = item.b
  where item.kind = 'same-person' and item.state in ('open', 'later') and one.person <> other.person`;

/** Whoever is asked about by an older model, or by less than is asked for now, is to be compared again. */
export async function compareAsked(
  db: Db,
  workspace: number,
  { version, least }: { version: number; least: number },
): Promise<void> {
  await sql`
    with stale as (
      select one.person as a, other.person as b ${open} and item.workspace_id = ${workspace}
        and (item.evidence->>'model' is distinct from ${String(version)} or item.score < ${least}::real))
    update link_person set pending = true
    where workspace_id = ${workspace} and person in (select a from stale union select b from stale)`.execute(
    db,
  );
}

/** Two persons and the question that is asked about them. */
interface Question extends Pair {
  readonly id: number;
}

/** What is asked about these persons, by the persons of today. */
export async function findAsked(db: Db, workspace: number, persons: readonly number[]): Promise<Question[]> {
  const { rows } = await sql<Question>`
    select item.id, least(one.person, other.person) as a, greatest(one.person, other.person) as b
    ${open} and item.workspace_id = ${workspace}
      and (one.person = any(${persons}::bigint[]) or other.person = any(${persons}::bigint[]))
    order by item.id`.execute(db);
  return rows;
}

/** Takes questions back that nobody has answered meanwhile; answers how many. */
export async function withdraw(db: Db, questions: readonly Question[]): Promise<number> {
  if (questions.length === 0) return 0;
  const { rows } = await sql`
    delete from review_item where id = any(${questions.map(({ id }) => id)}::bigint[])
      and state in ('open', 'later') returning id`.execute(db);
  return rows.length;
}

/** So, too, what is asked about somebody of whom nothing is told any more. */
export async function withdrawUntold(db: Db, workspace: number): Promise<number> {
  const { rows } = await sql<Question>`
    select item.id, one.person as a, other.person as b ${open} and item.workspace_id = ${workspace}
      and exists (select from unnest(array[one.person, other.person]) as asked (person)
        where not exists (select from link_person as known
          where known.workspace_id = ${workspace} and known.person = asked.person))`.execute(db);
  return withdraw(db, rows);
}
