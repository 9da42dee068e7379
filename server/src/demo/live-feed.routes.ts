import { ChangeDemoFeed, DemoFeed } from "@stork/contract/demo.ts";
import type { FastifyInstance } from "fastify";
import type { Clock } from "../platform/clock.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { LiveFeed, LiveFeedNow } from "./live-feed.job.ts";
import { howBroken } from "./live-feed.ts";
import { notTheDemo } from "./refusals.ts";

/** The demo's live feed: how it is, and what it shall be. Elsewhere there is none. */
export function liveFeedRoutes(
  http: FastifyInstance,
  { feed, clock }: { feed: LiveFeed; clock: Clock },
): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/demo/feed",
      scope: "collect:read",
      summary: "The demo's live feed, which can be broken to see the quality watch find it; none elsewhere",
      reply: DemoFeed,
    },
    async ({ workspace }) => shown(await feed.now(workspace), clock.now()),
  );
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/demo/feed",
      scope: "collect:write",
      summary: "Lets a shop of the demo send live for half an hour, well or broken in one of four ways",
      body: ChangeDemoFeed,
      reply: DemoFeed,
    },
    async ({ workspace, body }) => {
      const now = await feed.ask(workspace, body.break);
      if (now === null) throw new Refusal(notTheDemo);
      return shown(now, clock.now());
    },
  );
}

function shown(feed: LiveFeedNow | null, now: Date): DemoFeed {
  if (feed === null) return { source: null, state: "off", until: null, breaking: null };
  const source = { id: String(feed.source.id), name: feed.source.name };
  if (!feed.isOn) return { source, state: "off", until: null, breaking: null };
  const { until, breaking } = feed;
  const isBroken = breaking !== null && now >= new Date(breaking.from);
  return {
    ...{ source, until, state: isBroken ? "broken" : "well" },
    breaking: breaking && { ...breaking, indicator: howBroken[breaking.kind].indicator },
  };
}
