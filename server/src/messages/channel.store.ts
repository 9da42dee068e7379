import type { ChannelKind } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { type OpenChannel, openChannel } from "./channels.ts";

export interface ChannelRecord {
  readonly id: number;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly settings: Record<string, unknown>;
  readonly hasSecret: boolean;
  readonly createdAt: Date;
}

const columns = sql`id, kind, name, settings, sealed_secret is not null as "hasSecret", created_at as "createdAt"`;

export const listChannels = async (db: Db, workspace: number): Promise<ChannelRecord[]> =>
  (
    await sql<ChannelRecord>`
      select ${columns} from channel where workspace_id = ${workspace} and removed_at is null order by id`.execute(
      db,
    )
  ).rows;

export async function findChannel(db: Db, workspace: number, id: number): Promise<ChannelRecord | null> {
  const { rows } = await sql<ChannelRecord>`
    select ${columns} from channel where id = ${id} and workspace_id = ${workspace} and removed_at is null`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function insertChannel(
  { db, vault }: { db: Db; vault: Vault },
  workspace: number,
  channel: { kind: ChannelKind; name: string; settings: Record<string, unknown>; secret: string | null },
  now: Date,
): Promise<ChannelRecord> {
  await vault.ready(workspace);
  const sealed = channel.secret === null ? null : vault.seal(workspace, channel.secret);
  const { rows } = await sql<ChannelRecord>`
    insert into channel (workspace_id, kind, name, settings, sealed_secret, created_at)
    values (${workspace}, ${channel.kind}, ${channel.name}, ${JSON.stringify(channel.settings)}::jsonb, ${sealed}, ${now})
    returning ${columns}`.execute(db);
  const made = rows[0];
  if (made === undefined) throw new Error("insert returned no row");
  return made;
}

export type Removal = "removed" | "in-use" | "unknown";

/** Refused while a campaign that is not finished needs it. */
export async function removeChannel(db: Db, workspace: number, id: number, now: Date): Promise<Removal> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ used: boolean }>`
      select exists (select from campaign where channel_id = channel.id and status in ('draft', 'running', 'paused')) as used
      from channel where id = ${id} and workspace_id = ${workspace} and removed_at is null for update`.execute(
      tx,
    );
    if (rows[0] === undefined) return "unknown";
    if (rows[0].used) return "in-use";
    await sql`update channel set removed_at = ${now}, sealed_secret = null where id = ${id}`.execute(tx);
    return "removed";
  });
}

/** A channel with its secret out of the vault, ready to say what it would send. */
export async function unsealChannel(
  { db, vault }: { db: Db; vault: Vault },
  workspace: number,
  id: number,
): Promise<OpenChannel | null> {
  const { rows } = await sql<{ kind: ChannelKind; settings: Record<string, unknown>; sealed: Buffer | null }>`
    select kind, settings, sealed_secret as sealed from channel
    where id = ${id} and workspace_id = ${workspace} and removed_at is null`.execute(db);
  const row = rows[0];
  if (row === undefined) return null;
  await vault.ready(workspace);
  return openChannel(
    id,
    row.kind,
    row.settings,
    row.sealed === null ? null : vault.open(workspace, row.sealed),
  );
}
