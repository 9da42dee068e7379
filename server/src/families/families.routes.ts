import { CalendarDate } from "@stork/contract/common.ts";
import { Because, Family, FamilyChange, JoinFamily } from "@stork/contract/families.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { dateIn } from "../catalog/calendar.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { calendarRoutes } from "./calendar.routes.ts";
import { childrenRoutes } from "./children.routes.ts";
import { type Change, createChange } from "./children-write.store.ts";
import { FamilyParams, knownPerson } from "./family-params.store.ts";
import { loadFamily } from "./family-view.store.ts";
import { joinFamily, leaveFamily, undoChange } from "./join.store.ts";
import { notesRoutes } from "./notes.routes.ts";
import type { FamiliesParts } from "./parts.ts";
import { refusals } from "./refusals.ts";
import { shareChild, unshareChild } from "./share.store.ts";
import { childOf } from "./staff-children.store.ts";

const CarerParams = FamilyParams.extend({ person: z.string().max(40) });
const SharerParams = CarerParams.extend({ child: z.string().max(40) });
/** The reason comes in the address, since a DELETE has no body. It is no place for names. */
const Why = z.object({ reason: Because.shape.reason.optional() });

/** Families: who cares for whom, their children, what comes for them. A family is found by any of its carers' numbers. */
export function familiesOwnRoutes(app: FastifyInstance, parts: FamiliesParts): void {
  const change = createChange(parts);
  family(app, parts);
  carers(app, parts, change);
  changes(app, parts, change);
  sharing(app, parts, change);
  childrenRoutes(app, parts, change);
  notesRoutes(app, parts);
  calendarRoutes(app, parts);
}

function family(app: FastifyInstance, parts: FamiliesParts): void {
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/families/:family",
      scope: "people:read",
      summary: "A family: carers, children with their stages on a date, who came and went",
      params: FamilyParams,
      query: z.object({ on: CalendarDate.optional() }),
      reply: Family,
    },
    async ({ workspace, params, query }) => {
      const person = await knownPerson(parts.db, workspace.id, params.family);
      const on = query.on ?? dateIn(workspace.timeZone, parts.clock.now());
      return loadFamily(parts, workspace.id, person, on);
    },
  );
}

function carers(app: FastifyInstance, parts: FamiliesParts, change: Change): void {
  workspaceRoute(
    app,
    {
      method: "PUT",
      path: "/families/:family/carers/:person",
      scope: "people:write",
      summary: "A person joins a family as a carer, or takes another role in it; nobody is merged",
      params: CarerParams,
      body: JoinFamily,
      reply: z.object({ change: z.string().nullable() }),
    },
    async ({ workspace, caller, params, body }) => {
      const into = await knownPerson(parts.db, workspace.id, params.family);
      const person = await knownPerson(parts.db, workspace.id, params.person, refusals.unknownCarer);
      const word = {
        how: "stated",
        by: caller.who,
        reason: body.reason ?? null,
        at: parts.clock.now(),
      } as const;
      const made = await joinFamily(change, workspace.id, { into, person, role: body.role }, word);
      return { change: made === null ? null : String(made) };
    },
  );
  workspaceRoute(
    app,
    {
      method: "DELETE",
      path: "/families/:family/carers/:person",
      scope: "people:write",
      summary: "A carer leaves the family; what others had stated of the children comes back to each",
      params: CarerParams,
      query: Why,
      reply: z.object({ change: z.string() }),
    },
    async ({ workspace, caller, params, query }) => {
      await knownPerson(parts.db, workspace.id, params.family);
      const person = await knownPerson(parts.db, workspace.id, params.person, refusals.unknownCarer);
      const word = {
        how: "stated",
        by: caller.who,
        reason: query.reason ?? null,
        at: parts.clock.now(),
      } as const;
      return { change: String(await leaveFamily(change, workspace.id, person, word)) };
    },
  );
}

function changes(app: FastifyInstance, parts: FamiliesParts, change: Change): void {
  workspaceRoute(
    app,
    {
      method: "POST",
      path: "/families/:family/changes/:change/undo",
      scope: "people:write",
      summary: "Undo a joining, a leaving or a sharing",
      params: FamilyParams.extend({ change: FamilyChange.shape.id }),
      body: Because.partial(),
      reply: Family,
    },
    async ({ workspace, caller, params, body }) => {
      const person = await knownPerson(parts.db, workspace.id, params.family);
      const at = parts.clock.now();
      const word = { how: "stated", by: caller.who, reason: body.reason ?? null, at } as const;
      await undoChange(change, workspace.id, params.change, word);
      return loadFamily(parts, workspace.id, person, dateIn(workspace.timeZone, at));
    },
  );
}

function sharing(app: FastifyInstance, parts: FamiliesParts, change: Change): void {
  const path = "/families/:family/children/:child/carers/:person";
  workspaceRoute(
    app,
    {
      method: "PUT",
      path,
      scope: "people:write",
      summary: "A carer of another household gets this child as well: one child, seen by both",
      params: SharerParams,
      body: JoinFamily,
      reply: null,
    },
    async ({ workspace, caller, params, body }) => {
      const home = await knownPerson(parts.db, workspace.id, params.family);
      const person = await knownPerson(parts.db, workspace.id, params.person, refusals.unknownCarer);
      const word = {
        how: "stated",
        by: caller.who,
        reason: body.reason ?? null,
        at: parts.clock.now(),
      } as const;
      await change(workspace.id, async (tx) => {
        const { stored } = await childOf(tx, workspace.id, home, params.child);
        return shareChild(tx, workspace.id, { child: stored.id, person, role: body.role }, word);
      });
    },
  );
  workspaceRoute(
    app,
    {
      method: "DELETE",
      path,
      scope: "people:write",
      summary: "A carer of another household has this child no more",
      params: SharerParams,
      query: Why,
      reply: null,
    },
    async ({ workspace, caller, params, query }) => {
      const home = await knownPerson(parts.db, workspace.id, params.family);
      const person = await knownPerson(parts.db, workspace.id, params.person, refusals.unknownCarer);
      const word = {
        how: "stated",
        by: caller.who,
        reason: query.reason ?? null,
        at: parts.clock.now(),
      } as const;
      await change(workspace.id, async (tx) => {
        const { stored } = await childOf(tx, workspace.id, home, params.child);
        return unshareChild(tx, workspace.id, { child: stored.id, person }, word);
      });
    },
  );
}
