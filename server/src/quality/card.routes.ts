import { Month, ScoreCard } from "@stork/contract/score-card.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { findCard } from "./card.store.ts";
import { cardPdf } from "./card-pdf.ts";
import type { QualityDeps } from "./parts.ts";

export function cardRoutes(http: FastifyInstance, deps: Omit<QualityDeps, "watch">): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/card",
      scope: "collect:read",
      summary: "The score card of a month; of this month when none is named",
      query: z.object({ month: Month.optional() }),
      reply: ScoreCard,
    },
    ({ workspace, query: { month } }) => findCard(deps, workspace, month),
  );
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/quality/card.pdf",
      scope: "collect:read",
      summary: "The score card of a month as a PDF",
      query: z.object({ month: Month.optional(), language: z.enum(["zh", "en"]).default("zh") }),
      reply: null,
    },
    async ({ workspace, query: { month, language }, reply }) => {
      const card = await findCard(deps, workspace, month);
      const bytes = cardPdf(card, workspace.name, language);
      return reply
        .code(200)
        .type("application/pdf")
        .header("content-disposition", `inline; filename="quality-${workspace.slug}-${card.month}.pdf"`)
        .send(bytes);
    },
  );
}
