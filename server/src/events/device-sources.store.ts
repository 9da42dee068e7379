import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import type { KeptSettings } from "./device-settings.ts";
import type { DeviceTrouble } from "./device-troubles.ts";

/** A source of devices, and who listens for it. */
export interface DeviceSource {
  id: number;
  workspace: number;
  zone: string;
  settings: KeptSettings;
  sealed: Buffer | null;
  subscribed: string[];
}

export async function saveDeviceSettings(
  { db, vault }: { db: Db; vault: Vault },
  workspace: number,
  source: number,
  settings: KeptSettings,
  password: string | undefined,
): Promise<void> {
  await vault.ready(workspace);
  const sealed = password === undefined || password === "" ? null : vault.seal(workspace, password);
  // Left out, the password stays; an empty one is none. It was entered for one broker and goes to no other.
  await sql`
    update source set settings = ${JSON.stringify(settings)}::jsonb,
      sealed_secret = case when ${password === undefined} and settings ->> 'url' = ${settings.url} then sealed_secret
        else ${sealed}::bytea end
    where workspace_id = ${workspace} and id = ${source}`.execute(db);
}

/** The stored password, for the broker that it was entered for and no other. */
export async function findPassword(
  { db, vault }: { db: Db; vault: Vault },
  workspace: number,
  source: number,
  url: string,
): Promise<string | null> {
  const { rows } = await sql<{ sealed: Buffer | null }>`
    select sealed_secret as sealed from source
    where workspace_id = ${workspace} and id = ${source} and removed_at is null and settings ->> 'url' = ${url}`.execute(
    db,
  );
  const sealed = rows[0]?.sealed ?? null;
  if (sealed === null) return null;
  await vault.ready(workspace);
  return vault.open(workspace, sealed);
}

/** The sources this process listens for, or may begin to: it takes those that nobody else listens for. */
export async function holdDeviceSources(db: Db, owner: string, leaseMs: number): Promise<DeviceSource[]> {
  const { rows } = await sql<DeviceSource>`
    with mine as (
      insert into device_lease (source_id, owner, until)
      select id, ${owner}, now() + ${leaseMs} * interval '1 millisecond' from source
      where kind = 'mqtt' and removed_at is null and settings is not null
      on conflict (source_id) do update set owner = excluded.owner, until = excluded.until
        where device_lease.owner = excluded.owner or device_lease.until < now()
      returning source_id, subscribed
    )
    select source.id, source.workspace_id as workspace, workspace.time_zone as zone, source.settings,
      source.sealed_secret as sealed, mine.subscribed
    from mine join source on source.id = mine.source_id join workspace on workspace.id = source.workspace_id
    order by source.id`.execute(db);
  return rows;
}

/** What a stopping process had is free at once; the word on the connection stays until somebody has a newer one. */
export async function letGoOfDevices(db: Db, owner: string): Promise<void> {
  await sql`update device_lease set until = now() - interval '1 second', state = 'connecting'
    where owner = ${owner}`.execute(db);
}

export async function noteConnection(
  db: Db,
  source: number,
  owner: string,
  state: "connecting" | "connected" | "waiting" | "refused",
  trouble: DeviceTrouble | null,
): Promise<void> {
  await sql`update device_lease set since = case when state = ${state} then since else now() end,
      state = ${state}, trouble = ${trouble}
    where source_id = ${source} and owner = ${owner}`.execute(db);
}

export async function noteSubscribed(
  db: Db,
  source: number,
  owner: string,
  filters: readonly string[],
): Promise<void> {
  await sql`update device_lease set subscribed = ${filters}::text[]
    where source_id = ${source} and owner = ${owner}`.execute(db);
}

export interface NotedConnection {
  state: "connecting" | "connected" | "waiting" | "refused";
  trouble: string | null;
  since: Date;
}

export async function findConnection(db: Db, source: number): Promise<NotedConnection | null> {
  const { rows } = await sql<NotedConnection>`
    select state, trouble, since from device_lease where source_id = ${source}`.execute(db);
  return rows[0] ?? null;
}

/** What a source of devices listens to; nothing when it is none. */
export async function findTopics(db: Db, workspace: number, source: number): Promise<KeptSettings["topics"]> {
  const { rows } = await sql<{ settings: KeptSettings | null }>`
    select settings from source where workspace_id = ${workspace} and id = ${source}`.execute(db);
  return rows[0]?.settings?.topics ?? [];
}
