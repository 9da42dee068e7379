import type { Selectable } from "kysely";
import type { Clock } from "./clock.ts";
import { type Digest, newKey, seal } from "./crypto.ts";
import type { Db, Tx } from "./postgres.ts";
import type { Tables } from "./tables.ts";
import { insertKey } from "./workspace-keys.store.ts";

export interface WorkspaceRef {
  id: number;
  slug: string;
  name: string;
  timeZone: string;
}

export type Cryptography = "international" | "sm";

export interface NewWorkspace {
  slug: string;
  name: string;
  organisationId: string;
  timeZone?: string;
  /** "sm": the national algorithms, SM4-GCM and HMAC-SM3, in place of AES-256-GCM and HMAC-SHA-256. */
  cryptography?: Cryptography | undefined;
}

/** Answers null when the slug is taken. */
export async function createWorkspace(
  db: Db,
  master: Buffer,
  { slug, name, organisationId, timeZone = "Asia/Shanghai", cryptography = "international" }: NewWorkspace,
  clock: Clock,
): Promise<WorkspaceRef | null> {
  const made = await db.transaction().execute(async (tx) => {
    const row = await tx
      .insertInto("workspace")
      .values({
        slug,
        name,
        organization_id: organisationId,
        time_zone: timeZone,
        sealed_hash_key: seal(master, newKey()),
        digest: (cryptography === "sm" ? "sm3" : "sha256") satisfies Digest,
        created_at: clock.now(),
      })
      .onConflict((conflict) => conflict.column("slug").doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return null;
    const cipher = cryptography === "sm" ? "sm4-gcm" : "aes-256-gcm";
    await insertKey(tx, master, row.id, { cipher, by: "system", delaySeconds: 0 });
    return row;
  });
  return made ? refOf(made) : null;
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

const refOf = (row: Selectable<Tables["workspace"]>): WorkspaceRef => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  timeZone: row.time_zone,
});
