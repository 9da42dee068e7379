import { sql } from "kysely";
import { displayName } from "../people/display-name.ts";
import { numberList } from "../people/lists.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { maskIdentifier, maskName } from "./masking.ts";

/** How staff tell persons apart in a list without seeing who they are. */
export interface Face {
  readonly name: string | null;
  readonly phone: string | null;
}

/** Masked name and telephone of these persons. */
export async function findFaces(
  { db, vault }: { readonly db: Db; readonly vault: Vault },
  workspace: number,
  persons: readonly number[],
): Promise<(person: number) => Face> {
  if (persons.length === 0) return () => ({ name: null, phone: null });
  await vault.ready(workspace);
  const traits = Map.groupBy(await findVaultTraits(db, vault, workspace, persons), ({ person }) => person);
  const { rows } = await sql<{ person: number; sealed: Buffer }>`
    select distinct on (person) person, sealed_value as sealed from node
    where workspace_id = ${workspace} and person = any(${numberList(persons)}::bigint[]) and namespace = 'phone'
    order by person, id`.execute(db);
  const phones = new Map(rows.map(({ person, sealed }) => [person, vault.open(workspace, sealed)]));
  return (person) => {
    const name = displayName(traits.get(person) ?? []);
    const phone = phones.get(person);
    return {
      name: name === null ? null : maskName(name),
      phone: phone === undefined ? null : maskIdentifier("phone", phone),
    };
  };
}
