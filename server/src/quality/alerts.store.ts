import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { type Changes, type OpenAlert, severityOf, worseOf } from "./alert.ts";
import type { Examined } from "./examine.ts";
import type { IndicatorId } from "./indicators.ts";

/** What is kept of the figure that breached. */
export interface KeptFigure {
  readonly value: number;
  readonly worst: number;
  readonly usual: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly threshold: number | null;
  readonly of: number;
  readonly certainty: number;
}

export interface AlertRow {
  readonly id: number;
  readonly indicator: IndicatorId;
  readonly source: number;
  readonly sourceName: string;
  readonly name: string;
  readonly field: string;
  readonly state: "open" | "acknowledged" | "snoozed" | "resolved";
  readonly severity: "warning" | "critical";
  readonly since: Date;
  readonly openedAt: Date;
  readonly lastAt: Date;
  readonly resolvedAt: Date | null;
  readonly snoozedUntil: Date | null;
  readonly figure: KeptFigure;
  readonly examples: string[];
  readonly by: string | null;
  readonly note: string | null;
}

const columns = sql`alert.id, indicator, alert.source_id as source, source.name as "sourceName", alert.name, field, state,
  severity, since, opened_at as "openedAt", last_at as "lastAt", resolved_at as "resolvedAt",
  snoozed_until as "snoozedUntil", figure, examples, alert.by, alert.note`;

export interface AlertFilter {
  readonly state?: string | undefined;
  readonly source?: number | undefined;
  readonly id?: number | undefined;
  /** Open at any time within. */
  readonly within?: { from: Date; to: Date } | undefined;
  readonly limit?: number;
}

