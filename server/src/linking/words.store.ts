import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import type { Word } from "./order.ts";

/** Everything these persons told that may be compared, as it is kept: sealed. Dates of silenced children are left out. */
export async function findWords(db: Db, workspace: number, persons: readonly number[]): Promise<Word[]> {
  if (persons.length === 0) return [];
  const { rows } = await sql<Word>`
    with own as (
      select id, person, namespace, sealed_value from node
      where workspace_id = ${workspace} and person = any(${persons}::bigint[]))
    select own.person, trait.key, trait.sealed_value as sealed, null as clear
    from own join vault_trait as trait on trait.node = own.id
    union all
    select person, namespace, sealed_value, null from own where namespace in ('phone', 'email')
    union all
    select own.person, 'child', null, coalesce(child.born_on, child.due_on)::text
    from own join child on child.node = own.id
    where child.removed_at is null and child.withheld_at is null and coalesce(child.born_on, child.due_on) is not null`.execute(
    db,
  );
  return rows;
}

export interface Changed {
  person: number;
  state: string;
}

/** Persons of whom other things are told than when their keys were made, or who are new. */
export async function findChanged(db: Db, workspace: number): Promise<Changed[]> {
  const { rows } = await sql<Changed>`
    with told as (
      select node.person, hashtextextended(trait.node || ' ' || trait.key || ' ' || trait.at, 1) as word
      from node join vault_trait as trait on trait.node = node.id where node.workspace_id = ${workspace}
      union all
      select person, hashtextextended(id::text, 2) from node
      where workspace_id = ${workspace} and namespace in ('phone', 'email')
      union all
      select node.person, hashtextextended(child.id || ' ' || child.version, 3)
      from node join child on child.node = node.id
      where node.workspace_id = ${workspace} and child.removed_at is null and child.withheld_at is null),
    now as (select person, mod(sum(word), 9000000000000000000)::bigint as state from told group by person)
    select now.person, now.state::text from now left join link_person as known
      on known.workspace_id = ${workspace} and known.person = now.person
    where known.state is distinct from now.state order by now.person`.execute(db);
  return rows;
}
