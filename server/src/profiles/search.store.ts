import { sql } from "kysely";
import type { Identifier } from "../people/identity.ts";
import { findNodes } from "../people/node.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { soughtIn } from "./search.ts";

/** The persons who hold any of these identifiers. */
export async function findHolders(
  db: Db,
  vault: Vault,
  workspace: number,
  identifiers: readonly Identifier[],
): Promise<number[]> {
  await vault.ready(workspace);
  const hashed = identifiers.map(({ namespace, value }) => ({
    namespace,
    hash: vault.hash(workspace, namespace, value),
  }));
  const nodes = await findNodes(db, workspace, hashed);
  const { rows } = await sql<{ person: number }>`
    select distinct person from node where id = any(${nodes.map(({ id }) => id)}::bigint[])`.execute(db);
  return rows.map(({ person }) => person);
}

/** More hits than this are no answer to a search for somebody. */
const mostHits = 500;

/** The persons a typed text may mean, newest first. */
export async function searchPersons(
  db: Db,
  vault: Vault,
  workspace: number,
  text: string,
): Promise<number[]> {
  const sought = soughtIn(text, await namespacesOf(db, workspace));
  const holders = await findHolders(db, vault, workspace, sought.identifiers);
  const mask = sought.phoneEnds === null ? null : vault.hash(workspace, "phone-ends", sought.phoneEnds);
  const name = sought.name === null ? null : vault.hash(workspace, "name", sought.name);
  const { rows } = await sql<{ person: number }>`
    select person from node where workspace_id = ${workspace} and mask_hash = ${mask}
    union
    select node.person from vault_trait as trait join node on node.id = trait.node
    where trait.workspace_id = ${workspace} and trait.look_hash = ${name}
    limit ${mostHits}`.execute(db);
  return [...new Set([...holders, ...rows.map(({ person }) => person)])].sort((a, b) => b - a);
}

async function namespacesOf(db: Db, workspace: number): Promise<string[]> {
  const { rows } = await sql<{ namespace: string }>`
    select namespace from identity_namespace where workspace_id = ${workspace} order by namespace limit 200`.execute(
    db,
  );
  return rows.map(({ namespace }) => namespace);
}
