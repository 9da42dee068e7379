import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import {
  findChildren,
  type MirroredChild,
  mirroredColumns,
  type NewChild,
  upsertChildren,
} from "./child.store.ts";
import { standIns } from "./children.ts";
import { findHouseholds } from "./household.store.ts";
import { numberList } from "./lists.ts";

/** What a row says that another one stands for. */
const sameChild = "same-child";

/** A word of one node about a child that another node's row stands for. */
export interface WordAside {
  readonly word: NewChild;
  readonly of: { readonly node: number; readonly key: string };
}

/** What one word says of a child and another leaves out. */
type Additions = Pick<NewChild, "gender" | "gestationDays" | "adoptedOn">;

/**
 * Keeps what was said at a node about a child that another one's row stands for, so that it is there on the day the two
 * part. Answers the rows as the mirror wants them.
 */
export async function keepAside(
  tx: Tx,
  workspace: number,
  words: readonly WordAside[],
  at: Date,
): Promise<MirroredChild[]> {
  const last = new Map(words.map((one) => [`${one.word.node}\n${one.word.key}`, one]));
  const all = [...last.values()];
  if (all.length === 0) return [];
  const { rows: news } = await sql<{ place: number; standing: number } & Additions>`
    select (said.place - 1)::int as place, standing.id as standing,
      -- What the same child was said to be before stays where this word does not speak of it.
      coalesce(said.gender, before.gender) as gender, coalesce(said.gestation, before.gestation_days) as "gestationDays",
      coalesce(said.adopted_on, before.adopted_on) as "adoptedOn"
    from unnest(${all.map(({ word }) => word.node)}::bigint[], ${all.map(({ word }) => word.key)}::text[],
      ${all.map(({ word }) => word.bornOn)}::date[], ${all.map(({ word }) => word.dueOn)}::date[],
      ${all.map(({ word }) => word.gender)}::text[], ${all.map(({ word }) => word.gestationDays)}::smallint[],
      ${all.map(({ word }) => word.adoptedOn)}::date[], ${all.map(({ of }) => of.node)}::bigint[],
      ${all.map(({ of }) => of.key)}::text[])
      with ordinality as said (node, key, born_on, due_on, gender, gestation, adopted_on, of_node, of_key, place)
    join child as standing on standing.workspace_id = ${workspace} and standing.node = said.of_node
      and standing.key = said.of_key
    left join child as own on own.workspace_id = ${workspace} and own.node = said.node and own.key = said.key
    left join child as before on before.id = own.id
      and (before.born_on, before.due_on) is not distinct from (said.born_on, said.due_on)
    where own.id is null or own.removed_by is null and own.removed_at is not null and own.id <> standing.id
      and (own.aside_of, own.born_on, own.due_on, own.gender, own.gestation_days, own.adopted_on)
        is distinct from (standing.id, said.born_on, said.due_on, coalesce(said.gender, before.gender),
          coalesce(said.gestation, before.gestation_days), coalesce(said.adopted_on, before.adopted_on))`.execute(
    tx,
  );
  if (news.length === 0) return [];
  const kept = news.flatMap(({ place, standing, gender, gestationDays, adoptedOn }) => {
    const word = all[place]?.word;
    return word === undefined ? [] : [{ word: { ...word, gender, gestationDays, adoptedOn }, standing }];
  });
  await upsertChildren(
    tx,
    workspace,
    kept.map(({ word }) => word),
    at,
  );
  const { rows } = await sql<MirroredChild>`
    update child set removed_at = ${at}, aside_of = said.standing, marks = array[${sameChild}]
    from unnest(${kept.map(({ word }) => word.node)}::bigint[], ${kept.map(({ word }) => word.key)}::text[],
      ${kept.map(({ standing }) => standing)}::bigint[]) as said (node, key, standing)
    where child.workspace_id = ${workspace} and child.node = said.node and child.key = said.key
    returning ${mirroredColumns}`.execute(tx);
  return rows;
}

/**
 * After persons became one or parted, or their families did: of a child stated to several of a family one row stands,
 * the others are set aside; who parted has again what was said at their own nodes, and a row that somebody else's word
 * had changed goes back to its own side's last word. Answers the rows as the mirror wants them.
 */
