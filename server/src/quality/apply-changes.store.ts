import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { type Changes, type OpenAlert, type OpenPart, severityOf, worseOf } from "./alert.ts";
import { addNote, type KeptFigure } from "./alerts.store.ts";
import type { Examined } from "./examine.ts";
import type { IndicatorId } from "./indicators.ts";

/** A part that is new, or broke again; its examples are still to be found. */
export interface Shown {
  readonly part: number;
  readonly figure: Examined;
}

type Severity = "warning" | "critical";
interface Writing {
  readonly tx: Tx;
  readonly workspace: number;
  readonly now: Date;
  threshold(indicator: IndicatorId): number | null;
}

/** Writes down what changed; an alert and the word to tell of it exist together. */
export function applyChanges(
  db: Db,
  workspace: number,
  { open, join, again, mend, resolve, wake }: Changes,
  threshold: (indicator: IndicatorId) => number | null,
  now: Date,
): Promise<Shown[]> {
  return db.transaction().execute(async (tx) => {
    const to: Writing = { tx, workspace, now, threshold };
    const shown: Shown[] = [];
    for (const figures of open) shown.push(...(await openAlert(to, figures)));
    for (const [alert, joining] of Map.groupBy(join, (one) => one.alert))
      shown.push(...(await joinAlert(to, alert, joining)));
    for (const one of again) await keepOn(to, one);
    for (const [alert, mended] of Map.groupBy(mend, (one) => one.alert)) {
      const ids = mended.map(({ part }) => part.id);
      await sql`update quality_alert_part set resolved_at = ${now} where id = any(${ids}::bigint[])`.execute(
        tx,
      );
      if (!resolve.includes(alert)) await addNote(tx, alert.id, "mended", now, { parts: ids });
    }
    for (const { id } of wake) await wakeAlert(to, id);
    for (const { id } of resolve) await resolveAlert(to, id);
    return shown;
  });
}

async function openAlert(to: Writing, figures: readonly Examined[]): Promise<Shown[]> {
  const { tx, workspace, now } = to;
  const source = figures[0]?.source ?? 0;
  const severity = worstOf(figures.map(({ indicator, value }) => severityOf(indicator, value)));
  const since = new Date(Math.min(...figures.map((figure) => figure.since)));
  const { rows } = await sql<{ id: number }>`
    insert into quality_alert (workspace_id, source_id, severity, since, opened_at)
    values (${workspace}, ${source}, ${severity}, ${since}, ${now}) returning id`.execute(tx);
  const id = rows[0]?.id ?? 0;
  const shown: Shown[] = [];
  for (const figure of figures) {
    const part = await addPart(to, id, figure);
    if (part !== null) shown.push({ part, figure });
  }
  if (shown.length === 0) {
    // Another server was first.
    await sql`delete from quality_alert where id = ${id}`.execute(tx);
    return [];
  }
  await addNote(tx, id, "opened", now, { parts: shown.map(({ part }) => part) });
  await addDeliveries(to, id, severity, "opened");
  return shown;
}

