import {
  AnswerReview,
  ReviewItem,
  ReviewKind,
  ReviewPage,
  ReviewPair,
  ReviewState,
} from "@stork/contract/identity.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findPerson } from "../people/find-person.store.ts";
import { refusals as identityRefusals } from "../people/refusals.ts";
import { countReviews, findReview, findReviews, type StoredReview } from "../people/reviews.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { IdentityRoutesParts } from "./identity-parts.ts";
import { askingOf } from "./identity-shown.ts";
import { refusals } from "./refusals.ts";
import { answer } from "./review-answers.store.ts";
import { pairShown, reviewsShown } from "./reviews-shown.store.ts";

const ReviewParams = z.object({ review: z.string().max(40) });

/** Questions that a person answers: are these two one, of one household, is this value shared? */
export function identityReviewRoutes(app: FastifyInstance, parts: IdentityRoutesParts): void {
  queue(app, parts);
  pair(app, parts);
  answers(app, parts);
}

function queue(app: FastifyInstance, parts: IdentityRoutesParts): void {
  const { db } = parts;
  workspaceRoute(
    app,
    {
      ...{ method: "GET", path: "/identity/review", scope: "people:read" },
      summary: "What is to be looked at: joins held back, and suggestions, the likeliest first",
      query: z.object({
        state: ReviewState.default("open"),
        kind: ReviewKind.optional(),
        person: z.string().max(40).optional(),
        after: z
          .string()
          .regex(/^\d{1,9}$/)
          .optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      reply: ReviewPage,
    },
    async ({ workspace, query }) => {
      const person = query.person === undefined ? null : await findPerson(db, workspace.id, query.person);
      if (query.person !== undefined && person === null) throw new Refusal(refusals.unknownPerson);
      const from = Number(query.after ?? 0);
      const states = query.state === "open" ? ["open", "later"] : [query.state];
      const found = await findReviews(db, workspace.id, {
        ...{ states, kind: query.kind ?? null, person, after: from, limit: query.limit + 1 },
      });
      const counts = await countReviews(db, workspace.id);
      const shown = found.slice(0, query.limit);
      return {
        items: await reviewsShown(parts, askingOf(workspace, parts.clock.now()), shown),
        next: found.length > query.limit ? String(from + query.limit) : null,
        total: counts.reduce((sum, { open }) => sum + open, 0),
        counts,
      };
    },
  );
}

function pair(app: FastifyInstance, parts: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "GET", path: "/identity/review/:review", scope: "people:read" },
      summary: "One question, with both persons side by side and what they would be as one",
      params: ReviewParams,
      reply: ReviewPair,
    },
    async ({ workspace, params }) => {
      const found = await known(parts, workspace.id, params.review);
      return pairShown(parts, askingOf(workspace, parts.clock.now()), found);
    },
  );
}

async function known({ db }: IdentityRoutesParts, workspace: number, id: string): Promise<StoredReview> {
  const found = /^\d{1,15}$/.test(id) ? await findReview(db, workspace, Number(id)) : null;
  if (found === null) throw new Refusal(identityRefusals.unknownReview);
  return found;
}

function answers(app: FastifyInstance, parts: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "POST", path: "/identity/review/:review", scope: "identity:write" },
      summary: "Answer: yes, no (never the same), or later",
      params: ReviewParams,
      body: AnswerReview,
      reply: ReviewItem,
    },
    async ({ workspace, caller, params, body }) => {
      const found = await known(parts, workspace.id, params.review);
      await answer(parts, workspace.id, found, { caller, ...body });
      const after = await known(parts, workspace.id, params.review);
      const [item] = await reviewsShown(parts, askingOf(workspace, parts.clock.now()), [after]);
      return item as ReviewItem;
    },
  );
}
