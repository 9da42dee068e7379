import type { Words } from "@stork/contract/common.ts";
import { sql } from "kysely";
import { type Identifier, namespaceRules } from "../people/identity.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";

export interface PersonNode extends Identifier {
  readonly node: number;
  readonly person: number;
  readonly since: Date;
}

/** The identifiers of these persons, opened; the strongest of each person first. */
export async function findIdentifiers(
  db: Db | Tx,
  vault: Vault,
  workspace: number,
  persons: readonly number[],
): Promise<PersonNode[]> {
  if (persons.length === 0) return [];
  await vault.ready(workspace);
  const { rows } = await sql<Omit<PersonNode, "value"> & { sealed: Buffer }>`
    select id as node, person, namespace, sealed_value as sealed, created_at as since from node
    where workspace_id = ${workspace} and person = any(${persons}::bigint[]) order by id`.execute(db);
  return rows
    .map(({ sealed, ...row }) => ({ ...row, value: vault.open(workspace, sealed) }))
    .sort((a, b) => namespaceRules(a.namespace).rank - namespaceRules(b.namespace).rank || a.node - b.node);
}

export interface Evidence {
  readonly a: number;
  readonly b: number;
  readonly rule: string;
  readonly source: string | null;
  readonly at: Date;
}

/** Why a person's nodes are one; what was left for review as a conflict is no evidence. */
export async function findEvidence(db: Db, workspace: number, person: number): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`
    select edge.a, edge.b, edge.rule, source.name as source, edge.at
    from node join edge on edge.a = node.id join node as other on other.id = edge.b and other.person = node.person
    left join source on source.id = edge.source_id
    where node.workspace_id = ${workspace} and node.person = ${person} and edge.rule <> 'conflict'
    order by edge.at, edge.a, edge.b limit 500`.execute(db);
  return rows;
}

const rules: Readonly<Record<string, Words>> = {
  "same-message": { zh: "同一条消息里出现", en: "Came in one message" },
  "same-row": { zh: "同一行数据里出现", en: "Stood in one row" },
  alias: { zh: "来源明确关联", en: "Tied by the source" },
};
export const ruleWords = (rule: string): Words => rules[rule] ?? { zh: rule, en: rule };
export const ourselves = "育见 Stork";
