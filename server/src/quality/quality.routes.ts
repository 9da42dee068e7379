import {
  ChangeIndicator,
  Figure,
  Indicator,
  Notifications,
  QualityOverview,
  Series,
} from "@stork/contract/quality.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findChannel } from "../messages/channel.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { alertsRoutes } from "./alerts.routes.ts";
import { findOpenAlerts } from "./alerts.store.ts";
import { cardRoutes } from "./card.routes.ts";
import { indicatorIds, indicatorOf, isIndicator } from "./indicators.ts";
import { findOverview } from "./overview.store.ts";
import type { QualityDeps } from "./parts.ts";
import { noThreshold, unknownChannel, unknownIndicator } from "./refusals.ts";
import { findSeries } from "./series.store.ts";
import { findNotifications, findSettings, saveNotifications, saveSetting } from "./settings.store.ts";
import { shownFigure, shownIndicator } from "./shown.ts";
import { suppliersRoutes } from "./suppliers.routes.ts";

export function qualityRoutes(http: FastifyInstance, deps: QualityDeps): void {
  const { db } = deps;
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality",
      scope: "collect:read",
      summary: "How well each source is today, and the newest alerts",
      reply: QualityOverview,
    },
    ({ workspace }) => findOverview(deps, workspace),
  );
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/indicators",
      scope: "collect:read",
      summary: "Everything that is watched, with its definition and this workspace's settings",
      reply: z.object({ items: z.array(Indicator) }),
    },
    async ({ workspace }) => {
      const settings = await findSettings(db, workspace.id);
      return { items: indicatorIds.map((id) => shownIndicator(id, settings.get(id))) };
    },
  );
  indicatorRoute(http, deps);
  figuresRoutes(http, deps);
  notificationRoutes(http, deps);
  alertsRoutes(http, deps);
  cardRoutes(http, deps);
  suppliersRoutes(http, deps);
}

function indicatorRoute(http: FastifyInstance, { db, clock }: QualityDeps): void {
  workspaceRoute(
    http,
    {
      method: "PATCH",
      path: "/quality/indicators/:indicator",
      scope: "collect:write",
      summary: "Switches an indicator off or on, or sets this workspace's own threshold",
      params: z.object({ indicator: z.string() }),
      body: ChangeIndicator,
      reply: Indicator,
    },
    async ({ workspace, caller, params: { indicator }, body }) => {
      if (!isIndicator(indicator)) throw new Refusal(unknownIndicator);
      if (typeof body.ownThreshold === "number" && indicatorOf(indicator).threshold === null)
        if (indicatorOf(indicator).unit !== "share") throw new Refusal(noThreshold);
      const before = (await findSettings(db, workspace.id)).get(indicator) ?? { off: false, threshold: null };
      const after = {
        off: body.off ?? before.off,
        threshold: body.ownThreshold === undefined ? before.threshold : body.ownThreshold,
      };
      await saveSetting(db, workspace.id, indicator, after, caller.who, clock.now());
      return shownIndicator(indicator, after);
    },
  );
}

function figuresRoutes(http: FastifyInstance, deps: QualityDeps): void {
  const { db, watch } = deps;
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/figures",
      scope: "collect:read",
      summary: "The figures of a source as they are now, with their bounds",
      query: z.object({ source: z.string().regex(/^\d{1,9}$/) }),
      reply: z.object({ items: z.array(Figure) }),
    },
    async ({ workspace, query: { source } }) => {
      const { found, threshold } = await watch.examined(workspace);
      const alerts = await findOpenAlerts(db, workspace.id);
      const mine = found.filter((one) => one.source === Number(source));
      return {
        items: mine.map((one) => {
          const alert = alerts.find(
            ({ source, parts }) =>
              source === one.source &&
              parts.some(
                ({ indicator, name, field, mended }) =>
                  !mended && indicator === one.indicator && name === one.name && field === one.field,
              ),
          );
          return shownFigure(one, threshold(one.indicator), alert?.id ?? null);
        }),
      };
    },
  );
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/series",
      scope: "collect:read",
      summary: "The history of one figure by minute, hour or day",
      query: z.object({
        indicator: z.string(),
        source: z.string().regex(/^\d{1,9}$/),
        event: z.string().default(""),
        field: z.string().default(""),
        step: z.enum(["minute", "hour", "day"]).default("hour"),
      }),
      reply: Series,
    },
    ({ workspace, query }) => {
      if (!isIndicator(query.indicator)) throw new Refusal(unknownIndicator);
      return findSeries(deps, workspace, {
        ...query,
        indicator: query.indicator,
        source: Number(query.source),
      });
    },
  );
}

function notificationRoutes(http: FastifyInstance, { db }: QualityDeps): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/notifications",
      scope: "settings:read",
      summary: "Where alerts go besides the console",
      reply: Notifications,
    },
    async ({ workspace }) => ({ items: await findNotifications(db, workspace.id) }),
  );
  workspaceRoute(
    http,
    {
      method: "PUT",
      path: "/quality/notifications",
      scope: "settings:write",
      summary: "Sets to which channels and colleagues alerts go",
      body: Notifications,
      reply: Notifications,
    },
    async ({ workspace, body }) => {
      for (const { channel, to } of body.items) {
        const found = /^\d{1,9}$/.test(channel) ? await findChannel(db, workspace.id, Number(channel)) : null;
        if (found === null || (found.kind === "email" && to === null)) throw new Refusal(unknownChannel);
      }
      await saveNotifications(db, workspace.id, body.items);
      return body;
    },
  );
}
