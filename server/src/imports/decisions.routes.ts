import { Import } from "@stork/contract/imports.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { existingImport } from "./existing.store.ts";
import { stateGenders } from "./gender-decision.store.ts";
import type { ImportJobDeps } from "./import.job.ts";
import { type GenderAnswer, genderAnswers, gendersBy, reportImport } from "./import-report.ts";
import { answerDecision } from "./imports.store.ts";
import { unknownDecision } from "./refusals.ts";

/** Questions of an import that only a person can answer. */
export function decisionsRoutes(http: FastifyInstance, deps: ImportJobDeps): void {
  const { db, clock } = deps;
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/imports/:import/decisions/:decision",
      scope: "collect:write",
      summary: "Answers a question of an import",
      params: z.object({ import: z.string(), decision: z.string() }),
      body: z.object({ answer: z.string() }),
      reply: Import,
    },
    async ({ workspace, caller, params, body }) => {
      const row = await existingImport(db, workspace, params.import);
      const decision = row.decisions.find(({ id }) => id === params.decision);
      const answer = genderAnswers.find((one) => one === body.answer) as GenderAnswer | undefined;
      if (decision === undefined || answer === undefined) throw new Refusal(unknownDecision);
      await stateGenders(deps, workspace.id, gendersBy(decision.facts, answer), {
        who: caller.who,
        at: clock.now(),
      });
      const decisions = row.decisions.map((one) => (one === decision ? { ...one, answer } : one));
      await answerDecision(db, row, decisions);
      return reportImport(await existingImport(db, workspace, params.import));
    },
  );
}
