import { randomBytes } from "node:crypto";
import type { SourceKind } from "@stork/contract/sources.ts";
import { sql } from "kysely";
import { type ClickHouse, ch, instant, list, u32 } from "../platform/clickhouse.ts";
import type { Db, Tx } from "../platform/postgres.ts";

export interface SourceRow {
  id: number;
  kind: SourceKind;
  name: string;
  writeKey: string;
  createdAt: Date;
}

/** What has arrived from a source. */
export interface Arrived {
  source: number;
  lastEventAt: Date | null;
  eventsToday: number;
  eventsTotal: number;
}

const columns = ["id", "kind", "name", "write_key as writeKey", "created_at as createdAt"] as const;

export async function createSource(
  db: Db | Tx,
  workspace: number,
  { kind, name }: { kind: SourceKind; name: string },
  at: Date,
): Promise<SourceRow> {
  const writeKey = `wk_${randomBytes(18).toString("base64url")}`;
  const row = await db
    .insertInto("source")
    .values({ workspace_id: workspace, kind, name, write_key: writeKey, created_at: at })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return row as SourceRow;
}

/** The source under which files of one kind are imported: one per workspace and name, made when missing. */
export async function fileSource(db: Db, workspace: number, name: string, at: Date): Promise<SourceRow> {
  return db.transaction().execute(async (tx) => {
    // Two imports at once must not make two sources of one name.
    await sql`select pg_advisory_xact_lock(hashtext('file-source'), ${workspace})`.execute(tx);
    const found = await tx
      .selectFrom("source")
      .select(columns)
      .where("workspace_id", "=", workspace)
      .where("kind", "=", "file")
      .where("name", "=", name)
      .where("removed_at", "is", null)
      .executeTakeFirst();
    return (found as SourceRow | undefined) ?? createSource(tx, workspace, { kind: "file", name }, at);
  });
}

export async function listSources(db: Db, workspace: number): Promise<SourceRow[]> {
  const rows = await db
    .selectFrom("source")
    .select(columns)
    .where("workspace_id", "=", workspace)
    .where("removed_at", "is", null)
    .orderBy("id")
    .execute();
  return rows as SourceRow[];
}

export async function findSource(db: Db, workspace: number, id: number): Promise<SourceRow | null> {
  return (await listSources(db, workspace)).find((source) => source.id === id) ?? null;
}

/** Stops the write key; what has arrived stays. */
export async function removeSource(db: Db, workspace: number, id: number, at: Date): Promise<void> {
  await db
    .updateTable("source")
    .set({ removed_at: at })
    .where("workspace_id", "=", workspace)
    .where("id", "=", id)
    .execute();
}

export async function countArrived(
  clickhouse: ClickHouse,
  workspace: number,
  sources: readonly number[],
  todayFrom: Date,
): Promise<Arrived[]> {
  if (sources.length === 0) return [];
  const rows = await clickhouse.query<{ source: number; last: number; today: number; total: number }>(ch`
    select source, toUnixTimestamp64Milli(max(received)) as last,
      countIf(received >= ${instant(todayFrom)}) as today, count() as total
    from event_once
    where workspace = ${u32(workspace)} and source in ${list("UInt32", sources)}
    group by source`);
  return rows.map(({ source, last, today, total }) => ({
    source,
    lastEventAt: new Date(Number(last)),
    eventsToday: Number(today),
    eventsTotal: Number(total),
  }));
}

export interface RecentRow {
  node: number;
  at: number;
  received: number;
  type: string;
  name: string;
  properties: string;
}

/** The newest events of a source. Those older than two months are not looked for: the tail is for what is alive. */
export async function findRecent(
  clickhouse: ClickHouse,
  workspace: number,
  source: number,
  now: Date,
): Promise<RecentRow[]> {
  const from = new Date(now.getTime() - 62 * 86_400_000);
  return clickhouse.query<RecentRow>(ch`
    select node, toUnixTimestamp64Milli(event.at) as at, toUnixTimestamp64Milli(event.received) as received,
      type, name, properties
    from event
    where workspace = ${u32(workspace)} and source = ${u32(source)} and event.received >= ${instant(from)}
    order by event.received desc, message
    limit 1 by message
    limit 50`);
}

/** The identifiers of nodes, sealed, for showing them masked. */
export async function findNodeIdentifiers(
  db: Db,
  workspace: number,
  nodes: readonly number[],
): Promise<Map<number, { namespace: string; sealed: Buffer }>> {
  const ids = [...new Set(nodes.map(Number))];
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("node")
    .select(["id", "namespace", "sealed_value"])
    .where("workspace_id", "=", workspace)
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map((row) => [row.id, { namespace: row.namespace, sealed: row.sealed_value }]));
}
