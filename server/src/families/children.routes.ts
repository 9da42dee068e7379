import { Because, ChildHistory, CorrectChild, NewChild } from "@stork/contract/families.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findHousehold } from "../people/household.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { childInFamily, findHistory } from "./child-history.store.ts";
import type { Change } from "./children-write.store.ts";
import { ChildParams, FamilyParams, knownPerson } from "./family-params.store.ts";
import type { FamiliesParts } from "./parts.ts";
import { refusals } from "./refusals.ts";
import { addChild, giveBack, putRight, takeAway } from "./staff-children.store.ts";

/** A family's children as staff state, correct and take them away. */
export function childrenRoutes(app: FastifyInstance, parts: FamiliesParts, change: Change): void {
  stating(app, parts, change);
  takingAway(app, parts, change);
  history(app, parts);
}

function stating(app: FastifyInstance, { db, vault, clock }: FamiliesParts, change: Change): void {
  const hand = (who: string) => ({ by: who, at: clock.now() });
  workspaceRoute(
    app,
    {
      method: "POST",
      path: "/families/:family/children",
      scope: "people:write",
      summary: "Add a child, born or expected; twin for a second one of the same date",
      params: FamilyParams,
      body: NewChild,
      reply: z.object({ id: z.string() }),
      status: 201,
    },
    async ({ workspace, caller, params, body }) => {
      const person = await knownPerson(db, workspace.id, params.family);
      const { persons } = await findHousehold(db, workspace.id, person);
      const holder =
        body.carer === undefined
          ? person
          : await knownPerson(db, workspace.id, body.carer, refusals.unknownCarer);
      if (!persons.includes(holder)) throw new Refusal(refusals.unknownCarer);
      await vault.ready(workspace.id);
      const id = await addChild(change, vault, workspace.id, { holder, child: body }, hand(caller.who));
      return { id: String(id) };
    },
  );
  workspaceRoute(
    app,
    {
      method: "PATCH",
      path: "/families/:family/children/:child",
      scope: "people:write",
      summary:
        "Put a child's dates, gender or name right; a system that repeats the old date does not undo it",
      params: ChildParams,
      body: CorrectChild,
      reply: null,
    },
    async ({ workspace, caller, params, body }) => {
      const family = await knownPerson(db, workspace.id, params.family);
      await vault.ready(workspace.id);
      const what = { family, child: params.child, said: body };
      await putRight(change, vault, workspace.id, what, hand(caller.who));
    },
  );
}

function takingAway(app: FastifyInstance, { db, clock }: FamiliesParts, change: Change): void {
  workspaceRoute(
    app,
    {
      method: "DELETE",
      path: "/families/:family/children/:child",
      scope: "people:write",
      summary: "Take a child away that was stated wrongly; for a loss, use silence",
      params: ChildParams,
      query: Because,
      reply: null,
    },
    async ({ workspace, caller, params, query }) => {
      const family = await knownPerson(db, workspace.id, params.family);
      const what = { family, child: params.child, why: query.reason };
      await takeAway(change, workspace.id, what, { by: caller.who, at: clock.now() });
    },
  );
  workspaceRoute(
    app,
    {
      method: "POST",
      path: "/families/:family/children/:child/restore",
      scope: "people:write",
      summary: "Bring back a child that was taken away by hand",
      params: ChildParams,
      reply: null,
    },
    async ({ workspace, params }) => {
      const family = await knownPerson(db, workspace.id, params.family);
      await giveBack(change, workspace.id, family, params.child);
    },
  );
}

function history(app: FastifyInstance, { db }: FamiliesParts): void {
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/families/:family/children/:child/history",
      scope: "people:read",
      summary: "What was said of a child's dates, by whom and when",
      params: ChildParams,
      reply: ChildHistory,
    },
    async ({ workspace, params }) => {
      const family = await knownPerson(db, workspace.id, params.family);
      const child = await childInFamily(db, workspace.id, family, params.child);
      return findHistory(db, child);
    },
  );
}
