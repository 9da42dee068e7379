import type { LinkThresholds } from "@stork/contract/linking.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

export interface LinkSetting extends LinkThresholds {
  startedAt: Date | null;
  finishedAt: Date | null;
  trouble: string | null;
  compared: number;
  suggested: number;
  joined: number;
  /** Questions of earlier runs that are not asked any more. */
  withdrawn: number;
}

const untouched: LinkSetting = {
  ...{ review: 0.6, certain: 0.9999, joinCertain: false, automatic: false },
  ...{ startedAt: null, finishedAt: null, trouble: null, compared: 0, suggested: 0, joined: 0, withdrawn: 0 },
};

export async function findSetting(db: Db, workspace: number): Promise<LinkSetting> {
  const { rows } = await sql<LinkSetting>`
    select round(review::numeric, 6)::float8 as review, round(certain::numeric, 6)::float8 as certain,
      join_certain as "joinCertain", automatic, started_at as "startedAt", finished_at as "finishedAt", trouble,
      compared, suggested, joined, withdrawn
    from link_setting where workspace_id = ${workspace}`.execute(db);
  return rows[0] ?? untouched;
}

export async function setThresholds(
  db: Db,
  workspace: number,
  { review, certain, joinCertain, automatic }: LinkThresholds,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await sql`
    insert into link_setting (workspace_id, review, certain, join_certain, automatic, changed_at, changed_by)
    values (${workspace}, ${review}, ${certain}, ${joinCertain}, ${automatic}, ${at}, ${by})
    on conflict (workspace_id) do update set review = excluded.review, certain = excluded.certain,
      join_certain = excluded.join_certain, automatic = excluded.automatic,
      changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(db);
}

export async function setStarted(db: Db, workspace: number, at: Date): Promise<void> {
  await sql`
    insert into link_setting (workspace_id, started_at) values (${workspace}, ${at})
    on conflict (workspace_id) do update
      set started_at = ${at}, finished_at = null, trouble = null, compared = 0, suggested = 0, joined = 0,
        withdrawn = 0`.execute(db);
}

export async function addFound(
  db: Db,
  workspace: number,
  {
    compared,
    suggested,
    joined,
    withdrawn,
  }: Pick<LinkSetting, "compared" | "suggested" | "joined" | "withdrawn">,
): Promise<void> {
  await sql`
    update link_setting set compared = compared + ${compared}, suggested = suggested + ${suggested},
      joined = joined + ${joined}, withdrawn = withdrawn + ${withdrawn} where workspace_id = ${workspace}`.execute(
    db,
  );
}

export async function setFinished(
  db: Db,
  workspace: number,
  at: Date,
  trouble: string | null,
): Promise<void> {
  await sql`
    update link_setting set finished_at = ${at}, trouble = ${trouble} where workspace_id = ${workspace}`.execute(
    db,
  );
}

export async function countLinks(db: Db, workspace: number) {
  const { rows } = await sql<{ persons: number; pending: number; waiting: number }>`
    select (select count(*)::int from link_person where workspace_id = ${workspace}) as persons,
      (select count(*)::int from link_person where workspace_id = ${workspace} and pending) as pending,
      (select count(*)::int from review_item where workspace_id = ${workspace} and kind = 'same-person'
        and state in ('open', 'later')) as waiting`.execute(db);
  return rows[0] ?? { persons: 0, pending: 0, waiting: 0 };
}
