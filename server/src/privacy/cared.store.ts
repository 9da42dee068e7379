import { sql } from "kysely";
import type { KeptChild } from "../people/children.ts";
import { findHouseholds } from "../people/household.store.ts";
import { numberList } from "../people/lists.ts";
import type { Tx } from "../platform/postgres.ts";

/** A child's row with what a word on it is held against. */
export interface CaredChild extends KeptChild {
  readonly id: number;
  /** Who holds it today. */
  readonly person: number;
  readonly knownAt: Date;
  readonly withheld: boolean;
}

/** The children of some families, and everybody who cares for each. */
export interface Cared {
  readonly children: readonly CaredChild[];
  /** All carers there are. */
  readonly everybody: readonly number[];
  carersOf(child: CaredChild): readonly number[];
}

const columns =
  sql.raw(`child.id, child.node, node.person, child.key, born_on as "bornOn", due_on as "dueOn", gender,
  gender_code as "genderCode", null as name, gestation_days as "gestationDays", adopted_on as "adoptedOn",
  birth_order as "birthOrder", marks, stated_by as "statedBy", stated_at as "statedAt", known_at as "knownAt",
  withheld_at is not null as withheld`);

/** Those that the families of these persons hold or share. */
export async function findCared(tx: Tx, workspace: number, persons: readonly number[]): Promise<Cared> {
  const own = await findHouseholds(tx, workspace, persons);
  const kin = numberList([...new Set([...own.values()].flatMap((home) => home.persons))]);
  const { rows: children } = await sql<CaredChild>`
    select ${columns} from child join node on node.id = child.node
    where child.workspace_id = ${workspace} and child.removed_at is null and child.id in (
      select child.id from node join child on child.node = node.id
        where node.workspace_id = ${workspace} and node.person = any(${kin}::bigint[])
      union all select carer.child from node join child_carer as carer on carer.node = node.id
        where node.workspace_id = ${workspace} and node.person = any(${kin}::bigint[]))
    order by child.id`.execute(tx);
  if (children.length === 0) return { children, everybody: [], carersOf: () => [] };
  const away = [...new Set(children.map(({ person }) => person))].filter((person) => !own.has(person));
  const homes = new Map([...own, ...(await findHouseholds(tx, workspace, away))]);
  const { rows: sharers } = await sql<{ child: number; person: number }>`
    select distinct carer.child, node.person from child_carer as carer join node on node.id = carer.node
    where carer.child = any(${numberList(children.map(({ id }) => id))}::bigint[])`.execute(tx);
  const shared = Map.groupBy(sharers, ({ child }) => child);
  const carers = new Map(
    children.map(({ id, person }) => {
      const others = (shared.get(id) ?? []).map((one) => one.person);
      return [id, [...new Set([...(homes.get(person)?.persons ?? [person]), ...others])]] as const;
    }),
  );
  return {
    children,
    everybody: [...new Set([...carers.values()].flat())],
    carersOf: ({ id }) => carers.get(id) ?? [],
  };
}

/** Rows by their numbers, whoever holds them now, those set aside or taken away among them. */
export async function findRows(tx: Tx, workspace: number, ids: readonly number[]): Promise<CaredChild[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CaredChild>`
    select ${columns} from child join node on node.id = child.node
    where child.workspace_id = ${workspace} and child.id = any(${numberList(ids)}::bigint[])`.execute(tx);
  return rows;
}
