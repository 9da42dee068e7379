import { type Dimension, dimensions } from "@stork/contract/quality.ts";
import type { ScoreCard } from "@stork/contract/score-card.ts";
import { sql } from "kysely";
import { dateIn } from "../catalog/calendar.ts";
import { listSources } from "../events/sources.store.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { type AlertRow, findAlerts } from "./alerts.store.ts";
import { type Bounds, findBounds } from "./bounds.store.ts";
import { indicatorOf, isIndicator } from "./indicators.ts";
import { type MonthSpan, monthBefore, monthSpan } from "./months.ts";
import type { QualityDeps } from "./parts.ts";
import { findSums } from "./profile.store.ts";
import { futureMonth } from "./refusals.ts";
import { meanOf, minutesOf, type Scored } from "./score.ts";
import { scoreSource } from "./score-source.ts";
import { countOf } from "./tally.ts";
import { titleOf, toldOf } from "./words.ts";

const trendMonths = 6;
const mostListed = 10;

interface ScoredSource extends Scored {
  source: number;
  events: number;
}

/** A month of all sources: scores, how they move, the worst fields, what was wrong and what was done about it. */
export async function findCard(
  deps: Pick<QualityDeps, "db" | "clickhouse" | "clock" | "naming">,
  workspace: WorkspaceRef,
  asked: string | undefined,
): Promise<ScoreCard> {
  const { db, clock } = deps;
  const now = clock.now();
  const thisMonth = dateIn(workspace.timeZone, now).slice(0, 7);
  const month = asked ?? thisMonth;
  if (month > thisMonth) throw new Refusal(futureMonth);
  const span = monthSpan(month, workspace.timeZone);
  const bounds = await findBounds(db, workspace.id);
  const sources = await listSources(db, workspace.id);
  const nameOf = (source: number): string => sources.find(({ id }) => id === source)?.name ?? String(source);
  const months = Array.from({ length: trendMonths }, (_, i) => monthBefore(month, trendMonths - 1 - i));
  const scored = new Map<string, ScoredSource[]>();
  for (const each of months)
    scored.set(each, await scoreMonth(deps, workspace.id, monthSpan(each, workspace.timeZone), bounds));
  const mine = scored.get(month) ?? [];
  const before = scored.get(monthBefore(month, 1)) ?? [];
  const to = Math.min(span.to, now.getTime());
  const alerts = await findAlerts(db, workspace.id, {
    within: { from: new Date(span.from), to: new Date(to) },
    limit: 5000,
  });
  const naming = await deps.naming(workspace.id);
  const total = totalOf(mine);
  const totalBefore = totalOf(before);
  return {
    ...{ month, from: span.firstOn, to: span.lastOn, complete: span.to <= now.getTime(), total },
    dimensions: Object.fromEntries(
      dimensions.map((dimension) => [dimension, meanOf(mine.map((one) => one.dimensions[dimension]))]),
    ) as Record<Dimension, number | null>,
    change: total === null || totalBefore === null ? null : total - totalBefore,
    sources: mine.map((one) => {
      const last = before.find(({ source }) => source === one.source)?.total ?? null;
      const its = alerts.filter(({ source }) => source === one.source);
      return {
        ...{ source: String(one.source), name: nameOf(one.source), events: one.events },
        ...{ total: one.total, dimensions: one.dimensions, alerts: its.length },
        change: one.total === null || last === null ? null : one.total - last,
        alertMinutes: Math.round(
          minutesOf(
            its.map((alert) => stretchOf(alert, to)),
            span.from,
            to,
          ),
        ),
      };
    }),
    trend: months.map((each) => ({ month: each, total: totalOf(scored.get(each) ?? []) })),
    worstFields: worstOf(mine, nameOf),
    alerts: alerts.slice(0, 50).map((alert) => ({
      id: String(alert.id),
      title: titleOf(toldOf(alert, "worst"), naming),
      sourceName: alert.sourceName,
      since: alert.since.toISOString(),
      resolvedAt: alert.resolvedAt?.toISOString() ?? null,
      minutes: Math.round(minutesOf([stretchOf(alert, to)], span.from, to)),
    })),
    done: await findDone(db, workspace.id, span),
  };
}

