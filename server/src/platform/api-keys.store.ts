import type { ApiKey, Scope } from "@stork/contract/access.ts";
import { Scope as ScopeSchema } from "@stork/contract/access.ts";
import type { Selectable } from "kysely";
import type { Clock } from "./clock.ts";
import { newSecret, plainHash } from "./crypto.ts";
import type { Db } from "./postgres.ts";
import type { Tables } from "./tables.ts";

export interface NewKey {
  /** null: every workspace. */
  workspaceId: number | null;
  name: string;
  scopes: readonly Scope[];
  createdBy: string | null;
}

/** The key is in this answer only; the table keeps its hash. */
export async function createKey(db: Db, key: NewKey, clock: Clock): Promise<ApiKey & { key: string }> {
  const secret = newSecret("sk_");
  const row = await db
    .insertInto("api_key")
    .values({
      workspace_id: key.workspaceId,
      name: key.name,
      prefix: secret.slice(0, 8),
      key_hash: plainHash(secret),
      scopes: [...new Set(key.scopes)],
      created_by: key.createdBy,
      created_at: clock.now(),
      last_used_at: null,
      revoked_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...keyOf(row), key: secret };
}

export async function listKeys(db: Db, workspaceId: number): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom("api_key")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("revoked_at", "is", null)
    .orderBy("created_at")
    .execute();
  return rows.map(keyOf);
}

export async function revokeKey(db: Db, workspaceId: number, id: string, clock: Clock): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("api_key")
    .set({ revoked_at: clock.now() })
    .where("id", "=", id)
    .where("workspace_id", "=", workspaceId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface FoundKey {
  id: string;
  workspaceId: number | null;
  scopes: ReadonlySet<Scope>;
}

/** Looks a key up by its hash, and notes its use once a minute. */
export async function findKey(db: Db, secret: string, clock: Clock): Promise<FoundKey | null> {
  const row = await db
    .selectFrom("api_key")
    .selectAll()
    .where("key_hash", "=", plainHash(secret))
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  const now = clock.now();
  if (!row.last_used_at || now.getTime() - row.last_used_at.getTime() > 60_000) {
    await db.updateTable("api_key").set({ last_used_at: now }).where("id", "=", row.id).execute();
  }
  return { id: row.id, workspaceId: row.workspace_id, scopes: new Set(knownScopes(row.scopes)) };
}

const knownScopes = (scopes: readonly string[]): Scope[] =>
  scopes.filter((scope): scope is Scope => ScopeSchema.safeParse(scope).success);

const keyOf = (row: Selectable<Tables["api_key"]>): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: knownScopes(row.scopes),
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});
