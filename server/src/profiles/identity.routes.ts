import type { FastifyInstance } from "fastify";
import { identityDecisionsRoutes } from "./identity-decisions.routes.ts";
import type { IdentityRoutesParts } from "./identity-parts.ts";
import { identityReviewRoutes } from "./identity-review.routes.ts";
import { identityRulesRoutes } from "./identity-rules.routes.ts";

/** Who is who: explained, decided, undone; questions to answer; the rules. */
export function identityRoutes(app: FastifyInstance, parts: IdentityRoutesParts): void {
  identityDecisionsRoutes(app, parts);
  identityReviewRoutes(app, parts);
  identityRulesRoutes(app, parts);
}