const stretchOf = ({ since, resolvedAt }: AlertRow, to: number) => ({
  from: since.getTime(),
  to: resolvedAt?.getTime() ?? to,
});

/** Sources count alike, however much they send: a small broken one is not hidden by a large one. */
const totalOf = (scored: readonly ScoredSource[]): number | null => meanOf(scored.map(({ total }) => total));

async function scoreMonth(
  { db, clickhouse, clock }: Pick<QualityDeps, "db" | "clickhouse" | "clock">,
  workspace: number,
  span: MonthSpan,
  { models }: Bounds,
): Promise<ScoredSource[]> {
  const to = Math.min(span.to, clock.now().getTime());
  const cells = await findSums(clickhouse, workspace, { from: span.from, to: span.to });
  if (cells.length === 0) return [];
  const alerts = await findAlerts(db, workspace, {
    within: { from: new Date(span.from), to: new Date(to) },
    limit: 5000,
  });
  return [...new Set(cells.map(({ source }) => source))]
    .sort((x, y) => x - y)
    .map((source) => {
      const mine = cells.filter((cell) => cell.source === source);
      const events = mine.reduce(
        (sum, { name, counts }) => sum + (name === "" ? 0 : countOf(counts, "events")),
        0,
      );
      const scored = scoreSource({ source, cells: mine, models, alerts, from: span.from, to });
      return { ...scored, source, events };
    });
}

function worstOf(
  scored: readonly ScoredSource[],
  nameOf: (source: number) => string,
): ScoreCard["worstFields"] {
  return scored
    .flatMap(({ source, worst }) => worst.slice(0, mostListed).map((one) => ({ source, ...one })))
    .filter(({ score }) => score < 99)
    .sort((x, y) => x.score - y.score)
    .slice(0, mostListed)
    .map(({ source, indicator, name, field, value, of }) => ({
      ...{ source: String(source), sourceName: nameOf(source), event: name, field, indicator, value, of },
      name: indicatorOf(indicator).name,
    }));
}

const doneWords = {
  acknowledged: { zh: "确认告警", en: "Acknowledged" },
  snoozed: { zh: "暂停告警", en: "Snoozed" },
  reopened: { zh: "重新打开告警", en: "Reopened" },
  setting: { zh: "修改指标设置", en: "Indicator changed" },
} as const;

async function findDone(db: Db, workspace: number, { from, to }: MonthSpan): Promise<ScoreCard["done"]> {
  const { rows } = await sql<{
    at: Date;
    by: string | null;
    what: keyof typeof doneWords;
    about: string;
    note: string | null;
  }>`
    select note.at, coalesce((select name from "user" where 'user:' || id = note.by), note.by) as by, note.what,
      (select indicator from quality_alert_part part where part.alert_id = alert.id
        order by severity <> 'critical', part.id limit 1) as about, note.note
    from quality_alert_note note join quality_alert alert on alert.id = note.alert_id
    where alert.workspace_id = ${workspace} and note.by is not null
      and note.at >= ${new Date(from)} and note.at < ${new Date(to)}
    union all
    select changed_at, coalesce((select name from "user" where 'user:' || id = changed_by), changed_by), 'setting', indicator, null from quality_setting
    where workspace_id = ${workspace} and changed_at >= ${new Date(from)} and changed_at < ${new Date(to)}
    order by 1 limit 100`.execute(db);
  return rows.map(({ at, by, what, about, note }) => {
    const name = isIndicator(about) ? indicatorOf(about).name : { zh: about, en: about };
    const did = doneWords[what];
    return {
      at: at.toISOString(),
      by,
      what: { zh: `${did.zh}：${name.zh}`, en: `${did.en}: ${name.en}` },
      note,
    };
  });
}
