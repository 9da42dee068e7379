import { CalendarDate } from "@stork/contract/common.ts";
import { CampaignReport, Metric, Overview } from "@stork/contract/outcomes.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { metrics } from "./metrics.ts";
import { findOverview } from "./overview.store.ts";
import { findReport, type ReportParts } from "./report.store.ts";

const ranges = z.object({
  from: CalendarDate,
  to: CalendarDate,
  compareFrom: CalendarDate.optional(),
  compareTo: CalendarDate.optional(),
});

export function outcomesRoutes(app: FastifyInstance, parts: ReportParts): void {
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/overview",
      scope: "outcomes:read",
      summary: "The shop in figures for a range of dates, with another to compare",
      query: ranges,
      reply: Overview,
    },
    ({ workspace, query: { from, to, compareFrom, compareTo } }) => {
      const compare =
        compareFrom === undefined || compareTo === undefined ? null : { from: compareFrom, to: compareTo };
      return findOverview(parts, workspace, { from, to }, compare);
    },
  );
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/campaigns/:campaign/report",
      scope: "outcomes:read",
      summary: "What a campaign did, and what it changed against its holdout",
      params: z.object({ campaign: z.string().max(20) }),
      reply: CampaignReport,
    },
    ({ workspace, params }) => findReport(parts, workspace, params.campaign),
  );
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/metrics",
      scope: "outcomes:read",
      summary: "What each figure means",
      reply: z.object({ items: z.array(Metric) }),
    },
    async () => ({ items: [...metrics] }),
  );
}
