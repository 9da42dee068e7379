import { sql } from "kysely";
import { namesSaid } from "../people/display-name.ts";
import { findHousehold } from "../people/household.store.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Beside, ErasedSubject } from "../platform/eraser.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { findIdentifiers } from "../profiles/person-nodes.store.ts";

/** Everything by which a person, or one child of hers, is found in any place; null when there is nothing left. */
export async function findSubject(
  { db, vault }: { db: Db; vault: Vault },
  workspace: number,
  person: number,
  child: number | null,
): Promise<ErasedSubject | null> {
  await vault.ready(workspace);
  if (child !== null) return childSubject({ db, vault }, workspace, person, child);
  const identifiers = await findIdentifiers(db, vault, workspace, [person]);
  if (identifiers.length === 0) return null;
  const nodes = identifiers.map(({ node }) => node);
  const traits = await findVaultTraits(db, vault, workspace, [person]);
  const children = await sql<{ id: number; name: Buffer | null }>`
    select id, sealed_name as name from child where node = any(${nodes}::bigint[])`.execute(db);
  const { persons } = await findHousehold(db, workspace, person);
  const others = persons.filter((one) => one !== person);
  const kin = await findIdentifiers(db, vault, workspace, others);
  const childNames = children.rows.flatMap(({ name }) =>
    name === null ? [] : [vault.open(workspace, name)],
  );
  // Of her names no hash: others bear them, and their rows are not hers.
  const hashes = await sql<{ hash: string }>`
    select encode(value_hash, 'hex') as hash from node where id = any(${nodes}::bigint[])`.execute(db);
  return {
    ...{ workspace, person, nodes, whole: true },
    children: children.rows.map(({ id }) => id),
    hashesHex: hashes.rows.map(({ hash }) => hash),
    values: [
      ...new Set([
        ...identifiers.map(({ value }) => value),
        ...traits.flatMap(({ value }) => textsIn(value)),
        ...childNames,
      ]),
    ],
    named: { names: namesSaid(traits), kin: kin.map(({ value }) => value) },
  };
}

async function childSubject(
  { db, vault }: { db: Db; vault: Vault },
  workspace: number,
  person: number,
  child: number,
): Promise<ErasedSubject | null> {
  const rows = await findChildRows(db, workspace, person, child);
  if (rows.length === 0) return null;
  const values = rows.flatMap(({ name }) => (name === null ? [] : [vault.open(workspace, name)]));
  const children = rows.map(({ id }) => id);
  return { workspace, person, whole: false, nodes: [], children, hashesHex: [], values };
}

interface ChildRow {
  readonly id: number;
  readonly bornOn: string | null;
  readonly dueOn: string | null;
  readonly key: string;
  readonly statedBy: string;
  readonly name: Buffer | null;
}

/** The row that stands for a child of the household, and what others said of the same child; none: it is not theirs. */
export async function findChildRows(
  db: Db | Tx,
  workspace: number,
  person: number,
  child: number,
): Promise<ChildRow[]> {
  const { persons } = await findHousehold(db, workspace, person);
  const { rows } = await sql<ChildRow>`
    with standing as (
      select child.id from child join node on node.id = child.node
      where child.id = ${child} and child.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[])
    )
    select id, born_on as "bornOn", due_on as "dueOn", key, stated_by as "statedBy", sealed_name as name from child
    where id in (select id from standing) or aside_of in (select id from standing)
    order by id`.execute(db);
  return rows;
}

/** What would tell of a child in a row that names its carer. Asked before the child's own row is emptied. */
export async function besideOf(
  { db, vault }: { db: Db | Tx; vault: Vault },
  workspace: number,
  person: number,
  rows: readonly ChildRow[],
): Promise<Beside> {
  const ids = rows.map(({ id }) => id);
  const { persons } = await findHousehold(db, workspace, person);
  const { rows: sharers } = await sql<{ person: number }>`
    select distinct node.person from child_carer as carer join node on node.id = carer.node
    where carer.child = any(${ids}::bigint[])`.execute(db);
  const carers = [...new Set([...persons, ...sharers.map((one) => one.person)])];
  const { rows: past } = await sql<{ bornOn: string | null; dueOn: string | null; statedBy: string }>`
    select born_on as "bornOn", due_on as "dueOn", stated_by as "statedBy" from child_past
    where child = any(${ids}::bigint[])`.execute(db);
  const said = [...rows, ...past];
  const identifiers = await findIdentifiers(db, vault, workspace, carers);
  return {
    carers: identifiers.map(({ value }) => value),
    days: [...new Set(said.flatMap(({ bornOn, dueOn }) => [bornOn, dueOn].filter((day) => day !== null)))],
    names: rows.flatMap(({ name }) => (name === null ? [] : [vault.open(workspace, name)])),
    imports: [
      ...new Set(said.flatMap(({ statedBy }) => Number(/^import:(\d+)/.exec(statedBy)?.[1] ?? Number.NaN))),
    ].filter((number) => !Number.isNaN(number)),
  };
}

/** All the texts within a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
