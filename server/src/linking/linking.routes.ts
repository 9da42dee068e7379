import { LinkCard, LinkThresholds } from "@stork/contract/linking.ts";
import type { FastifyInstance } from "fastify";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { cardOf } from "./card.ts";
import { findModel } from "./model.store.ts";
import { refusals } from "./refusals.ts";
import { startRun } from "./run.job.ts";
import type { RunDeps } from "./run-deps.ts";
import { countLinks, findSetting, setStarted, setThresholds } from "./setting.store.ts";

/** A run that began longer ago than this has probably died with its server. */
const patienceMs = 3_600_000;

export function linkingRoutes(http: FastifyInstance, deps: RunDeps): void {
  const { db, clock } = deps;
  const card = async (workspace: number): Promise<LinkCard> => {
    const [model, setting, counts] = await Promise.all([
      findModel(db, workspace),
      findSetting(db, workspace),
      countLinks(db, workspace),
    ]);
    return cardOf(model, setting, counts);
  };
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/linking", scope: "settings:read", reply: LinkCard },
      summary:
        "The model that finds one person in records without a shared identifier, its thresholds and last run",
    },
    ({ workspace }) => card(workspace.id),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "PUT", path: "/linking/thresholds", scope: "identity:write" },
      ...{ body: LinkThresholds, reply: LinkCard },
      summary: "From which chance on a pair is asked about, counts as certain, and is joined by itself",
    },
    async ({ workspace, body, caller }) => {
      await setThresholds(db, workspace.id, body, { by: caller.who, at: clock.now() });
      return card(workspace.id);
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/linking/run", scope: "identity:write", status: 202, reply: LinkCard },
      summary: "Compare new and changed persons with all others now",
    },
    async ({ workspace }) => {
      const { startedAt, finishedAt } = await findSetting(db, workspace.id);
      const since = startedAt === null ? null : clock.now().getTime() - startedAt.getTime();
      if (since !== null && since < patienceMs && finishedAt === null) throw new Refusal(refusals.running);
      await startRun(deps, workspace.id);
      // Whoever pressed the button sees at once that it goes on, and nobody presses twice.
      await setStarted(db, workspace.id, clock.now());
      return card(workspace.id);
    },
  );
}
