import { Stage } from "@stork/contract/catalog.ts";
import { CalendarDate } from "@stork/contract/common.ts";
import { FamilyPage } from "@stork/contract/people.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { dateIn } from "../catalog/calendar.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { findFamilies, personCursor } from "./families.store.ts";
import { refusals } from "./refusals.ts";

export interface FamiliesParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
  readonly clock: Clock;
}

export function familiesRoutes(app: FastifyInstance, parts: FamiliesParts): void {
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/families",
      scope: "people:read",
      summary: "Families, newest first; found by an identifier, a masked phone or a full name",
      query: z.object({
        query: z.string().max(300).optional(),
        stage: Stage.optional(),
        /** With a stage: also families whose child is only guessed to be in it, at least so sure. */
        inferred: z.coerce.number().min(0).max(1).optional(),
        on: CalendarDate.optional(),
        after: z.string().max(40).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      reply: FamilyPage,
    },
    async ({ workspace, query }) => {
      const after = query.after === undefined ? null : personCursor(query.after);
      if (query.after !== undefined && after === null) throw new Refusal(refusals.badCursor);
      const typed = query.query?.trim() ?? "";
      return findFamilies(parts, workspace.id, {
        query: typed === "" ? null : typed,
        stage: query.stage === undefined ? null : { is: query.stage, inferred: query.inferred ?? null },
        after,
        limit: query.limit,
        on: query.on ?? dateIn(workspace.timeZone, parts.clock.now()),
      });
    },
  );
}
