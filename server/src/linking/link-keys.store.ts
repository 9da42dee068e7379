import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { type KeyRow, nameRule } from "./order.ts";
import type { Changed } from "./words.store.ts";

/** Of one key so many persons are looked at: a block that is larger says little, and the work stays bounded. */
const mostInBlock = 60;

/** Their keys, in place of those they had. They are to be compared again. */
export async function replaceKeys(
  db: Db,
  workspace: number,
  changed: readonly Changed[],
  keys: readonly KeyRow[],
): Promise<void> {
  const persons = changed.map(({ person }) => person);
  await db.transaction().execute(async (tx) => {
    await sql`delete from link_key where workspace_id = ${workspace} and person = any(${persons}::bigint[])`.execute(
      tx,
    );
    await sql`
      insert into link_key (workspace_id, person, rule, key)
      select ${workspace}, person, rule, key from unnest(
        ${keys.map(({ person }) => person)}::bigint[], ${keys.map(({ rule }) => rule)}::smallint[],
        ${keys.map(({ key }) => key)}::bigint[]) as made (person, rule, key)
      on conflict do nothing`.execute(tx);
    await sql`
      insert into link_person (workspace_id, person, state)
      select ${workspace}, person, state from unnest(
        ${persons}::bigint[], ${changed.map(({ state }) => state)}::bigint[]) as known (person, state)
      on conflict (workspace_id, person) do update set state = excluded.state, pending = true`.execute(tx);
  });
}

/** Persons that are no more: joined to others, or erased. */
export async function forgetGone(db: Db, workspace: number): Promise<void> {
  await sql`
    with gone as (
      delete from link_person as known where workspace_id = ${workspace} and not exists (
        select from node where node.workspace_id = ${workspace} and node.person = known.person)
      returning person)
    delete from link_key using gone where link_key.workspace_id = ${workspace} and link_key.person = gone.person`.execute(
    db,
  );
}

export interface Pair {
  a: number;
  b: number;
}

/** Whom these persons share a key with: the candidates of blocking. */
export async function findCandidates(db: Db, workspace: number, persons: readonly number[]): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select distinct least(mine.person, other.person) as a, greatest(mine.person, other.person) as b
    from link_key as mine cross join lateral (
      select person from link_key as theirs
      where theirs.workspace_id = ${workspace} and theirs.rule = mine.rule and theirs.key = mine.key
        and theirs.person <> mine.person
      order by person limit ${mostInBlock}) as other
    where mine.workspace_id = ${workspace} and mine.rule <> ${nameRule} and mine.person = any(${persons}::bigint[])
    order by a, b`.execute(db);
  return rows;
}

/** How many persons bear the commonest name of each; in the order asked. */
export async function findCommonness(
  db: Db,
  workspace: number,
  persons: readonly number[],
): Promise<Int32Array> {
  const { rows } = await sql<{ person: number; bearers: number }>`
    with own as (
      select person, key from link_key
      where workspace_id = ${workspace} and rule = ${nameRule} and person = any(${persons}::bigint[])),
    counted as (
      select key, (select count(*) from link_key as every
        where every.workspace_id = ${workspace} and every.rule = ${nameRule} and every.key = names.key) as bearers
      from (select distinct key from own) as names)
    select person, max(bearers)::int as bearers from own join counted using (key) group by person`.execute(
    db,
  );
  const bearers = new Map(rows.map((row) => [row.person, row.bearers]));
  return Int32Array.from(persons, (person) => bearers.get(person) ?? 0);
}

/** The next persons to be compared. */
export async function findPending(db: Db, workspace: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ person: number }>`
    select person from link_person where workspace_id = ${workspace} and pending order by person limit ${limit}`.execute(
    db,
  );
  return rows.map(({ person }) => person);
}

export async function setCompared(db: Db, workspace: number, persons: readonly number[]): Promise<void> {
  await sql`
    update link_person set pending = false
    where workspace_id = ${workspace} and person = any(${persons}::bigint[])`.execute(db);
}

/** Some persons that stand for all, always the same ones, and how many there are. */
export async function findSample(db: Db, workspace: number, limit: number) {
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from link_person where workspace_id = ${workspace}`.execute(db);
  const { rows } = await sql<{ person: number }>`
    select person from link_person where workspace_id = ${workspace}
    order by hashint8(person), person limit ${limit}`.execute(db);
  return { total: counted[0]?.total ?? 0, persons: rows.map(({ person }) => person) };
}

/** Of these pairs those that somebody said are two, or answered already. */
export async function findSettled(db: Db, workspace: number, pairs: readonly Pair[]): Promise<Set<string>> {
  if (pairs.length === 0) return new Set();
  const { rows } = await sql<Pair>`
    with pair as (
      select a, b from unnest(${pairs.map(({ a }) => a)}::bigint[], ${pairs.map(({ b }) => b)}::bigint[]) as pair (a, b)),
    said as (
      select a, b from never_same where workspace_id = ${workspace}
      union all
      select a, b from review_item
      where workspace_id = ${workspace} and kind = 'same-person' and state in ('rejected', 'settled', 'accepted'))
    select least(one.person, other.person) as a, greatest(one.person, other.person) as b
    from said join node as one on one.id = said.a join node as other on other.id = said.b
    join pair on pair.a = least(one.person, other.person) and pair.b = greatest(one.person, other.person)`.execute(
    db,
  );
  return new Set(rows.map(({ a, b }) => `${a} ${b}`));
}
