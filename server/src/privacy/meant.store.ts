import { sql } from "kysely";
import { type KeptChild, uniteChildren } from "../people/children.ts";
import { findHousehold } from "../people/household.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";

/** Whom and which rows a word about a child is about. */
export interface Meant {
  /** Everybody who cares for the child, and all of their nodes. */
  readonly persons: readonly number[];
  readonly nodes: readonly number[];
  /** The rows that stand for the child, those that were put aside as repeats or by hand among them. */
  readonly children: readonly MeantChild[];
  /** Silences that its rows already fell under. */
  readonly silenced: readonly number[];
}

export interface MeantChild extends KeptChild {
  readonly id: number;
}

/** null: these carers have no such child. `child` null: all of their children. */
export async function findMeant(
  tx: Db | Tx,
  workspace: number,
  person: number,
  child: number | null,
): Promise<Meant | null> {
  const household = (await findHousehold(tx, workspace, person)).persons;
  const own = await findRows(tx, workspace, household);
  const base = child === null ? null : own.find(({ id }) => id === child);
  if (base === undefined) return null;
  const children = base === null ? own : own.filter((one) => one.id === base.id || isSame(one, base));
  const ids = children.map(({ id }) => id);
  const nodes = await findCarers(tx, workspace, household, ids);
  const { rows: silenced } = await sql<{ id: number }>`
    select distinct silence_id as id from silence_child where child = any(${ids}::bigint[])`.execute(tx);
  return {
    persons: [...new Set(nodes.map((node) => node.person))],
    nodes: nodes.map(({ id }) => id),
    children: children.filter(({ gone }) => !gone),
    silenced: silenced.map(({ id }) => id),
  };
}

interface Row extends MeantChild {
  /** Silenced before: nothing is left of it. */
  readonly gone: boolean;
}

async function findRows(tx: Db | Tx, workspace: number, persons: readonly number[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select child.id, child.node, child.key, born_on as "bornOn", due_on as "dueOn", gender, gender_code as "genderCode",
      null as name, gestation_days as "gestationDays", adopted_on as "adoptedOn", birth_order as "birthOrder", marks,
      stated_by as "statedBy", stated_at as "statedAt", 'silenced' = any(marks) as gone
    from child where child.workspace_id = ${workspace} and (
      child.node in (select id from node where workspace_id = ${workspace} and person = any(${[...persons]}::bigint[]))
      or child.id in (select carer.child from child_carer as carer join node on node.id = carer.node
        where node.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[])))
    order by child.id`.execute(tx);
  return rows;
}

/** Said of the same child in two places: what would be shown as one is silenced as one. */
const isSame = (a: Row, b: Row): boolean => !a.gone && !b.gone && uniteChildren([a, b]).length === 1;

/** The household, and who shares one of these children from another one. */
async function findCarers(
  tx: Db | Tx,
  workspace: number,
  household: readonly number[],
  children: readonly number[],
): Promise<{ id: number; person: number }[]> {
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where workspace_id = ${workspace} and person in (
      select unnest(${[...household]}::bigint[])
      union select node.person from child_carer as carer join node on node.id = carer.node
        where carer.child = any(${[...children]}::bigint[])
      union select node.person from child join node on node.id = child.node
        where child.id = any(${[...children]}::bigint[]))
    order by id`.execute(tx);
  return rows;
}

/** All nodes of these persons. */
export async function nodesOf(tx: Tx, workspace: number, persons: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from node where workspace_id = ${workspace} and person = any(${[...persons]}::bigint[])`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