async function addPart(
  { tx, workspace, now, threshold }: Writing,
  alert: number,
  figure: Examined,
): Promise<number | null> {
  const { indicator, source, name, field, value, since } = figure;
  const text = JSON.stringify(kept(figure, threshold(indicator), value));
  const { rows } = await sql<{ id: number }>`
    insert into quality_alert_part
      (alert_id, workspace_id, source_id, indicator, name, field, severity, since, opened_at, last_at, figure)
    values (${alert}, ${workspace}, ${source}, ${indicator}, ${name}, ${field}, ${severityOf(indicator, value)},
      ${new Date(since)}, ${now}, ${now}, ${text}::jsonb)
    on conflict (workspace_id, source_id, indicator, name, field) where resolved_at is null do nothing
    returning id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** More of the same breakage: it is written down, and whoever was told is not told again. */
async function joinAlert(
  to: Writing,
  alert: OpenAlert,
  joining: readonly { part: OpenPart | null; figure: Examined }[],
): Promise<Shown[]> {
  const { tx, now, threshold } = to;
  const shown: Shown[] = [];
  for (const { part, figure } of joining) {
    if (part === null) {
      const added = await addPart(to, alert.id, figure);
      if (added !== null) shown.push({ part: added, figure });
      continue;
    }
    const worst = worseOf(figure.usual, part.worst, figure.value);
    const text = JSON.stringify(kept(figure, threshold(figure.indicator), worst));
    await sql`update quality_alert_part set resolved_at = null, last_at = ${now}, figure = ${text}::jsonb
      where id = ${part.id}`.execute(tx);
    shown.push({ part: part.id, figure });
  }
  if (shown.length === 0) return [];
  await addNote(tx, alert.id, "joined", now, { parts: shown.map(({ part }) => part) });
  await sql`update quality_alert set since = least(since, ${new Date(Math.min(...joining.map(({ figure }) => figure.since)))})
    where id = ${alert.id}`.execute(tx);
  const severity = worstOf(joining.map(({ figure }) => severityOf(figure.indicator, figure.value)));
  await raise(to, alert.id, severity);
  return shown;
}

async function keepOn(to: Writing, { alert, part, figure }: Changes["again"][number]): Promise<void> {
  const { tx, now, threshold } = to;
  const worst = worseOf(figure.usual, part.worst, figure.value);
  const text = JSON.stringify(kept(figure, threshold(figure.indicator), worst));
  const severity = severityOf(figure.indicator, worst);
  await sql`update quality_alert_part set last_at = ${now}, figure = ${text}::jsonb,
    severity = case when severity = 'critical' then severity else ${severity} end where id = ${part.id}`.execute(
    tx,
  );
  await raise(to, alert.id, severity);
}

/** What becomes critical is told to those who hear of nothing less; the others were told when it opened. */
async function raise(to: Writing, alert: number, severity: Severity): Promise<void> {
  if (severity !== "critical") return;
  const { rows } = await sql<{ state: string }>`
    update quality_alert set severity = 'critical' where id = ${alert} and severity <> 'critical'
    returning state`.execute(to.tx);
  if (rows[0] === undefined || rows[0].state === "snoozed") return;
  await addDeliveries(to, alert, severity, "opened", "critical");
}

async function wakeAlert(to: Writing, id: number): Promise<void> {
  const { tx, now } = to;
  const { rows } = await sql<{ severity: Severity }>`
    update quality_alert set state = 'open', snoozed_until = null
    where id = ${id} and state = 'snoozed' and snoozed_until <= ${now} returning severity`.execute(tx);
  // Somebody took it in hand in this moment, or another server was first.
  if (rows[0] === undefined) return;
  await addNote(tx, id, "woken", now);
  await addDeliveries(to, id, rows[0].severity, "opened");
}

async function resolveAlert(to: Writing, id: number): Promise<void> {
  const { tx, now } = to;
  const { rows } = await sql<{ severity: Severity }>`
    update quality_alert set state = 'resolved', resolved_at = ${now}, snoozed_until = null
    where id = ${id} and resolved_at is null
      and not exists (select from quality_alert_part where alert_id = ${id} and resolved_at is null)
    returning severity`.execute(tx);
  if (rows[0] === undefined) return;
  await addNote(tx, id, "resolved", now);
  await addDeliveries(to, id, rows[0].severity, "resolved");
}

/** `from`: only those who are told from this severity on. */
async function addDeliveries(
  { tx, workspace, now }: Writing,
  alert: number,
  severity: Severity,
  what: "opened" | "resolved",
  from: Severity | null = null,
): Promise<void> {
  await sql`
    insert into quality_delivery (alert_id, what, item, due_at)
    select ${alert}, ${what}, item, ${now}
    from quality_notification, jsonb_array_elements(items) as item
    where workspace_id = ${workspace}
      and (item ->> 'severity' = 'warning' or ${severity} = 'critical')
      and (${from}::text is null or item ->> 'severity' = ${from})
      and (${what} = 'opened' or (item ->> 'resolved')::boolean)`.execute(tx);
}

const worstOf = (severities: readonly Severity[]): Severity =>
  severities.includes("critical") ? "critical" : "warning";

function kept(figure: Examined, threshold: number | null, worst: number): KeptFigure {
  const { low, high } = figure.bounds();
  const { value, usual, of, chance } = figure;
  return { value, worst, usual, low, high, threshold, of, certainty: 1 - chance };
}
