import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { componentsOf } from "./components.ts";
import { numberList } from "./lists.ts";
import type { MirroredMove } from "./mirror.store.ts";
import { findPersonsOf, moveNodes } from "./node.store.ts";

export interface StoredTie {
  readonly a: number;
  readonly b: number;
  readonly rule: string;
  readonly at: Date;
}

/** The edges that join, with an end among these nodes; the oldest first. */
export async function findLiveTies(tx: Tx, nodes: readonly number[]): Promise<StoredTie[]> {
  if (nodes.length === 0) return [];
  const { rows } = await sql<StoredTie>`
    select a, b, rule, at from edge where a = any(${numberList(nodes)}::bigint[]) and state = 'live'
    union
    select a, b, rule, at from edge where b = any(${numberList(nodes)}::bigint[]) and state = 'live'
    order by at, a, b, rule`.execute(tx);
  return rows;
}

/** Who is who, before and after. */
export interface Reshaped {
  readonly moves: MirroredMove[];
  /** Every node looked at, with its person before and now. */
  readonly nodes: ReadonlyMap<number, { before: number; now: number }>;
}

/**
 * Works out anew which persons the owners of these nodes are, after the state of edges changed: the components of the
 * edges that join. Whatever way a state was reached, the same live edges give the same persons.
 */
export async function reshape(
  tx: Tx,
  workspace: number,
  touched: readonly number[],
  at: Date,
): Promise<Reshaped> {
  const mapped = await findPersonsOf(tx, workspace, touched);
  const ties = await findLiveTies(
    tx,
    mapped.map(({ id }) => id),
  );
  const now = componentsOf(
    mapped.map(({ id }) => id),
    ties,
  );
  const nodes = new Map(
    mapped.map(({ id, person }) => [id, { before: person, now: now.get(id) ?? id }] as const),
  );
  const changed = [...nodes].filter(([, { before, now: person }]) => before !== person);
  const moves = changed.map(([node, { now: person }]) => ({ node, person, fresh: false }));
  return { moves: await moveNodes(tx, workspace, moves, at), nodes };
}
