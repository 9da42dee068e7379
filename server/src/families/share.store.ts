import type { CarerRole } from "@stork/contract/families.ts";
import { sql } from "kysely";
import { findHousehold } from "../people/household.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { Touched } from "./children-write.store.ts";
import { refusals } from "./refusals.ts";
import { noteChange, type Word } from "./ties.store.ts";

interface Share {
  readonly child: number;
  readonly person: number;
}

/** A carer of another household gets a child as well: one row, seen by both, counted for its holder. */
export async function shareChild(
  tx: Tx,
  workspace: number,
  { child, person, role }: Share & { readonly role: CarerRole },
  word: Word,
): Promise<Touched<number>> {
  const holder = await holderOf(tx, workspace, child);
  const { family, persons } = await findHousehold(tx, workspace, holder);
  if (persons.includes(person)) throw new Refusal(refusals.sharedAtHome);
  await sql`
    insert into child_carer (workspace_id, child, node, role, said_by, since)
    values (${workspace}, ${child}, ${person}, ${role}, ${word.by}, ${word.at})
    on conflict (child, node) do update set role = excluded.role`.execute(tx);
  const answer = await noteChange(tx, workspace, { family, kind: "shared", person, child, role }, word);
  return { answer, rows: [], persons: [...persons, person] };
}

export async function unshareChild(
  tx: Tx,
  workspace: number,
  { child, person }: Share,
  word: Word,
): Promise<Touched<number>> {
  const holder = await holderOf(tx, workspace, child);
  const { rows } = await sql<{ role: CarerRole }>`
    delete from child_carer using node
    where child_carer.child = ${child} and child_carer.node = node.id and node.workspace_id = ${workspace}
      and node.person = ${person} returning child_carer.role`.execute(tx);
  const role = rows[0]?.role;
  if (role === undefined) throw new Refusal(refusals.notShared);
  const { family, persons } = await findHousehold(tx, workspace, holder);
  const answer = await noteChange(tx, workspace, { family, kind: "unshared", person, child, role }, word);
  return { answer, rows: [], persons: [...persons, person] };
}

/** The persons outside its household who share each child. */
export async function findSharers(db: Db | Tx, workspace: number, children: readonly number[]) {
  const { rows } = await sql<{ child: number; person: number; role: CarerRole; by: string; since: Date }>`
    select distinct on (carer.child, node.person) carer.child, node.person, carer.role, carer.said_by as by, carer.since
    from child_carer as carer join node on node.id = carer.node
    where carer.workspace_id = ${workspace} and carer.child = any(${[...children]}::bigint[])
    order by carer.child, node.person, carer.since desc`.execute(db);
  return Map.groupBy(rows, ({ child }) => child);
}

async function holderOf(tx: Tx, workspace: number, child: number): Promise<number> {
  const { rows } = await sql<{ person: number }>`
    select node.person from child join node on node.id = child.node
    where child.workspace_id = ${workspace} and child.id = ${child} and child.removed_at is null`.execute(tx);
  if (rows[0] === undefined) throw new Refusal(refusals.unknownChild);
  return rows[0].person;
}
