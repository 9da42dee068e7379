import { displayName } from "../people/display-name.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { maskIdentifier, maskName } from "../privacy/masking.ts";
import { findIdentifiers } from "../profiles/person-nodes.store.ts";

/** How persons are recognised in a list: masked, by whoever asks. */
export interface Face {
  name: string | null;
  phone: string | null;
}

export async function findFaces(
  db: Db,
  vault: Vault,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, Face>> {
  const [identifiers, traits] = await Promise.all([
    findIdentifiers(db, vault, workspace, persons),
    findVaultTraits(db, vault, workspace, persons),
  ]);
  const phones = Map.groupBy(identifiers, ({ person }) => person);
  const said = Map.groupBy(traits, ({ person }) => person);
  return new Map(
    persons.map((person) => {
      const name = displayName(said.get(person) ?? []);
      const phone = phones.get(person)?.find(({ namespace }) => namespace === "phone");
      return [
        person,
        {
          name: name === null ? null : maskName(name),
          phone: phone === undefined ? null : maskIdentifier(phone.namespace, phone.value),
        },
      ];
    }),
  );
}
