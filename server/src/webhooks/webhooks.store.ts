import type { WebhookPurpose, WebhookWants } from "@stork/contract/webhooks.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";

export interface WebhookRow {
  id: number;
  workspace: number;
  name: string;
  url: string;
  sealedSecret: Buffer;
  events: string[];
  segments: number[];
  purpose: WebhookPurpose;
  createdAt: Date;
  pausedAt: Date | null;
  pausedBecause: "person" | "gone" | "failing" | null;
  failingSince: Date | null;
  changesUntil: Date;
}

const columns =
  sql.raw(`id, workspace_id as workspace, name, url, sealed_secret as "sealedSecret", events, segments, purpose,
  created_at as "createdAt", paused_at as "pausedAt", paused_because as "pausedBecause",
  failing_since as "failingSince", changes_until as "changesUntil"`);

export async function findWebhooks(db: Db, workspace: number): Promise<WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select ${columns} from webhook where workspace_id = ${workspace} and removed_at is null order by id`.execute(
    db,
  );
  return rows;
}

/** All that are told of something now, in any workspace. */
export async function findLive(db: Db): Promise<WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select ${columns} from webhook where removed_at is null and paused_at is null order by id`.execute(db);
  return rows;
}

export async function findWebhook(db: Db, workspace: number, id: number): Promise<WebhookRow | null> {
  return (await findWebhooks(db, workspace)).find((one) => one.id === id) ?? null;
}

export async function insertWebhook(
  db: Db,
  one: {
    workspace: number;
    name: string;
    url: string;
    sealedSecret: Buffer;
    wants: WebhookWants;
    purpose: WebhookPurpose;
    at: Date;
  },
): Promise<WebhookRow> {
  const { rows } = await sql<WebhookRow>`
    insert into webhook (workspace_id, name, url, sealed_secret, events, segments, purpose, created_at, changes_until)
    values (${one.workspace}, ${one.name}, ${one.url}, ${one.sealedSecret}, ${one.wants.events},
      ${one.wants.segments.map(Number)}, ${one.purpose}, ${one.at}, ${one.at}) returning ${columns}`.execute(
    db,
  );
  return rows[0] as WebhookRow;
}

/** What a person changes. Going on after a pause tells of what comes from now on. */
export async function updateWebhook(
  db: Db,
  id: number,
  change: {
    name?: string | undefined;
    url?: string | undefined;
    wants?: WebhookWants | undefined;
    purpose?: WebhookPurpose | undefined;
    paused?: boolean | undefined;
    sealedSecret?: Buffer | undefined;
  },
  at: Date,
): Promise<void> {
  const { name, url, wants, purpose, paused, sealedSecret } = change;
  await sql`
    update webhook set name = coalesce(${name ?? null}, name), url = coalesce(${url ?? null}, url),
      events = coalesce(${wants?.events ?? null}::text[], events),
      segments = coalesce(${wants?.segments.map(Number) ?? null}::int[], segments),
      purpose = coalesce(${purpose ?? null}, purpose),
      sealed_secret = coalesce(${sealedSecret ?? null}::bytea, sealed_secret),
      changes_until = case when ${paused === false} and paused_at is not null then ${at} else changes_until end,
      failing_since = case when ${paused === false} then null else failing_since end,
      paused_because = case when ${paused === true} then 'person' when ${paused === false} then null
        else paused_because end,
      paused_at = case when ${paused === true} then coalesce(paused_at, ${at})
        when ${paused === false} then null else paused_at end
    where id = ${id}`.execute(db);
}

export async function removeWebhook(db: Db, id: number, at: Date): Promise<void> {
  await sql`update webhook set removed_at = ${at} where id = ${id}`.execute(db);
}

export async function pauseWebhook(
  db: Db | Tx,
  id: number,
  because: "gone" | "failing",
  at: Date,
): Promise<void> {
  await sql`
    update webhook set paused_at = ${at}, paused_because = ${because} where id = ${id} and paused_at is null`.execute(
    db,
  );
}

/** Notes whether the last delivery went well; answers since when none has. */
export async function noteHealth(db: Db, id: number, well: boolean, at: Date): Promise<Date | null> {
  const { rows } = await sql<{ since: Date | null }>`
    update webhook set failing_since = case when ${well} then null else coalesce(failing_since, ${at}) end
    where id = ${id} returning failing_since as since`.execute(db);
  return rows[0]?.since ?? null;
}

/** Up to when changes of segments have their deliveries; null when the webhook is gone. */
export async function findChangesUntil(db: Db, id: number): Promise<Date | null> {
  const { rows } = await sql<{ until: Date }>`
    select changes_until as until from webhook where id = ${id}`.execute(db);
  return rows[0]?.until ?? null;
}

/** Never back: another server may have gone further, or somebody let it go on after a pause. */
export async function noteChangesUntil(db: Db, id: number, until: Date): Promise<void> {
  await sql`update webhook set changes_until = greatest(changes_until, ${until}) where id = ${id}`.execute(
    db,
  );
}
