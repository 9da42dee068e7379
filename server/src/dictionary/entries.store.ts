import type { ChangeEntry, EntryStatus } from "@stork/contract/dictionary.ts";
import { sql } from "kysely";
import type { z } from "zod";
import type { Db } from "../platform/postgres.ts";

export type Said = z.infer<typeof ChangeEntry>;
export interface SaidEntry {
  said: Said;
  status: Exclude<EntryStatus, "built-in">;
}
export interface Change {
  at: Date;
  by: string;
  before: Said;
  after: Said;
}

export async function findSaid(db: Db, workspace: number): Promise<Map<string, SaidEntry>> {
  const { rows } = await sql<SaidEntry & { entry: string }>`
    select entry, said, status from dictionary_entry where workspace_id = ${workspace}`.execute(db);
  return new Map(rows.map(({ entry, said, status }) => [entry, { said, status }]));
}

/** Writes what is said now, with the change; `merge` gets what was said before. */
export async function changeEntry(
  db: Db,
  workspace: number,
  entry: string,
  by: { who: string; at: Date },
  merge: (before: SaidEntry | null) => SaidEntry,
): Promise<SaidEntry> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`dictionary ${workspace} ${entry}`}))`.execute(tx);
    const { rows } = await sql<SaidEntry>`
      select said, status from dictionary_entry where workspace_id = ${workspace} and entry = ${entry}`.execute(
      tx,
    );
    const before = rows[0] ?? null;
    const after = merge(before);
    await sql`
      insert into dictionary_entry (workspace_id, entry, said, status)
      values (${workspace}, ${entry}, ${JSON.stringify(after.said)}::jsonb, ${after.status})
      on conflict (workspace_id, entry) do update set said = excluded.said, status = excluded.status`.execute(
      tx,
    );
    await sql`
      insert into dictionary_change (workspace_id, entry, who, at, before, after)
      values (${workspace}, ${entry}, ${by.who}, ${by.at}, ${JSON.stringify(spread(before))}::jsonb,
        ${JSON.stringify(spread(after))}::jsonb)`.execute(tx);
    return after;
  });
}

const spread = (entry: SaidEntry | null): Said =>
  entry === null ? {} : { ...entry.said, status: entry.status };

export async function findChanges(db: Db, workspace: number, entry: string): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select at, who as by, before, after from dictionary_change
    where workspace_id = ${workspace} and entry = ${entry} order by id desc limit 100`.execute(db);
  return rows;
}

export async function findDismissed(db: Db, workspace: number): Promise<Set<string>> {
  const { rows } = await sql<{ task: string }>`
    select task from dictionary_dismissed where workspace_id = ${workspace}`.execute(db);
  return new Set(rows.map(({ task }) => task));
}

export async function dismissTask(
  db: Db,
  workspace: number,
  task: string,
  by: { who: string; why: string; at: Date },
): Promise<void> {
  await sql`
    insert into dictionary_dismissed (workspace_id, task, who, why, at)
    values (${workspace}, ${task}, ${by.who}, ${by.why}, ${by.at}) on conflict do nothing`.execute(db);
}
