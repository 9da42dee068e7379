import {
  AcknowledgeAlert,
  AlertState,
  QualityAlert,
  QualityAlertPage,
  SnoozeAlert,
} from "@stork/contract/quality.ts";
import type { RecentEvent } from "@stork/contract/sources.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findNodeIdentifiers } from "../events/sources.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import { type AlertPart, type AlertRow, changeAlert, findAlerts, findNotes } from "./alerts.store.ts";
import { findBounds, streamKey } from "./bounds.store.ts";
import { findDownstream } from "./downstream.store.ts";
import { type ExampleRow, findExamples } from "./examples.store.ts";
import type { QualityDeps } from "./parts.ts";
import { alertResolved, snoozeInPast, unknownAlert } from "./refusals.ts";
import { shownAlert } from "./shown.ts";

const params = z.object({ alert: z.string() });
const longestSnoozeMs = 30 * 86_400_000;

type Deps = Omit<QualityDeps, "watch">;

export function alertsRoutes(http: FastifyInstance, deps: Deps): void {
  const { db } = deps;
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/alerts",
      scope: "collect:read",
      summary: "Alerts, those still open first; what broke together at a source is one",
      query: z.object({
        state: AlertState.optional(),
        source: z
          .string()
          .regex(/^\d{1,9}$/)
          .optional(),
      }),
      reply: z.object({ items: z.array(QualityAlert) }),
    },
    async ({ workspace, query: { state, source } }) => {
      const of = source === undefined ? undefined : Number(source);
      const alerts = await findAlerts(db, workspace.id, { state, source: of });
      const naming = await deps.naming(workspace.id);
      return { items: alerts.map((alert) => shownAlert(alert, naming)) };
    },
  );
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/alerts/:alert",
      scope: "collect:read",
      summary: "An alert with all that broke, rows that show each of it, masked, and who is affected",
      params,
      reply: QualityAlertPage,
    },
    async ({ workspace, params: { alert } }) =>
      pageOf(deps, workspace.id, await existing(deps, workspace.id, alert)),
  );
  changeRoutes(http, deps);
}

function changeRoutes(http: FastifyInstance, deps: Deps): void {
  const { db, clock } = deps;
  const change = async (
    workspace: number,
    alert: string,
    to: Parameters<typeof changeAlert>[2],
  ): Promise<QualityAlert> => {
    const row = await existing(deps, workspace, alert);
    if (!(await changeAlert(db, row.id, to, clock.now()))) throw new Refusal(alertResolved);
    return shownAlert(await existing(deps, workspace, alert), await deps.naming(workspace));
  };
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/quality/alerts/:alert/acknowledge",
      scope: "collect:write",
      summary: "Says that somebody looks after it",
      params,
      body: AcknowledgeAlert,
      reply: QualityAlert,
    },
    ({ workspace, caller, params: { alert }, body: { note } }) =>
      change(workspace.id, alert, { state: "acknowledged", until: null, by: caller.who, note }),
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/quality/alerts/:alert/snooze",
      scope: "collect:write",
      summary: "Keeps it quiet until a time, with the reason",
      params,
      body: SnoozeAlert,
      reply: QualityAlert,
    },
    ({ workspace, caller, params: { alert }, body: { until, note } }) => {
      const left = Date.parse(until) - clock.now().getTime();
      if (!(left > 0 && left <= longestSnoozeMs)) throw new Refusal(snoozeInPast);
      return change(workspace.id, alert, { state: "snoozed", until: new Date(until), by: caller.who, note });
    },
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/quality/alerts/:alert/reopen",
      scope: "collect:write",
      summary: "Takes back an acknowledgement or a snooze",
      params,
      body: AcknowledgeAlert,
      reply: QualityAlert,
    },
    ({ workspace, caller, params: { alert }, body: { note } }) =>
      change(workspace.id, alert, { state: "open", until: null, by: caller.who, note }),
  );
}

async function existing({ db }: Deps, workspace: number, id: string): Promise<AlertRow> {
  if (!/^\d{1,15}$/.test(id)) throw new Refusal(unknownAlert);
  const [row] = await findAlerts(db, workspace, { id: Number(id) });
  if (row === undefined) throw new Refusal(unknownAlert);
  return row;
}

async function pageOf(
  { db, clickhouse, vault, naming }: Deps,
  workspace: number,
  row: AlertRow,
): Promise<QualityAlertPage> {
  const messages = row.parts.flatMap((part) => part.examples);
  const found = await findExamples(clickhouse, workspace, row.source, messages, row.since);
  await vault.ready(workspace);
  const named = await findNodeIdentifiers(
    db,
    workspace,
    found.map(({ node }) => node),
  );
  const identifierOf = (node: number): string => {
    const one = named.get(Number(node));
    if (one === undefined) return "";
    return `${one.namespace}:${maskIdentifier(one.namespace, vault.open(workspace, one.sealed))}`;
  };
  const examplesOf = (part: AlertPart): RecentEvent[] =>
    found
      .filter(({ message }) => part.examples.includes(message))
      .map((one) => shownExample(one, identifierOf));
  const { models } = await findBounds(db, workspace);
  const broken = row.parts.map(({ name, field }) => ({
    events: name === "" ? (models.get(streamKey(row.source, ""))?.names ?? []) : [name],
    field,
  }));
  const notes = await findNotes(db, row.id);
  const shown = shownAlert(row, await naming(workspace));
  const places = new Map(row.parts.map(({ id }, i) => [id, shown.parts[i]?.place]));
  return {
    ...shown,
    parts: shown.parts.map((part, i) => ({ ...part, examples: examplesOf(row.parts[i] as AlertPart) })),
    examples: examplesOf(row.parts[0]),
    downstream: await findDownstream({ db, clickhouse }, workspace, broken),
    notes: notes.map(({ at, parts, ...note }) => ({
      ...note,
      at: at.toISOString(),
      places: parts.map((part) => places.get(part)).filter((place) => place !== undefined),
    })) as QualityAlertPage["notes"],
  };
}

const shownExample = (event: ExampleRow, identifierOf: (node: number) => string): RecentEvent => ({
  receivedAt: new Date(Number(event.received)).toISOString(),
  at: new Date(Number(event.at)).toISOString(),
  type: event.type,
  name: event.name,
  identifier: identifierOf(event.node),
  properties: JSON.parse(event.properties || "{}") as Record<string, unknown>,
});
