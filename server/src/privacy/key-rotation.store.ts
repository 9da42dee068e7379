import type { KeyVersion } from "@stork/contract/keys.ts";
import { sql } from "kysely";
import type { CipherId } from "../platform/ciphers.ts";
import type { Digest } from "../platform/crypto.ts";
import type { Db } from "../platform/postgres.ts";

/** A key that seals nothing any more is kept so long, for backups being read back and a server that slept. */
export const keptDays = 30;

export interface Rotation {
  readonly versions: KeyVersion[];
  readonly digest: Digest;
  readonly resealing: { resealed: number } | null;
}

/** A workspace's data keys, the newest first; never the keys themselves. */
export async function findRotation(db: Db, workspace: number): Promise<Rotation> {
  const { rows } = await sql<{
    version: number;
    cipher: CipherId;
    digest: Digest;
    by: string;
    made: Date;
    active: Date;
    retired: Date | null;
    resealed: number;
    isKept: boolean;
    isComing: boolean;
    isActive: boolean;
  }>`
    select version, cipher, digest, made_by as by, made_at as made, active_at as active, retired_at as retired,
      resealed, sealed_key is not null as "isKept", active_at > now() as "isComing",
      version = max(version) filter (where active_at <= now()) over () as "isActive"
    from workspace_key join workspace on workspace.id = workspace_id
    where workspace_id = ${workspace} order by version desc`.execute(db);
  const versions = rows.map((row): KeyVersion => {
    const retired = row.retired?.getTime() ?? null;
    return {
      ...{ version: row.version, cipher: row.cipher, madeBy: row.by },
      state: stateOf(row),
      madeAt: row.made.toISOString(),
      activeAt: row.active.toISOString(),
      retiredAt: row.retired?.toISOString() ?? null,
      destroyedFrom: retired === null ? null : new Date(retired + keptDays * 86_400_000).toISOString(),
    };
  });
  const isResealing = versions.some(({ state }) => state === "old" || state === "coming");
  return {
    versions,
    digest: rows[0]?.digest ?? "sha256",
    resealing: isResealing ? { resealed: rows[0]?.resealed ?? 0 } : null,
  };
}

function stateOf(row: {
  isKept: boolean;
  isComing: boolean;
  isActive: boolean;
  retired: Date | null;
}): KeyVersion["state"] {
  if (!row.isKept) return "destroyed";
  if (row.isComing) return "coming";
  if (row.isActive) return "active";
  return row.retired === null ? "old" : "retired";
}

/** The version that seals now. */
export async function findActiveVersion(db: Db, workspace: number): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 1) as version from workspace_key
    where workspace_id = ${workspace} and active_at <= now()`.execute(db);
  return rows[0]?.version ?? 1;
}

export async function countResealed(db: Db, workspace: number, version: number, more: number): Promise<void> {
  await sql`
    update workspace_key set resealed = resealed + ${more}
    where workspace_id = ${workspace} and version = ${version}`.execute(db);
}

/** Nothing is under an older key now. */
export async function retireBefore(db: Db, workspace: number, version: number, at: Date): Promise<void> {
  await sql`
    update workspace_key set retired_at = ${at}
    where workspace_id = ${workspace} and version < ${version} and retired_at is null`.execute(db);
}

/** Destroys the keys that were retired long enough ago: what they sealed can be opened by nobody from now on. */
export async function destroyRetired(db: Db, workspace: number, at: Date): Promise<void> {
  await sql`
    update workspace_key set sealed_key = null
    where workspace_id = ${workspace} and retired_at <= ${at}::timestamptz - make_interval(days => ${keptDays})`.execute(
    db,
  );
}
