import { Bound, type ClickHouse, ch, list, type Statement, u32 } from "../platform/clickhouse.ts";

/** A row of an event. */
export interface ToldPlace {
  readonly node: number;
  readonly at: number;
  readonly message: string;
}

const tuples = (places: readonly ToldPlace[]): Bound =>
  new Bound(
    "Array(Tuple(UInt64, UInt64, Int64))",
    `[${places.map(({ node, message, at }) => `(${node},${message},${at})`).join()}]`,
  );

const months = (places: readonly ToldPlace[]): Bound =>
  list("UInt32", [
    ...new Set(
      places.map(({ at }) => {
        const date = new Date(at);
        return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
      }),
    ),
  ]);

/** Single rows go by a patch, at once; a whole import is too much for that. */
const patching = " settings lightweight_delete_mode = 'lightweight_update'";

/** Those of the places where a row stands. */
async function findTold(
  clickhouse: ClickHouse,
  workspace: number,
  places: readonly ToldPlace[],
): Promise<ToldPlace[]> {
  const rows = await clickhouse.query<{ node: number; told: string; ms: number }>(ch`
    select distinct node, toString(message) as told, toUnixTimestamp64Milli(at) as ms from event
    where workspace = ${u32(workspace)}
      and node in ${list("UInt64", [...new Set(places.map(({ node }) => node))])}
      and message in ${list("UInt64", [...new Set(places.map(({ message }) => message))])}
      and toYYYYMM(at) in ${months(places)}
      and (node, message, toUnixTimestamp64Milli(at)) in ${tuples(places)}`);
  return rows.map(({ node, told, ms }) => ({ node, message: told, at: ms }));
}

/** Enough for one statement's text; a slice of corrections rarely has as many. */
const atOnce = 10_000;

/**
 * Takes away events that a correction has moved to another time or another buyer, or that are true no more. Asks
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
        and toYYYYMM(at) in ${months(found)}
        and (node, message, toUnixTimestamp64Milli(at)) in ${tuples(found)}`,
      patching,
    );
    for (const { node } of found) nodes.add(node);
  }
  return [...nodes];
}

/**
 * Takes away every event that came by an import: few by a patch, at once; more by rewriting what parts hold. Answers the
 * nodes that lost something.
 */
export async function untellImport(
  { clickhouse, cluster }: { clickhouse: ClickHouse; cluster: string | null },
  workspace: number,
  importId: number,
  onCounted: (events: number) => Promise<void>,
): Promise<number[][]> {
  const theirs = ch`workspace = ${u32(workspace)} and import = ${u32(importId)}`;
  const [found] = await clickhouse.query<{ events: number }>(ch`
    select count() as events from event where ${theirs}`);
  const events = Number(found?.events ?? 0);
  if (events === 0) return [];
  await onCounted(events);
  const nodes: number[][] = [];
  const lost = clickhouse.stream<{ node: number }>(ch`select distinct node from event where ${theirs}`);
  for await (const some of lost) nodes.push(some.map(({ node }) => Number(node)));
  await deleteEvents(clickhouse, cluster, theirs, events > atOnce ? "" : patching);
  return nodes;
}

/** A Distributed front takes no delete: on a cluster the stored tables do. */
async function deleteEvents(
  clickhouse: ClickHouse,
  cluster: string | null,
  where: Statement,
  how = "",
): Promise<void> {
  const table = cluster === null ? "event" : `event_local on cluster \`${cluster.replace(/[`\\]/g, "")}\``;
  await clickhouse.command({ text: `delete from ${table} where ${where.text}${how}`, params: where.params });
}
