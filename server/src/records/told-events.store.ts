import { Bound, type ClickHouse, ch, list, u32 } from "../platform/clickhouse.ts";

/** Where a row of an event stands: rows replace each other within a month of a node only. */
export interface ToldPlace {
  readonly node: number;
  readonly month: number;
  readonly message: string;
}

const tuples = (places: readonly ToldPlace[]): Bound =>
  new Bound(
    "Array(Tuple(UInt64, UInt64, UInt32))",
    `[${places.map(({ node, message, month }) => `(${node},${message},${month})`).join()}]`,
  );

/** Those of the places where a row stands. */
async function findTold(
  clickhouse: ClickHouse,
  workspace: number,
  places: readonly ToldPlace[],
): Promise<ToldPlace[]> {
  return clickhouse.query<ToldPlace>(ch`
    select distinct node, toString(message) as message, toYYYYMM(at) as month from event
    where workspace = ${u32(workspace)}
      and node in ${list("UInt64", [...new Set(places.map(({ node }) => node))])}
      and message in ${list("UInt64", [...new Set(places.map(({ message }) => message))])}
      and toYYYYMM(at) in ${list("UInt32", [...new Set(places.map(({ month }) => month))])}
      and (node, message, toYYYYMM(at)) in ${tuples(places)}`);
}

/** Enough for one statement's text; a slice of corrections rarely has as many. */
const atOnce = 10_000;

/**
 * Takes away events that a correction has moved to another month or another buyer, or that are true no more. Asks
 * first: a delete is dear and nearly always there is nothing to take away. Answers the nodes that lost something.
 */
export async function untell(
  { clickhouse, cluster }: { clickhouse: ClickHouse; cluster: string | null },
  workspace: number,
  places: readonly ToldPlace[],
): Promise<number[]> {
  const nodes = new Set<number>();
  for (let from = 0; from < places.length; from += atOnce) {
    const found = await findTold(clickhouse, workspace, places.slice(from, from + atOnce));
    if (found.length === 0) continue;
    await deleteEvents(
      clickhouse,
      cluster,
      ch`workspace = ${u32(workspace)}
        and node in ${list("UInt64", [...new Set(found.map(({ node }) => node))])}
        and (node, message, toYYYYMM(at)) in ${tuples(found)}`,
    );
    for (const { node } of found) nodes.add(node);
  }
  return [...nodes];
}

/** Takes away every event that came by an import. */
export const untellImport = (
  { clickhouse, cluster }: { clickhouse: ClickHouse; cluster: string | null },
  workspace: number,
  importId: number,
): Promise<void> =>
  deleteEvents(clickhouse, cluster, ch`workspace = ${u32(workspace)} and import = ${u32(importId)}`);

/** A Distributed front takes no delete: on a cluster the stored tables do. */
async function deleteEvents(
  clickhouse: ClickHouse,
  cluster: string | null,
  where: { text: string; params: Readonly<Record<string, unknown>> },
): Promise<void> {
  const table = cluster === null ? "event" : `event_local on cluster \`${cluster.replace(/[`\\]/g, "")}\``;
  await clickhouse.command({ text: `delete from ${table} where ${where.text}`, params: where.params });
}
