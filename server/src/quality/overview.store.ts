import type { QualityOverview, SourceHealth } from "@stork/contract/quality.ts";
import { findStandings } from "../events/source-figures.store.ts";
import { listSources } from "../events/sources.store.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { type AlertRow, findAlerts } from "./alerts.store.ts";
import { findBounds } from "./bounds.store.ts";
import { findLookedAt } from "./lease.store.ts";
import type { QualityDeps } from "./parts.ts";
import { findHours, findMinutes, findSeen } from "./profile.store.ts";
import { scoreSource } from "./score-source.ts";
import { shownAlert } from "./shown.ts";
import { countOf } from "./tally.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Each source over the last 24 hours. */
export async function findOverview(
  { db, clickhouse, clock, naming }: Pick<QualityDeps, "db" | "clickhouse" | "clock" | "naming">,
  workspace: WorkspaceRef,
): Promise<QualityOverview> {
  const now = clock.now();
  const from = Math.floor((now.getTime() - dayMs) / hourMs) * hourMs;
  const to = now.getTime() + hourMs;
  const [sources, cells, minutes, seen, bounds, alerts, lookedAt, named] = await Promise.all([
    listSources(db, workspace.id),
    findHours(clickhouse, workspace.id, { from, to }),
    findMinutes(clickhouse, workspace.id, now.getTime() - hourMs),
    findSeen(clickhouse, workspace.id, now.getTime()),
    findBounds(db, workspace.id),
    findAlerts(db, workspace.id, { within: { from: new Date(from), to: now }, limit: 5000 }),
    findLookedAt(db),
    naming(workspace.id),
  ]);
  const standings = await findStandings(
    db,
    sources.map(({ id }) => id),
    { now, todayFrom: now },
  );
  const open = alerts.filter(({ state }) => state !== "resolved");
  const counted = (state: AlertRow["state"]): number => open.filter((alert) => alert.state === state).length;
  return {
    asOf: now.toISOString(),
    watchedAt: lookedAt?.toISOString() ?? null,
    sources: sources.map(({ id, name, kind }): SourceHealth => {
      const mine = cells.filter(({ source }) => source === id);
      const { total, dimensions } = scoreSource({
        ...{ source: id, cells: mine, models: bounds.models, alerts, from, to: now.getTime() },
      });
      const newest = minutes.filter(({ source, name }) => source === id && name !== "");
      const last = seen.find(({ source, name }) => source === id && name === "")?.last ?? 0;
      const standing = standings.get(id);
      const lastAt = Math.max(last, standing?.lastAt?.getTime() ?? 0);
      return {
        ...{ source: String(id), name, kind, score: total, dimensions },
        sending: standing?.sending ?? "never",
        eventsLastHour: newest.reduce((sum, { counts }) => sum + countOf(counts, "events"), 0),
        lastEventAt: lastAt === 0 ? null : new Date(lastAt).toISOString(),
        learnedAt: bounds.learnedAt.get(id)?.toISOString() ?? null,
        openAlerts: open.filter(({ source }) => source === id).length,
      };
    }),
    alerts: { open: counted("open"), acknowledged: counted("acknowledged"), snoozed: counted("snoozed") },
    newest: alerts.slice(0, 10).map((alert) => shownAlert(alert, named)),
  };
}
