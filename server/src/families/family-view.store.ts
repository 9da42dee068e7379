import type { Carer, Family, FamilyChild } from "@stork/contract/families.ts";
import { sql } from "kysely";
import { findFamilyChildren, type StoredChild } from "../people/child.store.ts";
import { displayName } from "../people/display-name.ts";
import { findHousehold } from "../people/household.store.ts";
import { numberList } from "../people/lists.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import type { Db } from "../platform/postgres.ts";
import { maskIdentifier, maskName } from "../privacy/masking.ts";
import { childrenOrGuesses } from "./inferred.store.ts";
import { findNoteMarks } from "./notes.store.ts";
import type { FamiliesParts } from "./parts.ts";
import { findSharers } from "./share.store.ts";
import { findChanges, findTies, type KeptChange } from "./ties.store.ts";

/** A family as staff see it on a date: its carers with their roles, its children, who came and went. Always masked. */
export async function loadFamily(
  { db, vault }: Pick<FamiliesParts, "db" | "vault">,
  workspace: number,
  person: number,
  on: string,
): Promise<Family> {
  const { family, persons } = await findHousehold(db, workspace, person);
  await vault.ready(workspace);
  const changes = await findChanges(db, workspace, persons);
  const [children, carers] = await Promise.all([
    findFamilyChildren(db, workspace, persons),
    findCarers({ db, vault }, workspace, persons),
  ]);
  const sharers = await findSharers(
    db,
    workspace,
    children.map(({ id }) => id),
  );
  const holders = await holdersOf(db, children);
  const notesOf = await findNoteMarks(
    db,
    workspace,
    persons,
    children.map(({ id }) => id),
  );
  const elsewhere = [...holders.values(), ...[...sharers.values()].flat().map(({ person: one }) => one)];
  const others = await findCarers(
    { db, vault },
    workspace,
    [...new Set(elsewhere)].filter((one) => !persons.includes(one)),
  );
  const nameOf = (child: StoredChild): string | null =>
    child.sealedName === null ? null : maskName(vault.open(workspace, child.sealedName));
  return {
    id: String(family),
    carers,
    children: (await childrenOrGuesses(db, workspace, { children, persons }, on, nameOf)).map(
      (child): FamilyChild => ({
        ...child,
        holder: String(holders.get(Number(child.id)) ?? family),
        sharedWith: (sharers.get(Number(child.id)) ?? []).map((one) => String(one.person)),
        others: othersOf(holders.get(Number(child.id)), sharers.get(Number(child.id)) ?? [], others),
        notes: child.source === "stated" ? notesOf(Number(child.id)) : { allowed: false, kept: 0 },
      }),
    ),
    changes: changes.map(shownChange),
  };
}

type Sharer = Awaited<ReturnType<typeof findSharers>> extends Map<number, infer Some> ? Some : never;

/** Who else cares for a child: its holder in another family, and those it is shared with, by their part for this child. */
function othersOf(holder: number | undefined, sharers: Sharer, others: readonly Carer[]): Carer[] {
  return others.flatMap((carer) => {
    const share = sharers.find(({ person }) => String(person) === carer.person);
    if (share !== undefined)
      return [{ ...carer, role: share.role, by: share.by, since: share.since.toISOString() }];
    return String(holder) === carer.person ? [carer] : [];
  });
}

async function findCarers(
  { db, vault }: Pick<FamiliesParts, "db" | "vault">,
  workspace: number,
  persons: readonly number[],
): Promise<Carer[]> {
  const [ties, traits] = [
    await findTies(db, workspace, persons),
    await findVaultTraits(db, vault, workspace, persons),
  ];
  const { rows: phones } = await sql<{ person: number; sealed: Buffer }>`
    select distinct on (person) person, sealed_value as sealed from node
    where workspace_id = ${workspace} and person = any(${numberList(persons)}::bigint[]) and namespace = 'phone'
    order by person, id`.execute(db);
  return persons.map((person) => {
    const tie = ties.findLast((one) => one.person === person);
    const name = displayName(traits.filter((trait) => trait.person === person));
    const phone = phones.find((one) => one.person === person);
    return {
      person: String(person),
      name: name === null ? null : maskName(name),
      phone: phone === undefined ? null : maskIdentifier("phone", vault.open(workspace, phone.sealed)),
      role: tie?.role ?? "unknown",
      since: tie?.since?.toISOString() ?? null,
      how: tie?.how ?? null,
      by: tie?.by ?? null,
    };
  });
}

async function holdersOf(db: Db, children: readonly StoredChild[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ child: number; person: number }>`
    select child.id as child, node.person from child join node on node.id = child.node
    where child.id = any(${numberList(children.map(({ id }) => id))}::bigint[])`.execute(db);
  return new Map(rows.map(({ child, person }) => [child, person]));
}

const shownChange = ({
  id,
  kind,
  person,
  child,
  role,
  how,
  by,
  reason,
  at,
  undoneAt,
  undoneBy,
}: KeptChange) => ({
  id: String(id),
  ...{ kind, person: String(person), child: child === null ? null : String(child) },
  ...{ role, how, by, reason, at: at.toISOString() },
  undoneAt: undoneAt?.toISOString() ?? null,
  undoneBy,
});
