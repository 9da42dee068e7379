import type { Notification } from "@stork/contract/quality.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

export interface Setting {
  readonly off: boolean;
  readonly threshold: number | null;
}

export async function findSettings(db: Db, workspace: number): Promise<Map<string, Setting>> {
  const { rows } = await sql<Setting & { indicator: string }>`
    select indicator, off, threshold from quality_setting where workspace_id = ${workspace}`.execute(db);
  return new Map(rows.map(({ indicator, off, threshold }) => [indicator, { off, threshold }]));
}

export async function saveSetting(
  db: Db,
  workspace: number,
  indicator: string,
  { off, threshold }: Setting,
  by: string,
  now: Date,
): Promise<void> {
  await sql`
    insert into quality_setting (workspace_id, indicator, off, threshold, changed_at, changed_by)
    values (${workspace}, ${indicator}, ${off}, ${threshold}, ${now}, ${by})
    on conflict (workspace_id, indicator) do update
    set off = excluded.off, threshold = excluded.threshold, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(db);
}

export async function findNotifications(db: Db, workspace: number): Promise<Notification[]> {
  const { rows } = await sql<{ items: Notification[] }>`
    select items from quality_notification where workspace_id = ${workspace}`.execute(db);
  return rows[0]?.items ?? [];
}

export async function saveNotifications(
  db: Db,
  workspace: number,
  items: readonly Notification[],
): Promise<void> {
  await sql`
    insert into quality_notification (workspace_id, items) values (${workspace}, ${JSON.stringify(items)}::jsonb)
    on conflict (workspace_id) do update set items = excluded.items`.execute(db);
}
