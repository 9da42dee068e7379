import { sql } from "kysely";
import { CopyRows, copyIn } from "../platform/copy-in.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import type { MappedNode } from "./joins.ts";
import { asMade, type MirroredMove } from "./mirror.store.ts";
import { packedHexes, packedIds, packedInts, packedTexts } from "./packed-array.ts";

export interface HashedIdentifier {
  readonly namespace: string;
  readonly hash: Buffer;
}

export interface FoundNode extends HashedIdentifier {
  readonly id: number;
  readonly created: Date;
}

export interface NewNode {
  readonly id: number;
  readonly namespace: string;
  /** Of the value, in hexadecimal. */
  readonly hashHex: string;
  /** What is to be sealed. */
  readonly value: string;
  /** Of the value's masked form, in hexadecimal. */
  readonly maskHex: string | null;
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
  /** What became of it: live, conflict, shared. */
  readonly state: string;
}

/**
 * Changes of who is who take turns within a workspace, over all servers, until the transaction ends. Its questions are
 * lists of keys; without good statistics the planner would read the whole table for each rather than the index.
 */
export async function lockIdentity(tx: Tx, workspace: number): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(7181, ${workspace}::int), set_config('enable_hashjoin', 'off', true),
      set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`.execute(tx);
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

/** The same of many by their hashes, which cover the namespace; each answered by its place in the list. */
export async function findNodesAt(
  tx: Tx,
  workspace: number,
  wanted: readonly { readonly hashHex: string }[],
): Promise<{ at: number; id: number; created: Date }[]> {
  if (wanted.length === 0) return [];
  const { rows } = await sql<{ at: number; id: number; created: Date }>`
    select (wanted.place - 1)::int as at, node.id, node.created
    from unnest(${packedHexes(wanted.map(({ hashHex }) => hashHex))}::bytea[]) with ordinality as wanted (hash, place)
    cross join lateral (
      -- The limit keeps the planner from joining, by whatever index, what is a look-up for each.
      select id, created_at as created from node
      where value_hash = wanted.hash and workspace_id = ${workspace} limit 1
    ) as node`.execute(tx);
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
    select theirs.* from (
      select distinct mine.person from unnest(${packedIds(nodes)}::bigint[]) as wanted (id)
      -- The limit keeps the planner to the index: without it it has read the whole table for some hundred nodes.
      cross join lateral (
        select person from node where id = wanted.id and workspace_id = ${workspace} limit 1) as mine
    ) as touched
    cross join lateral (
      select id, namespace, source_id as source, person from node where person = touched.person offset 0
    ) as theirs`.execute(db);
  return rows;
}

export async function takeNodeIds(tx: Tx, count: number): Promise<number[]> {
  return takeNumbers(tx, "node_id", count);
}

async function takeNumbers(tx: Tx, sequence: string, count: number): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ least: number; most: number; ids: string | null }>`
    with taken as materialized (select nextval(${sequence}::regclass) as id from generate_series(1, ${count}::int))
    select min(id) as least, max(id) as most,
      -- Others may take numbers at the same time; then they are named one by one.
      case when max(id) - min(id) >= ${count}::int then (select string_agg(id::text, ',') from taken) end as ids
    from taken`.execute(tx);
  const { least, ids } = rows[0] as { least: number; ids: string | null };
  return ids === null ? Array.from({ length: count }, (_, i) => least + i) : ids.split(",").map(Number);
}

export async function insertNodes(
  tx: Tx,
  workspace: number,
  nodes: readonly NewNode[],
  /** Their values in the vault's form, in the same order. */
  sealed: readonly Buffer[],
  at: Date,
): Promise<void> {
  if (nodes.length === 0) return;
  const namespaces = [...new Set(nodes.map(({ namespace }) => namespace))];
  await sql`
    insert into identity_namespace (workspace_id, namespace)
    select ${workspace}, namespace from unnest(${namespaces}::text[]) as used (namespace) on conflict do nothing`.execute(
    tx,
  );
  const rows = new CopyRows(9, nodes.length * 256);
  const made = at.getTime();
  for (let i = 0; i < nodes.length; i += 1) {
    const { id, namespace, hashHex, maskHex, person, source } = nodes[i] as NewNode;
    rows.row();
    rows.bigint(id);
    rows.int(workspace);
    rows.text(namespace);
    rows.hex(hashHex);
    rows.bytes(sealed[i] as Buffer);
    if (maskHex === null) rows.missing();
    else rows.hex(maskHex);
    rows.bigint(person);
    if (source === null) rows.missing();
    else rows.int(source);
    rows.instant(made);
  }
  await copyIn(tx, `node (${nodeColumns})`, rows);
}

