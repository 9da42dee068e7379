import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type CipherId, ciphers } from "./ciphers.ts";
import { type Digest, open, seal } from "./crypto.ts";
import type { DataKey } from "./data-keys.ts";
import type { Db, Tx } from "./postgres.ts";

/** A workspace's keys, unwrapped: in memory only. */
export interface WorkspaceKeys {
  /** Seal values, and open what was sealed before a rotation. */
  readonly dataKeys: readonly DataKey[];
  /** Hashes values for look-up (HMAC). It is the same for the workspace's life. */
  readonly hash: Buffer;
  readonly digest: Digest;
}

/** So long a server goes by the keys it knows; a new one is not sealed with for much longer (see insertKey). */
const knownForMs = 5_000;

/** Unwraps a workspace's keys, and looks again now and then whether there is a new one. */
export function workspaceKeyring(
  master: Buffer,
  trustedForMs = knownForMs,
): (db: Db | Tx, id: number) => Promise<WorkspaceKeys> {
  const known = new Map<number, { keys: WorkspaceKeys; stamp: string; at: number }>();
  return async (db, id) => {
    const now = performance.now();
    const cached = known.get(id);
    if (cached !== undefined && now - cached.at < trustedForMs) return cached.keys;
    const rows = await findKeys(db, id).catch((error: unknown) => {
      // While the database is away, the keys at hand are the best there is.
      if (cached === undefined) throw error;
      return null;
    });
    if (rows === null && cached !== undefined) return cached.keys;
    const stamp = (rows ?? []).map(({ version, isActive }) => `${version}${isActive}`).join();
    const keys = cached?.stamp === stamp ? cached.keys : unwrapped(master, id, rows ?? []);
    known.set(id, { keys, stamp, at: now });
    return keys;
  };
}

interface KeyRow {
  version: number;
  cipher: CipherId;
  sealed: Buffer;
  isActive: boolean;
  sealedHash: Buffer;
  digest: Digest;
}

async function findKeys(db: Db | Tx, workspace: number): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select version, cipher, sealed_key as sealed, sealed_hash_key as "sealedHash", digest,
      version = (select max(version) from workspace_key
        where workspace_id = ${workspace} and active_at <= now()) as "isActive"
    from workspace_key join workspace on workspace.id = workspace_id
    where workspace_id = ${workspace} and sealed_key is not null order by version`.execute(db);
  return rows;
}

function unwrapped(master: Buffer, workspace: number, rows: readonly KeyRow[]): WorkspaceKeys {
  const [first] = rows;
  if (first === undefined) throw new Error(`workspace ${workspace} has no data key`);
  return {
    dataKeys: rows.map(({ version, cipher, sealed, isActive }) => ({
      ...{ version, cipher, isActive, key: open(master, sealed) },
    })),
    hash: open(master, first.sealedHash),
    digest: first.digest,
  };
}

/** Adds the next data key. It is sealed with after the delay only, when every server has heard of it. */
export async function insertKey(
  db: Db | Tx,
  master: Buffer,
  workspace: number,
  { cipher, by, delaySeconds }: { cipher: CipherId; by: string; delaySeconds: number },
): Promise<number> {
  const sealed = seal(master, randomBytes(ciphers[cipher].keyBytes));
  const { rows } = await sql<{ version: number }>`
    insert into workspace_key (workspace_id, version, cipher, sealed_key, made_by, made_at, active_at)
    select ${workspace}, coalesce(max(version), 0) + 1, ${cipher}, ${sealed}, ${by}, now(),
      now() + make_interval(secs => ${delaySeconds})
    from workspace_key where workspace_id = ${workspace}
    returning version`.execute(db);
  return (rows[0] as { version: number }).version;
}
