import type { Selectable } from "kysely";
import type { Clock } from "./clock.ts";
import { newKey, open, seal } from "./crypto.ts";
import type { Db, Tx } from "./postgres.ts";
import type { Tables } from "./tables.ts";

export interface WorkspaceRef {
  id: number;
  slug: string;
  name: string;
  timeZone: string;
}

export interface WorkspaceKeys {
  /** Encrypts values (AES-256-GCM). */
  data: Buffer;
  /** Hashes values for look-up (HMAC). */
  hash: Buffer;
}

export interface NewWorkspace {
  slug: string;
  name: string;
  organisationId: string;
  timeZone?: string;
}

/** Answers null when the slug is taken. */
export async function createWorkspace(
  db: Db | Tx,
  master: Buffer,
  { slug, name, organisationId, timeZone = "Asia/Shanghai" }: NewWorkspace,
  clock: Clock,
): Promise<WorkspaceRef | null> {
  const row = await db
    .insertInto("workspace")
    .values({
      slug,
      name,
      organization_id: organisationId,
      time_zone: timeZone,
      sealed_data_key: seal(master, newKey()),
      sealed_hash_key: seal(master, newKey()),
      created_at: clock.now(),
    })
    .onConflict((conflict) => conflict.column("slug").doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ? refOf(row) : null;
}

/** By id or slug. A slug of digits only cannot be told from an id: the id wins. */
export async function findWorkspace(db: Db | Tx, idOrSlug: string | number): Promise<WorkspaceRef | null> {
  const id = /^\d{1,9}$/.test(String(idOrSlug)) ? Number(idOrSlug) : null;
  const rows = await db
    .selectFrom("workspace")
    .selectAll()
    .where((where) =>
      where.or([where("slug", "=", String(idOrSlug)), ...(id === null ? [] : [where("id", "=", id)])]),
    )
    .execute();
  const row = rows.find((found) => found.id === id) ?? rows[0];
  return row ? refOf(row) : null;
}

/** Unwraps each workspace's keys once. */
export function workspaceKeyring(master: Buffer): (db: Db | Tx, id: number) => Promise<WorkspaceKeys> {
  const known = new Map<number, WorkspaceKeys>();
  return async (db, id) => {
    const cached = known.get(id);
    if (cached) return cached;
    const row = await db
      .selectFrom("workspace")
      .select(["sealed_data_key", "sealed_hash_key"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const keys = { data: open(master, row.sealed_data_key), hash: open(master, row.sealed_hash_key) };
    known.set(id, keys);
    return keys;
  };
}

const refOf = (row: Selectable<Tables["workspace"]>): WorkspaceRef => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  timeZone: row.time_zone,
});
