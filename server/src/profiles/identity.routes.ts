import { FoundPerson } from "@stork/contract/identity.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { dateIn } from "../catalog/calendar.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { identityDecisionsRoutes } from "./identity-decisions.routes.ts";
import type { IdentityRoutesParts } from "./identity-parts.ts";
import { identityReviewRoutes } from "./identity-review.routes.ts";
import { identityRulesRoutes } from "./identity-rules.routes.ts";
import { createLookUps } from "./lookup.store.ts";
import { refusals } from "./refusals.ts";
import { identifiersIn } from "./search.ts";

/** Who is who: explained, decided, undone; questions to answer; the rules. */
export function identityRoutes(app: FastifyInstance, parts: IdentityRoutesParts): void {
  lookUp(app, parts);
  identityDecisionsRoutes(app, parts);
  identityReviewRoutes(app, parts);
  identityRulesRoutes(app, parts);
}

function lookUp(app: FastifyInstance, { db, vault, clock }: IdentityRoutesParts): void {
  const lookUps = createLookUps({ db, vault });
  workspaceRoute(
    app,
    {
      ...{ method: "GET", path: "/persons/lookup", scope: "people:read" },
      summary: "Who holds an identifier, in brief and at once: masked identifiers, children, consents",
      query: z.object({ identifier: z.string().min(1).max(500) }),
      reply: FoundPerson,
    },
    async ({ workspace, query }) => {
      const [identifier] = identifiersIn(query.identifier);
      if (identifier === undefined) throw new Refusal(refusals.badIdentifier);
      const found = await lookUps.find(workspace.id, identifier, dateIn(workspace.timeZone, clock.now()));
      if (found === null) throw new Refusal(refusals.unknownPerson);
      return found;
    },
  );
}
