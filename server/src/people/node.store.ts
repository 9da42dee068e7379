import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import type { MappedNode } from "./joins.ts";
import type { MirroredMove } from "./mirror.store.ts";

export interface HashedIdentifier {
  readonly namespace: string;
  readonly hash: Buffer;
}

export interface FoundNode extends HashedIdentifier {
  readonly id: number;
  readonly created: Date;
}

export interface NewNode extends HashedIdentifier {
  readonly id: number;
  readonly sealed: Buffer;
  readonly maskHash: Buffer | null;
  readonly person: number;
  readonly source: number | null;
}

export interface NewEdge {
  readonly a: number;
  readonly b: number;
  readonly rule: string;
  readonly source: number;
  readonly message: string;
  readonly at: Date;
}

/** Changes of who is who take turns within a workspace, over all servers, until the transaction ends. */
export async function lockIdentity(tx: Tx, workspace: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(7181, ${workspace}::int)`.execute(tx);
}

export async function findNodes(
  db: Db | Tx,
  workspace: number,
  wanted: readonly HashedIdentifier[],
): Promise<FoundNode[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<FoundNode>`
    select node.id, node.namespace, node.value_hash as hash, node.created_at as created
    from unnest(${wanted.map(({ namespace }) => namespace)}::text[], ${wanted.map(({ hash }) => hash)}::bytea[])
      as wanted (namespace, hash)
    join node on node.workspace_id = ${workspace} and node.namespace = wanted.namespace and node.value_hash = wanted.hash
  `.execute(db);
  return rows;
}

/** Every node of every person that the given nodes belong to. */
export async function findPersonsOf(
  db: Db | Tx,
  workspace: number,
  nodes: readonly number[],
): Promise<MappedNode[]> {
  if (nodes.length === 0) return [];
  const { rows } = await sql<MappedNode>`
    with touched as (select distinct person from node where id = any(${nodes}::bigint[]) and workspace_id = ${workspace})
    select node.id, node.namespace, node.source_id as source, node.person
    from touched join node on node.workspace_id = ${workspace} and node.person = touched.person`.execute(db);
  return rows;
}

export async function takeNodeIds(tx: Tx, count: number): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select nextval('node_id') as id from generate_series(1, ${count}::int)`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function insertNodes(
  tx: Tx,
  workspace: number,
  nodes: readonly NewNode[],
  at: Date,
): Promise<void> {
  if (nodes.length === 0) return;
  await sql`
    insert into node (id, workspace_id, namespace, value_hash, sealed_value, mask_hash, person, source_id, created_at)
    select id, ${workspace}, namespace, hash, sealed, mask, person, source, ${at}
    from unnest(
      ${nodes.map(({ id }) => id)}::bigint[], ${nodes.map(({ namespace }) => namespace)}::text[],
      ${nodes.map(({ hash }) => hash)}::bytea[], ${nodes.map(({ sealed }) => sealed)}::bytea[],
      ${nodes.map(({ maskHash }) => maskHash)}::bytea[], ${nodes.map(({ person }) => person)}::bigint[],
      ${nodes.map(({ source }) => source)}::int[]
    ) as made (id, namespace, hash, sealed, mask, person, source)`.execute(tx);
}

/** Which of the pairs have an edge already, whatever its rule. */
export async function findEdges(
  tx: Tx,
  pairs: readonly { a: number; b: number }[],
): Promise<{ a: number; b: number }[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<{ a: number; b: number }>`
    select distinct edge.a, edge.b
    from unnest(${pairs.map(({ a }) => a)}::bigint[], ${pairs.map(({ b }) => b)}::bigint[]) as wanted (a, b)
    join edge on edge.a = wanted.a and edge.b = wanted.b`.execute(tx);
  return rows;
}

export async function insertEdges(tx: Tx, workspace: number, edges: readonly NewEdge[]): Promise<void> {
  if (edges.length === 0) return;
  await sql`
    insert into edge (workspace_id, a, b, rule, source_id, message, at)
    select ${workspace}, a, b, rule, source, message, at
    from unnest(
      ${edges.map(({ a }) => a)}::bigint[], ${edges.map(({ b }) => b)}::bigint[],
      ${edges.map(({ rule }) => rule)}::text[], ${edges.map(({ source }) => source)}::int[],
      ${edges.map(({ message }) => message)}::text[], ${edges.map(({ at }) => at)}::timestamptz[]
    ) as made (a, b, rule, source, message, at)
    on conflict do nothing`.execute(tx);
}

/** Moves nodes to other persons and keeps each move in order, for ClickHouse's copy and for undoing. */
export async function moveNodes(
  tx: Tx,
  workspace: number,
  moves: readonly { node: number; person: number }[],
  at: Date,
): Promise<MirroredMove[]> {
  if (moves.length === 0) return [];
  const nodes = moves.map(({ node }) => node);
  const persons = moves.map(({ person }) => person);
  await sql`
    update node set person = moved.person
    from unnest(${nodes}::bigint[], ${persons}::bigint[]) as moved (node, person)
    where node.id = moved.node and node.person <> moved.person`.execute(tx);
  const { rows } = await sql<MirroredMove>`
    insert into person_move (workspace_id, node, person, at)
    select ${workspace}, node, person, ${at} from unnest(${nodes}::bigint[], ${persons}::bigint[]) as moved (node, person)
    returning seq, node, person`.execute(tx);
  return rows;
}