const nodeColumns =
  "id, workspace_id, namespace, value_hash, sealed_value, mask_hash, person, source_id, created_at";

/** Which of the pairs have an edge already, whatever its rule. */
export async function findEdges(
  tx: Tx,
  pairs: readonly { a: number; b: number }[],
): Promise<{ a: number; b: number }[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<{ a: number; b: number }>`
    select distinct edge.a, edge.b
    from unnest(
      ${packedIds(pairs.map(({ a }) => a))}::bigint[], ${packedIds(pairs.map(({ b }) => b))}::bigint[]
    ) as wanted (a, b)
    join edge on edge.a = wanted.a and edge.b = wanted.b`.execute(tx);
  return rows;
}

/** `fresh` are ties of nodes made just now: what is new needs no look whether it is there already. */
export async function insertEdges(
  tx: Tx,
  workspace: number,
  { fresh, others }: { fresh: readonly NewEdge[]; others: readonly NewEdge[] },
): Promise<void> {
  if (fresh.length > 0) {
    const rows = new CopyRows(8, fresh.length * 128);
    for (const edge of fresh) addEdge(rows, workspace, edge);
    await copyIn(tx, `edge (${edgeColumns})`, rows);
  }
  if (others.length > 0) await putEdges(tx, workspace, others);
}

const edgeColumns = "workspace_id, a, b, rule, source_id, message, at, state";

function addEdge(
  rows: CopyRows,
  workspace: number,
  { a, b, rule, source, message, at, state }: NewEdge,
): void {
  rows.row();
  rows.int(workspace);
  rows.bigint(a);
  rows.bigint(b);
  rows.text(rule);
  rows.int(source);
  rows.text(message);
  rows.instant(at.getTime());
  rows.text(state);
}

/** Bound again after it was parted, a tie counts again. */
async function putEdges(tx: Tx, workspace: number, edges: readonly NewEdge[]): Promise<void> {
  await sql`
    insert into edge as known (workspace_id, a, b, rule, source_id, message, at, state)
    select ${workspace}, a, b, rule, source, message, to_timestamp(ms / 1000.0), state
    from unnest(
      ${packedIds(edges.map(({ a }) => a))}::bigint[], ${packedIds(edges.map(({ b }) => b))}::bigint[],
      ${packedTexts(edges.map(({ rule }) => rule))}::text[], ${packedInts(edges.map(({ source }) => source))}::int[],
      ${packedTexts(edges.map(({ message }) => message))}::text[], ${packedIds(edges.map(({ at }) => at.getTime()))}::bigint[],
      ${packedTexts(edges.map(({ state }) => state))}::text[]
    ) as made (a, b, rule, source, message, ms, state)
    on conflict (a, b, rule) do update
      set state = excluded.state, source_id = excluded.source_id, message = excluded.message, at = excluded.at
      where known.state in ('cut', 'conflict') and excluded.rule = 'alias'`.execute(tx);
}

export interface Move {
  readonly node: number;
  readonly person: number;
  /** Made in this transaction: it was inserted with its person already. */
  readonly fresh: boolean;
}

/**
 * Moves nodes to other persons and keeps each move in order, for ClickHouse's copy. Where a node was made to belong is
 * kept with the node itself.
 */
export async function moveNodes(
  tx: Tx,
  workspace: number,
  moves: readonly Move[],
  at: Date,
): Promise<MirroredMove[]> {
  if (moves.length === 0) return [];
  const old = moves.filter(({ fresh }) => !fresh);
  if (old.length > 0)
    await sql`
      update node set person = moved.person
      from unnest(
        ${packedIds(old.map(({ node }) => node))}::bigint[], ${packedIds(old.map(({ person }) => person))}::bigint[]
      ) as moved (node, person)
      where node.id = moved.node and node.person <> moved.person`.execute(tx);
  const numbers = await takeNumbers(tx, "person_move_seq_seq", old.length);
  if (old.length > 0)
    await sql`
      insert into person_move (seq, workspace_id, node, person, at) overriding system value
      select seq, ${workspace}, node, person, ${at}
      from unnest(
        ${packedIds(numbers)}::bigint[], ${packedIds(old.map(({ node }) => node))}::bigint[],
        ${packedIds(old.map(({ person }) => person))}::bigint[]
      ) as moved (seq, node, person)`.execute(tx);
  const made = moves.filter(({ fresh }) => fresh).map(({ node, person }) => ({ seq: asMade, node, person }));
  return [...made, ...old.map(({ node, person }, i) => ({ seq: numbers[i] as number, node, person }))];
}
