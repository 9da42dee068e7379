import type { PersonSide } from "@stork/contract/identity.ts";
import type { Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { uniteChildren } from "../people/children.ts";
import { displayName } from "../people/display-name.ts";
import { namespaceRules } from "../people/identity.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { type ConsentWord, consentsOf } from "../privacy/legal.ts";
import { maskIdentifier, maskName } from "../privacy/masking.ts";
import { findDoings, findPlainTraits, sumOf } from "./person-facts.store.ts";
import { findSideChildren, shownChild } from "./side-children.store.ts";

export interface SideParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
}

/** A person by its nodes: one that is, was or would be. */
export interface NodeGroup {
  readonly id: number | null;
  readonly nodes: readonly number[];
}

interface NodeRow {
  id: number;
  namespace: string;
  sealed: Buffer;
  since: Date;
  shared: boolean;
  suppressed: boolean;
}

/** What is known of persons, as short as one compares them; every value masked. */
export async function findSides(
  { db, clickhouse, vault }: SideParts,
  workspace: number,
  groups: readonly NodeGroup[],
  on: string,
): Promise<PersonSide[]> {
  const all = [...new Set(groups.flatMap(({ nodes }) => nodes))];
  await vault.ready(workspace);
  const [nodes, children, words, names, doings, places] = await Promise.all([
    findNodeRows(db, workspace, all),
    findSideChildren(db, all),
    findWords(db, all),
    findNames(db, vault, workspace, all),
    findDoings(clickhouse, workspace, all),
    findPlainTraits(clickhouse, workspace, all, ["city"]),
  ]);
  return groups.map(({ id, nodes: own }): PersonSide => {
    const mine = new Set(own);
    const rows = nodes.filter((row) => mine.has(row.id));
    const did = sumOf(own.flatMap((node) => doings.get(node) ?? []));
    const name = displayName(names.filter(({ node }) => mine.has(node)));
    const seen = [...rows.map(({ since }) => since.getTime()), did.firstAt?.getTime() ?? Infinity];
    return {
      id: id === null ? null : String(id),
      name: name === null ? null : maskName(name),
      identifiers: rows.map((row) => ({
        ...{
          node: String(row.id),
          namespace: row.namespace,
          shared: row.shared,
          since: row.since.toISOString(),
        },
        value: maskIdentifier(row.namespace, vault.open(workspace, row.sealed)),
      })),
      children: uniteChildren(children.filter(({ node }) => mine.has(node))).map((child) =>
        shownChild(child, on),
      ),
      consents: consentsOf(words.filter(({ node }) => mine.has(node))).map(({ purpose, state }) => ({
        purpose,
        state,
      })),
      suppressed: rows.some(({ suppressed }) => suppressed),
      city: places.findLast(({ node, value }) => mine.has(node) && value !== "")?.value ?? null,
      ...{ orders: did.orders, amountFen: did.amountFen },
      firstSeenAt: new Date(Math.min(...seen)).toISOString(),
      lastSeenAt: did.lastAt?.toISOString() ?? null,
    };
  });
}

async function findNodeRows(db: Db, workspace: number, nodes: readonly number[]): Promise<NodeRow[]> {
  const { rows } = await sql<NodeRow>`
    select node.id, namespace, sealed_value as sealed, created_at as since,
      exists (select from shared_value where shared_value.node = node.id) as shared,
      exists (select from suppression where suppression.workspace_id = node.workspace_id
        and suppression.namespace = node.namespace and suppression.value_hash = node.value_hash) as suppressed
    from node where workspace_id = ${workspace} and id = any(${nodes}::bigint[])`.execute(db);
  const rank = ({ namespace }: NodeRow) => namespaceRules(namespace).rank;
  return rows.sort((a, b) => rank(a) - rank(b) || a.id - b.id);
}

async function findWords(db: Db, nodes: readonly number[]): Promise<(ConsentWord & { purpose: Purpose })[]> {
  const { rows } = await sql<ConsentWord>`
    select node, purpose, state, said_by as by, at, channel, child, from_node as "from" from consent
    where node = any(${nodes}::bigint[]) order by at, id`.execute(db);
  return rows;
}

async function findNames(db: Db, vault: Vault, workspace: number, nodes: readonly number[]) {
  const { rows } = await sql<{ node: number; key: string; sealed: Buffer }>`
    select node, key, sealed_value as sealed from vault_trait
    where workspace_id = ${workspace} and node = any(${nodes}::bigint[]) order by at, node`.execute(db);
  return rows.map(({ node, key, sealed }) => ({
    node,
    key,
    value: JSON.parse(vault.open(workspace, sealed)) as unknown,
  }));
}
