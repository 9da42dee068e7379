import { AgeModelAnswer } from "@stork/contract/ages.ts";
import type { FastifyInstance } from "fastify";
import type { Clock } from "../platform/clock.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { Db } from "../platform/postgres.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { newestCard } from "./age-model.store.ts";
import { askToLearn, isLearning } from "./inference.job.ts";

/** The model that guesses ages from purchases: its card, and learning anew on demand. */
export function inferenceRoutes(
  app: FastifyInstance,
  { db, jobs, clock }: { db: Db; jobs: Jobs; clock: Clock },
): void {
  const answer = async (workspace: number) => ({
    card: await newestCard(db, workspace),
    learning: await isLearning(db, workspace),
  });
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/models/ages",
      scope: "people:read",
      summary:
        "The model of ages from purchases: what it learned from, how far it is off, how sure it may be",
      reply: AgeModelAnswer,
    },
    async ({ workspace }) => answer(workspace.id),
  );
  workspaceRoute(
    app,
    {
      method: "POST",
      path: "/models/ages/learn",
      scope: "settings:write",
      summary: "Learn ages anew from the families that told, then guess for those that did not",
      reply: AgeModelAnswer,
    },
    async ({ workspace }) => {
      await askToLearn({ db, jobs, clock }, workspace.id);
      return answer(workspace.id);
    },
  );
}
