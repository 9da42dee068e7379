import { CalendarDate } from "@stork/contract/common.ts";
import { FamilyCalendar, SetStageCalendar, StageCalendar } from "@stork/contract/stage-calendar.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { dateIn } from "../catalog/calendar.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { loadCalendar, setCalendar } from "./calendar.store.ts";
import { loadFamilyCalendar } from "./family-calendar.store.ts";
import { FamilyParams, knownPerson } from "./family-params.store.ts";
import type { FamiliesParts } from "./parts.ts";

/** The stage calendar: of the workspace, and what it holds for the children of one family. */
export function calendarRoutes(app: FastifyInstance, { db, clock }: FamiliesParts): void {
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/stage-calendar",
      scope: "people:read",
      summary: "What comes at which age: the standards with their sources, and what this workspace changed",
      reply: StageCalendar,
    },
    async ({ workspace }) => loadCalendar(db, workspace.id),
  );
  workspaceRoute(
    app,
    {
      method: "PUT",
      path: "/stage-calendar",
      scope: "settings:write",
      summary:
        "State what this workspace wants different from the standard, as a whole; what is left out is restored",
      body: SetStageCalendar,
      reply: StageCalendar,
    },
    async ({ workspace, caller, body }) =>
      setCalendar(db, workspace.id, body, { by: caller.who, at: clock.now() }),
  );
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/families/:family/calendar",
      scope: "people:read",
      summary: "What is on and what comes for the children of a family",
      params: FamilyParams,
      query: z.object({
        on: CalendarDate.optional(),
        days: z.coerce.number().int().min(1).max(730).default(120),
      }),
      reply: FamilyCalendar,
    },
    async ({ workspace, params, query }) => {
      const person = await knownPerson(db, workspace.id, params.family);
      const on = query.on ?? dateIn(workspace.timeZone, clock.now());
      return loadFamilyCalendar(db, workspace.id, person, { on, days: query.days });
    },
  );
}
