import type { Stage } from "@stork/contract/catalog.ts";
import { sql } from "kysely";
import { addDays } from "../catalog/calendar.ts";
import { termDays } from "../catalog/stages.ts";
import { dateImpossible } from "../people/children.ts";
import { numberList } from "../people/lists.ts";
import type { Db } from "../platform/postgres.ts";
import { backDays, datesToAsk, type StageEntry } from "./stage-entries.ts";

export interface WatchedWorkspace {
  readonly id: number;
  readonly timeZone: string;
}

export async function findWatched(db: Db): Promise<WatchedWorkspace[]> {
  const { rows } = await sql<WatchedWorkspace>`
    select id, time_zone as "timeZone" from workspace order by id`.execute(db);
  return rows;
}

/** Since when a workspace's stages are watched: the first look says from today on. */
export async function watchedSince(db: Db, workspace: number, today: string): Promise<string> {
  await sql`insert into stage_watch (workspace_id, since) values (${workspace}, ${today})
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{ since: string }>`
    select since from stage_watch where workspace_id = ${workspace}`.execute(db);
  return rows[0]?.since ?? today;
}

/** Children of whom some stage may have begun in the last days. */
export async function findCandidates(db: Db, workspace: number, today: string): Promise<number[]> {
  const { born, due } = datesToAsk(today);
  const from = (ranges: readonly { from: string }[]) => ranges.map((range) => range.from);
  const to = (ranges: readonly { to: string }[]) => ranges.map((range) => range.to);
  const { rows } = await sql<{ id: number }>`
    select child.id from unnest(${from(born)}::date[], ${to(born)}::date[]) as range (first, last)
    join child on child.workspace_id = ${workspace} and child.removed_at is null
      and child.born_on between range.first and range.last
    union select child.id from unnest(${from(due)}::date[], ${to(due)}::date[]) as range (first, last)
    join child on child.workspace_id = ${workspace} and child.removed_at is null and child.born_on is null
      and child.due_on between range.first and range.last
    union select child.id from child where workspace_id = ${workspace} and removed_at is null
      and born_on >= ${addDays(today, -800)} and gestation_days < ${termDays}
    union select child.id from child where workspace_id = ${workspace} and removed_at is null
      and born_on is not null and adopted_on between ${addDays(today, -backDays)} and ${today}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The database's own time, and the children that changed since an earlier answer, by workspace. */
export async function findChanged(
  db: Db,
  after: Date | null,
): Promise<{ now: Date; children: Map<number, number[]> }> {
  const { rows: time } = await sql<{ now: Date }>`select now() as now`.execute(db);
  const now = time[0]?.now as Date;
  if (after === null) return { now, children: new Map() };
  // What was under way then may have committed since, with an earlier time.
  const { rows } = await sql<{ workspace: number; id: number }>`
    select distinct child.workspace_id as workspace, child.id from child_past as past join child on child.id = past.child
    where past.replaced_at > ${after}::timestamptz - interval '2 minutes'`.execute(db);
  const byWorkspace = Map.groupBy(rows, ({ workspace }) => workspace);
  return { now, children: new Map([...byWorkspace].map(([id, some]) => [id, some.map((one) => one.id)])) };
}

export interface EnteringRow {
  readonly id: number;
  readonly node: number;
  readonly person: number;
  readonly bornOn: string | null;
  readonly dueOn: string | null;
  readonly gestationDays: number | null;
  readonly adoptedOn: string | null;
  readonly knownAt: Date;
}

/** Those of the children that may enter a stage at all: stated, possible, neither removed nor withheld. */
export async function findEntering(db: Db, ids: readonly number[]): Promise<EnteringRow[]> {
  const { rows } = await sql<EnteringRow>`
    select child.id, child.node, node.person, born_on as "bornOn", due_on as "dueOn",
      gestation_days as "gestationDays", adopted_on as "adoptedOn", known_at as "knownAt"
    from child join node on node.id = child.node
    where child.id = any(${numberList(ids)}::bigint[]) and child.removed_at is null and child.withheld_at is null
      and child.source = 'stated' and not ${dateImpossible} = any (child.marks)`.execute(db);
  return rows;
}

export interface Entry extends StageEntry {
  readonly child: number;
  readonly node: number;
}

export interface ClaimedEntry extends Entry {
  /** 1, unless a date was put right since it was told. */
  readonly times: number;
}

/** A date moved by no more than this is the same child's same time: what was told stays told. */
const sameDays = 60;

/**
 * Claims entries; answers those that nobody had. One that was told by a date that has turned out wrong by months is
 * claimed anew: it was not this child's.
 */
export async function claimEntries(
  db: Db,
  workspace: number,
  entries: readonly Entry[],
  at: Date,
): Promise<ClaimedEntry[]> {
  const { rows } = await sql<{ child: number; stage: Stage; times: number }>`
    insert into stage_entered as known (workspace_id, child, stage, on_day, claimed_at)
    select ${workspace}, child, stage, on_day, ${at}
    from unnest(${numberList(entries.map(({ child }) => child))}::bigint[], ${entries.map(({ stage }) => stage)}::text[],
      ${entries.map(({ on }) => on)}::date[]) as entered (child, stage, on_day)
    on conflict (child, stage) do update
      set on_day = excluded.on_day, claimed_at = excluded.claimed_at, told_at = null, times = known.times + 1
      where excluded.on_day - known.on_day > ${sameDays}
    returning child, stage, times`.execute(db);
  const mine = new Map(rows.map(({ child, stage, times }) => [`${child} ${stage}`, times]));
  return entries.flatMap((entry) => {
    const times = mine.get(`${entry.child} ${entry.stage}`);
    return times === undefined ? [] : { ...entry, times };
  });
}

/** Takes over entries that somebody claimed before `until` and has not told: their server stopped in between. */
export async function takeOver(db: Db, workspace: number, until: Date, at: Date): Promise<ClaimedEntry[]> {
  const { rows } = await sql<ClaimedEntry>`
    update stage_entered as entered set claimed_at = ${at} from child
    where entered.workspace_id = ${workspace} and entered.told_at is null and entered.claimed_at < ${until}
      and child.id = entered.child and child.removed_at is null and child.withheld_at is null
    returning entered.child, entered.stage, entered.on_day as on, entered.times, child.node, null as previous`.execute(
    db,
  );
  return rows;
}

export async function markTold(db: Db, entries: readonly Entry[], at: Date): Promise<void> {
  await sql`
    update stage_entered set told_at = ${at}
    from unnest(${numberList(entries.map(({ child }) => child))}::bigint[], ${entries.map(({ stage }) => stage)}::text[])
      as told (child, stage)
    where stage_entered.child = told.child and stage_entered.stage = told.stage`.execute(db);
}
