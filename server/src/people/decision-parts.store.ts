import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { EdgeKey } from "./decision.ts";
import type { MappedNode } from "./joins.ts";
import { numberList } from "./lists.ts";
import { findPersonsOf } from "./node.store.ts";
import { refusals } from "./refusals.ts";
import type { RuleSet } from "./rule-book.store.ts";

/** What every kind of decision is made with. */
export interface Deciding {
  readonly workspace: number;
  readonly rules: RuleSet;
  /** The decision's own number, which its edges and constraints carry. */
  readonly decision: number;
  readonly at: Date;
}

/** Every node of the person that a node belongs to today. */
export async function nodesOf(tx: Tx, { workspace }: Deciding, node: number): Promise<MappedNode[]> {
  const nodes = await findPersonsOf(tx, workspace, [node]);
  if (nodes.length === 0) throw new Refusal(refusals.unknownNode);
  return nodes;
}

/** The identifier that speaks for a person: the strongest, then the oldest. */
export function anchorOf(nodes: readonly MappedNode[], { of }: RuleSet): number {
  const rank = ({ namespace }: MappedNode) => of(namespace).rank;
  return [...nodes].sort((x, y) => rank(x) - rank(y) || x.id - y.id)[0]?.id as number;
}

export const idsOf = (nodes: readonly MappedNode[]): number[] => nodes.map(({ id }) => id);

/** Ties two nodes by decision, or again after it was undone. */
export async function tieByHand(
  tx: Tx,
  { workspace, decision, at }: Deciding,
  x: number,
  y: number,
  rule: "manual" | "review" = "manual",
): Promise<EdgeKey> {
  const edge = { a: Math.min(x, y), b: Math.max(x, y), rule };
  await sql`
    insert into edge (workspace_id, a, b, rule, source_id, message, at, state, decision)
    values (${workspace}, ${edge.a}, ${edge.b}, ${rule}, null, null, ${at}, 'live', ${decision})
    on conflict (a, b, rule) do update set state = 'live', decision = excluded.decision, at = excluded.at`.execute(
    tx,
  );
  return edge;
}

/** Gives edges a state; answers them with the one they had. */
export async function setState(
  tx: Tx,
  { decision }: Deciding,
  edges: readonly EdgeKey[],
  state: string,
): Promise<(EdgeKey & { state: string })[]> {
  if (edges.length === 0) return [];
  const { rows } = await sql<EdgeKey & { state: string }>`
    with wanted as (
      select * from unnest(
        ${numberList(edges.map(({ a }) => a))}::bigint[], ${numberList(edges.map(({ b }) => b))}::bigint[],
        ${edges.map(({ rule }) => rule)}::text[]) as one (a, b, rule)
    ), before as (
      select edge.a, edge.b, edge.rule, edge.state from edge join wanted using (a, b, rule) for update of edge
    )
    update edge set state = ${state}, decision = ${decision} from before
    where edge.a = before.a and edge.b = before.b and edge.rule = before.rule
    returning edge.a, edge.b, edge.rule, before.state`.execute(tx);
  return rows;
}

export async function findApart(
  tx: Tx,
  one: readonly number[],
  other: readonly number[],
): Promise<{ a: number; b: number }[]> {
  const { rows } = await sql<{ a: number; b: number }>`
    select a, b from never_same
    where (a = any(${numberList(one)}::bigint[]) and b = any(${numberList(other)}::bigint[]))
       or (a = any(${numberList(other)}::bigint[]) and b = any(${numberList(one)}::bigint[]))`.execute(tx);
  return rows;
}

export async function keepApart(
  tx: Tx,
  { workspace, decision }: Deciding,
  x: number,
  y: number,
): Promise<void> {
  await sql`
    insert into never_same (a, b, workspace_id, decision)
    values (${Math.min(x, y)}, ${Math.max(x, y)}, ${workspace}, ${decision}) on conflict do nothing`.execute(
    tx,
  );
}
