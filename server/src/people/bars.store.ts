import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import type { Bars } from "./joins.ts";
import { numberList } from "./lists.ts";

/** What keeps these nodes from joining others. `persons` holds every node of theirs, where it matters who stays apart. */
export async function findBars(
  tx: Tx,
  touched: readonly number[],
  persons: readonly number[],
): Promise<Bars & { shared: Set<number> }> {
  if (touched.length === 0) return { shared: new Set(), apart: new Map() };
  const { rows } = await sql<{ shared: number | null; a: number | null; b: number | null }>`
    select node as shared, null::bigint as a, null::bigint as b from shared_value
      where node = any(${numberList(touched)}::bigint[])
    union all select null, a, b from never_same where a = any(${numberList(persons)}::bigint[])
    union all select null, a, b from never_same where b = any(${numberList(persons)}::bigint[])`.execute(tx);
  const apart = new Map<number, number[]>();
  const note = (from: number, to: number) => apart.set(from, [...(apart.get(from) ?? []), to]);
  for (const { a, b } of rows) {
    if (a === null || b === null) continue;
    note(a, b);
    note(b, a);
  }
  return { apart, shared: new Set(rows.flatMap(({ shared }) => shared ?? [])) };
}

export interface FoundNeighbour {
  /** The value that it came with. */
  readonly of: number;
  readonly id: number;
  readonly namespace: string;
  readonly source: number | null;
  readonly at: Date;
}

/** What these values came together with, as sources told it: neither what somebody decided nor what was parted. */
export async function findNeighbours(tx: Tx, values: readonly number[]): Promise<FoundNeighbour[]> {
  if (values.length === 0) return [];
  const { rows } = await sql<FoundNeighbour>`
    select tie.of, node.id, node.namespace, tie.source, tie.at
    from unnest(${numberList(values)}::bigint[]) as wanted (id)
    cross join lateral (
      select wanted.id as of, b as other, source_id as source, at, rule, state from edge where a = wanted.id
      union all
      select wanted.id, a, source_id, at, rule, state from edge where b = wanted.id
    ) as tie
    cross join lateral (select id, namespace from node where id = tie.other limit 1) as node
    where tie.state <> 'cut' and tie.rule in ('same-message', 'same-row', 'conflict')`.execute(tx);
  return rows;
}

/** Of these, the values that somebody said are no shared ones. */
export async function findUnshared(tx: Tx, values: readonly number[]): Promise<Set<number>> {
  if (values.length === 0) return new Set();
  const { rows } = await sql<{ node: number }>`
    select node from unshared_value where node = any(${numberList(values)}::bigint[])`.execute(tx);
  return new Set(rows.map(({ node }) => node));
}
