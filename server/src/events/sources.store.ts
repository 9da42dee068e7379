import { randomBytes } from "node:crypto";
import type { SourceKind } from "@stork/contract/sources.ts";
import { sql } from "kysely";
import { type ClickHouse, ch, instant, u32 } from "../platform/clickhouse.ts";
import type { Db, Tx } from "../platform/postgres.ts";

export interface SourceRow {
  id: number;
  kind: SourceKind;
  name: string;
  writeKey: string;
  createdAt: Date;
  /** Of a source of devices: what it listens to, without the password. */
  settings: unknown;
  hasSecret: boolean;
}

const columns = [
  "id",
  "kind",
  "name",
  "write_key as writeKey",
  "created_at as createdAt",
  "settings",
  sql<boolean>`sealed_secret is not null`.as("hasSecret"),
] as const;

export const newWriteKey = (): string => `wk_${randomBytes(18).toString("base64url")}`;

export async function createSource(
  db: Db | Tx,
  workspace: number,
  { kind, name }: { kind: SourceKind; name: string },
  at: Date,
): Promise<SourceRow> {
  const row = await db
    .insertInto("source")
    .values({ workspace_id: workspace, kind, name, write_key: newWriteKey(), created_at: at })
    .returning(columns)
    .executeTakeFirstOrThrow();
  return row as SourceRow;
}

/** The source under which files of one kind are imported: one per workspace and name, made when missing. */
export async function fileSource(
  db: Db,
  workspace: number,
  name: string,
  at: Date,
  kind: "file" | "api" = "file",
): Promise<SourceRow> {
  return db.transaction().execute(async (tx) => {
    // Two imports at once must not make two sources of one name.
    await sql`select pg_advisory_xact_lock(hashtext('file-source'), ${workspace})`.execute(tx);
    const found = await tx
      .selectFrom("source")
      .select(columns)
      .where("workspace_id", "=", workspace)
      .where("kind", "=", kind)
      .where("name", "=", name)
      .where("removed_at", "is", null)
      .executeTakeFirst();
    return (found as SourceRow | undefined) ?? createSource(tx, workspace, { kind, name }, at);
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

export async function renameSource(db: Db, workspace: number, id: number, name: string): Promise<void> {
  await db
    .updateTable("source")
    .set({ name })
    .where("workspace_id", "=", workspace)
    .where("id", "=", id)
    .execute();
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

export interface RecentRow {
  node: number;
  at: number;
  received: number;
  type: string;
  name: string;
  message: string;
  properties: string;
  marks: string[];
}

/**
 * The newest events of a source, where this process has seen too few itself. Months that are over are not searched: the
 * tail is for what is alive.
 */
export async function findRecent(
  clickhouse: ClickHouse,
  workspace: number,
  source: number,
  now: Date,
): Promise<RecentRow[]> {
  const from = new Date(now.getTime() - 31 * 86_400_000);
  return clickhouse.query<RecentRow>(ch`
    select node, toUnixTimestamp64Milli(event.at) as at, toUnixTimestamp64Milli(event.received) as received,
      toString(message) as message, type, name, properties, marks
    from event
    where workspace = ${u32(workspace)} and source = ${u32(source)} and event.at >= ${instant(from)}
    order by event.received desc, event.message
    limit 1 by event.message
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
