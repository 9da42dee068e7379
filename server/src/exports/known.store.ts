import { stageNames } from "../catalog/stages.ts";
import { childrenOn } from "../families/shown-children.ts";
import { findFamilyChildren } from "../people/child.store.ts";
import { displayName } from "../people/display-name.ts";
import { findHouseholds } from "../people/household.store.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { findPlainTraits, traitValue } from "../profiles/person-facts.store.ts";
import { findIdentifiers } from "../profiles/person-nodes.store.ts";
import { type Known, partsOf } from "./columns.ts";

export interface KnownParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
}

/** What some columns need to know of these persons, in their order. */
export async function findKnown(
  { db, clickhouse, vault }: KnownParts,
  workspace: number,
  persons: readonly number[],
  columns: readonly string[],
  on: string,
): Promise<Known[]> {
  const kinds = new Set(columns.map((column) => partsOf(column).kind));
  const traits = columns.map(partsOf).flatMap(({ kind, named }) => (kind === "trait" ? [named] : []));
  const identifiers = await findIdentifiers(db, vault, workspace, persons);
  const nodes = identifiers.map(({ node }) => node);
  const owners = new Map(identifiers.map(({ node, person }) => [node, person]));
  const [sealed, plain, stages] = await Promise.all([
    kinds.has("name") || traits.length > 0 ? findVaultTraits(db, vault, workspace, persons) : [],
    traits.length > 0 ? findPlainTraits(clickhouse, workspace, nodes, traits) : [],
    kinds.has("stage") ? findStages(db, workspace, persons, on) : new Map<number, string>(),
  ]);
  const [named, said, told] = [
    Map.groupBy(identifiers, ({ person }) => person),
    Map.groupBy(sealed, ({ person }) => person),
    Map.groupBy(plain, ({ node }) => owners.get(Number(node)) ?? 0),
  ];
  return persons.map((person) => ({
    person,
    identifiers: named.get(person) ?? [],
    name: displayName(said.get(person) ?? []),
    stage: stages.get(person) ?? null,
    sealed: new Map((said.get(person) ?? []).map(({ key, value }) => [key, value])),
    plain: new Map((told.get(person) ?? []).map(({ key, value }) => [key, traitValue(value)])),
  }));
}

/** The stage of each person's youngest child that is in one. */
async function findStages(
  db: Db,
  workspace: number,
  persons: readonly number[],
  on: string,
): Promise<Map<number, string>> {
  const homes = await findHouseholds(db, workspace, persons);
  const everybody = [...new Set([...persons, ...[...homes.values()].flatMap((home) => home.persons)])];
  const children = await findFamilyChildren(db, workspace, everybody);
  return new Map(
    persons.flatMap((person) => {
      const home = homes.get(person)?.persons ?? [person];
      const own = childrenOn(
        children.filter((child) => home.includes(child.person)),
        on,
        () => null,
      );
      const stage = own.find((child) => child.stage !== null)?.stage;
      return stage ? [[person, stageNames[stage].zh] as const] : [];
    }),
  );
}
