import { AnswerConsentRequest, ConsentRequests } from "@stork/contract/privacy.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { answerConsentRequest, findConsentRequests } from "./lapse.store.ts";
import type { PrivacyParts } from "./parts.ts";
import { requestAnswered, unknownConsentRequest } from "./refusals.ts";
import { sayConsent } from "./word.store.ts";

/** Children who turned 14: a guardian's word has ended, and the young person's own is asked for. */
export function lapseRoutes(http: FastifyInstance, parts: PrivacyParts): void {
  const { db, clock } = parts;
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/consent-requests", scope: "people:read", reply: ConsentRequests },
      query: z.object({ show: z.enum(["open", "answered"]).default("open") }),
      summary: "Children who turned 14: their guardian's word has ended, their own is to be asked for",
    },
    async ({ workspace, query }) => ({
      items: await findConsentRequests(parts, workspace.id, query.show === "answered"),
    }),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/consent-requests/:request/answer", scope: "privacy:write" },
      ...{ params: z.object({ request: z.string().max(20) }), body: AnswerConsentRequest, reply: null },
      summary:
        "Take down what a young person of 14 said about their own data; it holds at once, with a receipt",
    },
    async ({ workspace, caller, params, body }) => {
      const id = /^\d{1,15}$/.test(params.request) ? Number(params.request) : 0;
      const said = { state: body.state, by: caller.who, at: clock.now() };
      const answered = await answerConsentRequest(db, workspace.id, id, said);
      if (answered === null) throw new Refusal(unknownConsentRequest);
      if (answered === false) throw new Refusal(requestAnswered);
      const { child, words } = answered;
      for (const { person, purpose } of words)
        await sayConsent(parts, workspace.id, person, { ...said, child, purpose });
    },
  );
}
