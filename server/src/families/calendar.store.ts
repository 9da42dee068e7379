import {
  CalendarEntry,
  type KeptEntry,
  type SetStageCalendar,
  type StageCalendar,
} from "@stork/contract/stage-calendar.ts";
import { sql } from "kysely";
import { standardCalendar } from "../catalog/moments.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { calendarProblems } from "./calendar-problems.ts";
import { refusals } from "./refusals.ts";

interface Difference {
  id: string;
  entry: unknown;
  by: string;
  at: Date;
}

/** The calendar of a workspace: the standard with its own differences. */
export async function loadCalendar(db: Db | Tx, workspace: number): Promise<StageCalendar> {
  const { rows } = await sql<Difference>`
    select id, entry, said_by as by, at from stage_calendar_entry where workspace_id = ${workspace} order by id`.execute(
    db,
  );
  const different = new Map(rows.map((row) => [row.id, row]));
  const standard = standardCalendar.map((entry): KeptEntry => keptEntry(entry, different.get(entry.id)));
  const known = new Set(standardCalendar.map(({ id }) => id));
  const own = rows.flatMap(({ id, entry, by, at }): KeptEntry[] => {
    const read = CalendarEntry.safeParse(entry);
    if (known.has(id) || !read.success) return [];
    return [{ ...read.data, origin: "own", by, at: at.toISOString() }];
  });
  return { version: await versionOf(db, workspace), items: [...standard, ...own] };
}

/** What holds for children of this workspace. */
export async function entriesOf(db: Db, workspace: number): Promise<CalendarEntry[]> {
  return (await loadCalendar(db, workspace)).items.filter(({ origin }) => origin !== "removed");
}

function keptEntry(entry: CalendarEntry, change: Difference | undefined): KeptEntry {
  if (change === undefined) return { ...entry, origin: "standard", by: null, at: null };
  const said = { by: change.by, at: change.at.toISOString() };
  if (change.entry === null) return { ...entry, origin: "removed", ...said };
  const read = CalendarEntry.safeParse(change.entry);
  // A change that this version no longer understands leaves the standard.
  if (!read.success) return { ...entry, origin: "standard", by: null, at: null };
  return { ...read.data, origin: "changed", standard: entry, ...said };
}

/** States the workspace's differences as a whole; refused when somebody else did so since `version` was read. */
export async function setCalendar(
  db: Db,
  workspace: number,
  wanted: SetStageCalendar,
  { by, at }: { by: string; at: Date },
): Promise<StageCalendar> {
  const problems = calendarProblems(wanted);
  if (problems.length > 0) throw new Refusal(refusals.badCalendar, {}, problems);
  return db.transaction().execute(async (tx) => {
    await sql`insert into stage_calendar (workspace_id, version) values (${workspace}, 0) on conflict do nothing`.execute(
      tx,
    );
    await sql`select from stage_calendar where workspace_id = ${workspace} for update`.execute(tx);
    const version = await versionOf(tx, workspace);
    if (version !== wanted.version) throw new Refusal(refusals.calendarChanged, { version });
    const rows = [
      ...wanted.changed.map((entry) => ({ id: entry.id, entry: JSON.stringify(entry) })),
      ...wanted.removed.map((id) => ({ id, entry: null })),
    ];
    await sql`delete from stage_calendar_entry where workspace_id = ${workspace}
      and not (id = any(${rows.map(({ id }) => id)}::text[]))`.execute(tx);
    await sql`
      insert into stage_calendar_entry (workspace_id, id, entry, said_by, at)
      select ${workspace}, id, entry::jsonb, ${by}, ${at}
      from unnest(${rows.map(({ id }) => id)}::text[], ${rows.map(({ entry }) => entry)}::text[]) as row (id, entry)
      on conflict (workspace_id, id) do update set entry = excluded.entry, said_by = excluded.said_by, at = excluded.at
      where stage_calendar_entry.entry is distinct from excluded.entry`.execute(tx);
    await sql`update stage_calendar set version = version + 1 where workspace_id = ${workspace}`.execute(tx);
    return loadCalendar(tx, workspace);
  });
}

async function versionOf(db: Db | Tx, workspace: number): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select version from stage_calendar where workspace_id = ${workspace}`.execute(db);
  return rows[0]?.version ?? 0;
}