/** The newest first; what is not resolved before the rest. */
export async function findAlerts(db: Db, workspace: number, filter: AlertFilter = {}): Promise<AlertRow[]> {
  const { state, source, id, within, limit = 200 } = filter;
  const { rows } = await sql<AlertRow>`
    select ${columns} from quality_alert alert join source on source.id = alert.source_id
    where alert.workspace_id = ${workspace}
      and (${state ?? null}::text is null or state = ${state ?? null})
      and (${source ?? null}::integer is null or alert.source_id = ${source ?? null})
      and (${id ?? null}::bigint is null or alert.id = ${id ?? null})
      and (${within?.from ?? null}::timestamptz is null
        or since < ${within?.to ?? null} and coalesce(resolved_at, 'infinity') > ${within?.from ?? null})
    order by resolved_at is not null, opened_at desc, alert.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findOpenAlerts(db: Db, workspace: number): Promise<OpenAlert[]> {
  const rows = await findAlerts(db, workspace, { limit: 5000 });
  return rows.flatMap(({ state, lastAt, snoozedUntil, figure, ...row }) =>
    state === "resolved"
      ? []
      : [
          {
            ...row,
            state,
            lastAt: lastAt.getTime(),
            snoozedUntil: snoozedUntil?.getTime() ?? null,
            worst: figure.worst,
          },
        ],
  );
}

function kept(figure: Examined, threshold: number | null, worst: number): KeptFigure {
  const { low, high } = figure.bounds();
  const { value, usual, of, chance } = figure;
  return { value, worst, usual, low, high, threshold, of, certainty: 1 - chance };
}

export interface Applied {
  readonly opened: { id: number; figure: Examined }[];
}

/** Writes down what changed; an alert and the word to tell of it exist together. */
export async function applyChanges(
  db: Db,
  workspace: number,
  { open, again, resolve, wake }: Changes,
  threshold: (indicator: IndicatorId) => number | null,
  now: Date,
): Promise<Applied> {
  return db.transaction().execute(async (tx) => {
    const opened: { id: number; figure: Examined }[] = [];
    for (const figure of open) {
      const { indicator, source, name, field, value, since } = figure;
      const severity = severityOf(indicator, value);
      const text = JSON.stringify(kept(figure, threshold(indicator), value));
      const { rows } = await sql<{ id: number }>`
        insert into quality_alert
          (workspace_id, source_id, indicator, name, field, severity, since, opened_at, last_at, figure)
        values (${workspace}, ${source}, ${indicator}, ${name}, ${field}, ${severity}, ${new Date(since)}, ${now}, ${now},
          ${text}::jsonb)
        on conflict (workspace_id, source_id, indicator, name, field) where resolved_at is null do nothing
        returning id`.execute(tx);
      const id = rows[0]?.id;
      // Another server was first.
      if (id === undefined) continue;
      opened.push({ id, figure });
      await addNote(tx, id, "opened", now);
      await addDeliveries(tx, workspace, id, severity, "opened", now);
    }
    for (const { alert, figure } of again) {
      const worst = worseOf(figure.usual, alert.worst, figure.value);
      const text = JSON.stringify(kept(figure, threshold(figure.indicator), worst));
      const severity = severityOf(figure.indicator, worst);
      await sql`update quality_alert set last_at = ${now}, figure = ${text}::jsonb,
        severity = case when severity = 'critical' then severity else ${severity} end where id = ${alert.id}`.execute(
        tx,
      );
    }
    for (const { id } of wake) {
      const { rows } = await sql<{ severity: "warning" | "critical" }>`
        update quality_alert set state = 'open', snoozed_until = null
        where id = ${id} and state = 'snoozed' and snoozed_until <= ${now} returning severity`.execute(tx);
      // Somebody took it in hand in this moment, or another server was first.
      if (rows[0] === undefined) continue;
      await addNote(tx, id, "woken", now);
      await addDeliveries(tx, workspace, id, rows[0].severity, "opened", now);
    }
    for (const { id } of resolve) {
      const { rows } = await sql<{ severity: "warning" | "critical" }>`
        update quality_alert set state = 'resolved', resolved_at = ${now}, snoozed_until = null
        where id = ${id} and resolved_at is null returning severity`.execute(tx);
      if (rows[0] === undefined) continue;
      await addNote(tx, id, "resolved", now);
      await addDeliveries(tx, workspace, id, rows[0].severity, "resolved", now);
    }
    return { opened };
  });
}

async function addDeliveries(
  tx: Tx,
  workspace: number,
  alert: number,
  severity: "warning" | "critical",
  what: "opened" | "resolved",
  now: Date,
): Promise<void> {
  await sql`
    insert into quality_delivery (alert_id, what, item, due_at)
    select ${alert}, ${what}, item, ${now}
    from quality_notification, jsonb_array_elements(items) as item
    where workspace_id = ${workspace}
      and (item ->> 'severity' = 'warning' or ${severity} = 'critical')
      and (${what} = 'opened' or (item ->> 'resolved')::boolean)`.execute(tx);
}

export async function addNote(
  db: Db | Tx,
  alert: number,
  what: string,
  at: Date,
  by: string | null = null,
  note: string | null = null,
): Promise<void> {
  await sql`insert into quality_alert_note (alert_id, at, what, by, note)
    values (${alert}, ${at}, ${what}, ${by}, ${note})`.execute(db);
}

export async function findNotes(
  db: Db,
  alert: number,
): Promise<{ at: Date; what: string; by: string | null; note: string | null }[]> {
  const { rows } = await sql<{ at: Date; what: string; by: string | null; note: string | null }>`
    select at, what, by, note from quality_alert_note where alert_id = ${alert} order by at, what`.execute(
    db,
  );
  return rows;
}

/** What somebody did about an alert; false when it is resolved already. */
export async function changeAlert(
  db: Db,
  alert: number,
  to: { state: "open" | "acknowledged" | "snoozed"; until: Date | null; by: string; note: string },
  now: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql`
      update quality_alert set state = ${to.state}, snoozed_until = ${to.until}, by = ${to.by}, note = ${to.note}
      where id = ${alert} and resolved_at is null returning id`.execute(tx);
    if (rows.length === 0) return false;
    await addNote(tx, alert, to.state === "open" ? "reopened" : to.state, now, to.by, to.note);
    return true;
  });
}

export const keepExamples = (db: Db, alert: number, messages: readonly string[]): Promise<unknown> =>
  sql`update quality_alert set examples = ${JSON.stringify(messages)}::jsonb where id = ${alert}`.execute(db);

/** Stretches of the last weeks in which a source was not well; after two days a change is how things are now. */
export async function findSpoiled(
  db: Db,
  workspace: number,
  after: Date,
): Promise<{ indicator: string; source: number; from: Date; to: Date }[]> {
  const { rows } = await sql<{ indicator: string; source: number; from: Date; to: Date }>`
    select indicator, source_id as source, since as from,
      least(coalesce(resolved_at, 'infinity'), since + interval '2 days') as to
    from quality_alert
    where workspace_id = ${workspace} and since > ${after}`.execute(db);
  return rows;
}