export async function settleChildren(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
  at: Date,
): Promise<MirroredChild[]> {
  const changed = new Map<number, MirroredChild>();
  const note = (rows: readonly MirroredChild[]): void => {
    for (const row of rows) changed.set(row.id, row);
  };
  const households = [...(await findHouseholds(tx, workspace, persons)).values()];
  const families = new Map(households.map((one) => [one.family, one]));
  const everybody = [...new Set(households.flatMap((one) => one.persons))];
  const homes = [...families.values()].flatMap(({ family, persons: members }) =>
    members.map((person) => ({ person, family })),
  );
  note(await bringBack(tx, workspace, homes));
  note(await goBack(tx, workspace, homes));
  const children = await findChildren(tx, workspace, everybody);
  for (const { persons: members } of families.values()) {
    const repeated = standIns(children.filter(({ person }) => members.includes(person)));
    note(
      await setAside(
        tx,
        [...repeated].map(([child, kept]) => ({ id: child.id, of: kept.id })),
        at,
      ),
    );
  }
  return [...changed.values()];
}

type Home = { readonly person: number; readonly family: number };

const homesTable = (homes: readonly Home[]) => sql`
  select * from unnest(${numberList(homes.map(({ person }) => person))}::bigint[],
    ${numberList(homes.map(({ family }) => family))}::bigint[]) as home (person, family)`;

async function setAside(
  tx: Tx,
  rows: readonly { id: number; of: number }[],
  at: Date,
): Promise<MirroredChild[]> {
  if (rows.length === 0) return [];
  const { rows: aside } = await sql<MirroredChild>`
    update child set removed_at = ${at}, aside_of = said.standing, version = version + 1,
      marks = case when ${sameChild} = any (marks) then marks else array_append(marks, ${sameChild}) end
    from unnest(${numberList(rows.map(({ id }) => id))}::bigint[], ${numberList(rows.map(({ of }) => of))}::bigint[])
      as said (one, standing)
    where child.id = said.one and said.standing <> said.one returning ${mirroredColumns}`.execute(tx);
  return aside;
}

/** Brings back what was set aside for a row that is not in the family any more. */
async function bringBack(tx: Tx, workspace: number, homes: readonly Home[]): Promise<MirroredChild[]> {
  const { rows } = await sql<MirroredChild>`
    with home as (${homesTable(homes)}), gone as (
      select child.id as one from home join node on node.person = home.person join child on child.node = node.id
      where child.workspace_id = ${workspace} and ${sameChild} = any (child.marks) and child.removed_by is null
        and child.removed_at is not null and not exists (
          select from child as kept join node as theirs on theirs.id = kept.node
          join home as same on same.person = theirs.person and same.family = home.family
          where kept.id = child.aside_of and (kept.removed_at is null or kept.removed_by is not null))
    )
    update child set removed_at = null, aside_of = null, marks = array_remove(marks, ${sameChild}), version = version + 1
    from gone where child.id = gone.one returning ${mirroredColumns}`.execute(tx);
  return rows;
}

/** A row whose last word was said at a node of somebody who has parted goes back to the last word of its own side. */
async function goBack(tx: Tx, workspace: number, homes: readonly Home[]): Promise<MirroredChild[]> {
  const { rows } = await sql<MirroredChild>`
    with home as (${homesTable(homes)}), strange as (
      select child.id as one, home.family from home join node on node.person = home.person
      join child on child.node = node.id
      where child.workspace_id = ${workspace} and child.said_node is not null and child.said_node <> child.node
        and child.removed_by is null and not exists (
          select from node as said join home as same on same.person = said.person and same.family = home.family
          where said.id = child.said_node)
    ), own as (
      select distinct on (strange.one) strange.one, past.*
      from strange join child_past as past on past.child = strange.one
      where past.said_node is null or exists (
        select from node as said join home as same on same.person = said.person and same.family = strange.family
        where said.id = past.said_node)
      order by strange.one, past.version desc
    )
    update child set born_on = own.born_on, due_on = own.due_on, gestation_days = own.gestation_days,
      adopted_on = own.adopted_on, gender = own.gender, said_node = own.said_node, stated_by = own.stated_by,
      stated_at = own.stated_at, version = child.version + 1
    from own where child.id = own.one returning ${mirroredColumns}`.execute(tx);
  return rows;
}
