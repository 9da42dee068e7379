import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import type { OpenAlert } from "./alert.ts";
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

/** One figure that broke. */
export interface AlertPart {
  readonly id: number;
  readonly indicator: IndicatorId;
  readonly name: string;
  readonly field: string;
  readonly severity: "warning" | "critical";
  readonly since: Date;
  readonly openedAt: Date;
  readonly lastAt: Date;
  readonly resolvedAt: Date | null;
  readonly figure: KeptFigure;
  readonly examples: string[];
}

/** What broke together at a source. */
export interface AlertRow {
  readonly id: number;
  readonly source: number;
  readonly sourceName: string;
  readonly state: "open" | "acknowledged" | "snoozed" | "resolved";
  readonly severity: "warning" | "critical";
  readonly since: Date;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
  readonly snoozedUntil: Date | null;
  readonly by: string | null;
  readonly note: string | null;
  /** The one that speaks for it first: not well yet, critical, found first. Never none. */
  readonly parts: readonly [AlertPart, ...AlertPart[]];
}

export interface AlertFilter {
  readonly state?: string | undefined;
  readonly source?: number | undefined;
  readonly id?: number | undefined;
  /** Open at any time within. */
  readonly within?: { from: Date; to: Date } | undefined;
  readonly unresolved?: boolean;
  readonly limit?: number;
}

/** The newest first; what is not resolved before the rest. */
export async function findAlerts(db: Db, workspace: number, filter: AlertFilter = {}): Promise<AlertRow[]> {
  const { state, source, id, within, unresolved = false, limit = 200 } = filter;
  const { rows } = await sql<Omit<AlertRow, "parts">>`
    select alert.id, alert.source_id as source, source.name as "sourceName", state, severity, since,
      opened_at as "openedAt", resolved_at as "resolvedAt", snoozed_until as "snoozedUntil", alert.by, alert.note
    from quality_alert alert join source on source.id = alert.source_id
    where alert.workspace_id = ${workspace}
      and (${state ?? null}::text is null or state = ${state ?? null})
      and (${source ?? null}::integer is null or alert.source_id = ${source ?? null})
      and (${id ?? null}::bigint is null or alert.id = ${id ?? null})
      and (not ${unresolved} or resolved_at is null)
      and (${within?.from ?? null}::timestamptz is null
        or since < ${within?.to ?? null} and coalesce(resolved_at, 'infinity') > ${within?.from ?? null})
    order by resolved_at is not null, opened_at desc, alert.id desc limit ${limit}`.execute(db);
  const parts = await findParts(
    db,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => {
    const [lead, ...rest] = parts.get(row.id) ?? [];
    return lead === undefined ? [] : [{ ...row, parts: [lead, ...rest] as const }];
  });
}

async function findParts(db: Db, alerts: readonly number[]): Promise<Map<number, AlertPart[]>> {
  const { rows } = await sql<AlertPart & { alert: number }>`
    select id, alert_id as alert, indicator, name, field, severity, since, opened_at as "openedAt", last_at as "lastAt",
      resolved_at as "resolvedAt", figure, examples
    from quality_alert_part where alert_id = any(${[...alerts]}::bigint[])
    order by resolved_at is not null, severity <> 'critical', id`.execute(db);
  return Map.groupBy(rows, ({ alert }) => alert);
}

export async function findOpenAlerts(db: Db, workspace: number): Promise<OpenAlert[]> {
  const rows = await findAlerts(db, workspace, { unresolved: true, limit: 5000 });
  return rows.flatMap(({ id, source, state, since, snoozedUntil, parts }) =>
    state === "resolved"
      ? []
      : [
          {
            ...{ id, source, state, since: since.getTime(), snoozedUntil: snoozedUntil?.getTime() ?? null },
            parts: parts.map(({ id, indicator, name, field, lastAt, resolvedAt, figure }) => ({
              ...{ id, indicator, name, field },
              ...{ lastAt: lastAt.getTime(), mended: resolvedAt !== null, worst: figure.worst },
            })),
          },
        ],
  );
}

export interface NoteToAdd {
  readonly by?: string | null;
  readonly note?: string | null;
  readonly parts?: readonly number[] | null;
}

export async function addNote(
  db: Db | Tx,
  alert: number,
  what: string,
  at: Date,
  { by = null, note = null, parts = null }: NoteToAdd = {},
): Promise<void> {
  await sql`insert into quality_alert_note (alert_id, at, what, by, note, part_ids)
    values (${alert}, ${at}, ${what}, ${by}, ${note}, ${parts === null ? null : [...parts]}::bigint[])`.execute(
    db,
  );
}

export interface NoteRow {
  readonly at: Date;
  readonly what: string;
  readonly by: string | null;
  readonly note: string | null;
  readonly parts: readonly number[];
}

export async function findNotes(db: Db, alert: number): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select at, what, by, note, coalesce(to_jsonb(part_ids), '[]') as parts
    from quality_alert_note where alert_id = ${alert} order by at, what`.execute(db);
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
    await addNote(tx, alert, to.state === "open" ? "reopened" : to.state, now, to);
    return true;
  });
}

export const keepExamples = (db: Db, part: number, messages: readonly string[]): Promise<unknown> =>
  sql`update quality_alert_part set examples = ${JSON.stringify(messages)}::jsonb where id = ${part}`.execute(
    db,
  );

/** Stretches of the last weeks in which a source was not well; after two days a change is how things are now. */
export async function findSpoiled(
  db: Db,
  workspace: number,
  after: Date,
): Promise<{ indicator: string; source: number; from: Date; to: Date }[]> {
  const { rows } = await sql<{ indicator: string; source: number; from: Date; to: Date }>`
    select indicator, source_id as source, since as from,
      least(coalesce(resolved_at, 'infinity'), since + interval '2 days') as to
    from quality_alert_part
    where workspace_id = ${workspace} and since > ${after}`.execute(db);
  return rows;
}
