import type { CarerRole } from "@stork/contract/families.ts";
import { sql } from "kysely";
import { numberList } from "../people/lists.ts";
import type { Db, Tx } from "../platform/postgres.ts";

export type How = "stated" | "import" | "suggested";

/** Who says something about a family, how, and why. */
export interface Word {
  readonly how: How;
  readonly by: string;
  readonly reason: string | null;
  readonly at: Date;
}

export interface Tie {
  readonly person: number;
  readonly family: number;
  readonly role: CarerRole;
  readonly how: How | null;
  readonly by: string | null;
  readonly since: Date | null;
}

/** The ties of these persons; a person with several nodes may have several, the newest word last. */
export async function findTies(db: Db | Tx, workspace: number, persons: readonly number[]): Promise<Tie[]> {
  const { rows } = await sql<Tie>`
    select node.person, carer.family, carer.role, carer.how, carer.said_by as by, carer.since
    from node join family_carer as carer on carer.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${numberList(persons)}::bigint[])
    order by carer.since nulls first, carer.node`.execute(db);
  return rows;
}

/** Ties a person to a family, in place of any tie of the same node; the other ties of the person take the role, too. */
export async function tie(
  tx: Tx,
  workspace: number,
  { person, family, role }: { person: number; family: number; role: CarerRole },
  { how, by, at }: Word,
): Promise<void> {
  await sql`
    insert into family_carer (workspace_id, node, family, role, how, said_by, since)
    values (${workspace}, ${person}, ${family}, ${role}, ${how}, ${by}, ${at})
    on conflict (node) do update set family = excluded.family, role = excluded.role, how = excluded.how,
      said_by = excluded.said_by, since = excluded.since`.execute(tx);
  await sql`
    update family_carer set role = ${role} from node
    where family_carer.node = node.id and node.workspace_id = ${workspace} and node.person = ${person}
      and family_carer.role <> ${role}`.execute(tx);
}

/**
 * Takes a person out of every family it is tied to. A family that was numbered after a node of that person takes the
 * number of one that stays. Answers such a number, to find the family by again.
 */
export async function untie(tx: Tx, workspace: number, person: number): Promise<number | null> {
  const { rows: gone } = await sql<{ family: number }>`
    delete from family_carer using node
    where family_carer.node = node.id and node.workspace_id = ${workspace} and node.person = ${person}
    returning family_carer.family`.execute(tx);
  const families = [...new Set(gone.map(({ family }) => family))];
  const { rows: left } = await sql<{ family: number; first: number; staying: boolean }>`
    select carer.family, min(carer.node) as first, bool_or(carer.node = carer.family) as staying
    from family_carer as carer where carer.workspace_id = ${workspace}
      and carer.family = any(${numberList(families)}::bigint[]) group by carer.family`.execute(tx);
  for (const { family, first, staying } of left) {
    if (!staying)
      await sql`update family_carer set family = ${first}
        where workspace_id = ${workspace} and family = ${family}`.execute(tx);
  }
  return left[0]?.first ?? null;
}

export interface NewChange {
  readonly family: number;
  readonly kind: "joined" | "left" | "shared" | "unshared";
  readonly person: number;
  readonly child: number | null;
  readonly role: CarerRole;
}

export async function noteChange(
  tx: Tx,
  workspace: number,
  { family, kind, person, child, role }: NewChange,
  { how, by, reason, at }: Word,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into family_change (workspace_id, family, kind, node, child, role, how, said_by, reason, at)
    values (${workspace}, ${family}, ${kind}, ${person}, ${child}, ${role}, ${how}, ${by}, ${reason}, ${at})
    returning id`.execute(tx);
  return rows[0]?.id as number;
}

export interface KeptChange extends NewChange {
  readonly id: number;
  readonly how: How;
  readonly by: string;
  readonly reason: string | null;
  readonly at: Date;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
}

const changeColumns = sql.raw(`change.id, change.family, change.kind, node.person, change.child, change.role,
  change.how, change.said_by as by, change.reason, change.at, change.undone_at as "undoneAt",
  change.undone_by as "undoneBy"`);

/** What happened to the families of these persons, the newest first; also of those who have left. */
export async function findChanges(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<KeptChange[]> {
  const { rows } = await sql<KeptChange>`
    with mine as (select id from node where workspace_id = ${workspace} and person = any(${numberList(persons)}::bigint[]))
    select ${changeColumns} from family_change as change join node on node.id = change.node
    where change.workspace_id = ${workspace} and (change.node in (select id from mine)
      or change.family in (select id from mine)
      or change.family in (select family from family_carer where node in (select id from mine)))
    order by change.id desc limit 100`.execute(db);
  return rows;
}

export async function findChange(tx: Tx, workspace: number, id: string): Promise<KeptChange | null> {
  if (!/^\d{1,15}$/.test(id)) return null;
  const { rows } = await sql<KeptChange>`
    select ${changeColumns} from family_change as change join node on node.id = change.node
    where change.workspace_id = ${workspace} and change.id = ${id}::bigint`.execute(tx);
  return rows[0] ?? null;
}

export async function markUndone(tx: Tx, change: number, { by, at }: Word): Promise<void> {
  await sql`update family_change set undone_at = ${at}, undone_by = ${by} where id = ${change}`.execute(tx);
}
