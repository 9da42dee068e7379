import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

export interface GraphNode {
  readonly id: number;
  readonly person: number;
  readonly namespace: string;
  readonly sealed: Buffer;
  readonly shared: boolean;
  readonly since: Date;
}

export interface StoredEdge {
  readonly a: number;
  readonly b: number;
  readonly state: "live" | "conflict" | "shared" | "cut";
  readonly rule: string;
  readonly source: string | null;
  readonly message: string | null;
  readonly at: Date;
  /** Who decided, where somebody did. */
  readonly who: string | null;
  readonly reason: string | null;
}

export interface StoredGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly StoredEdge[];
  readonly truncated: boolean;
}

const mostEdges = 400;

/** A person's identifiers and all that ties them, or was held back: then with those of others at the other end. */
export async function findGraph(db: Db, workspace: number, person: number): Promise<StoredGraph> {
  const { rows: edges } = await sql<StoredEdge>`
    with own as (select id from node where workspace_id = ${workspace} and person = ${person}), tie as (
      select edge.* from own join edge on edge.a = own.id
      union select edge.* from own join edge on edge.b = own.id)
    select tie.a, tie.b, tie.state, tie.rule, source.name as source, tie.message, tie.at,
      decision.who, decision.reason
    from tie left join source on source.id = tie.source_id
    left join identity_decision as decision on decision.id = tie.decision
    order by tie.state <> 'live', tie.at, tie.a, tie.b limit ${mostEdges + 1}`.execute(db);
  const shown = edges.slice(0, mostEdges);
  const { rows: nodes } = await sql<GraphNode>`
    select node.id, person, namespace, sealed_value as sealed, created_at as since,
      exists (select from shared_value where shared_value.node = node.id) as shared
    from node where workspace_id = ${workspace}
      and (person = ${person} or id = any(${shown.flatMap(({ a, b }) => [a, b])}::bigint[]))
    order by id`.execute(db);
  return { nodes, edges: shown, truncated: edges.length > mostEdges };
}
