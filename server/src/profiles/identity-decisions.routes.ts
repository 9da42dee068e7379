import {
  Decide,
  Decided,
  type Decision,
  DecisionPage,
  Explanation,
  IdentityChange,
  IdentityPreview,
  PersonGraph,
  PreviewUndo,
  Undo,
} from "@stork/contract/identity.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findDecision, findDecisions } from "../people/decisions.store.ts";
import { findPerson } from "../people/find-person.store.ts";
import { findMeanwhile } from "../people/meanwhile.store.ts";
import { refusals as identityRefusals } from "../people/refusals.ts";
import { askAgain } from "../people/reviews.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { explain, personGraph } from "./graph.store.ts";
import { changeOf, preview as previewOf, previewShown } from "./identity-changes.store.ts";
import type { IdentityRoutesParts } from "./identity-parts.ts";
import { askingOf, decisionShown } from "./identity-shown.ts";
import { refusals } from "./refusals.ts";

const PersonParams = z.object({ person: z.string().max(40) });
const DecisionParams = z.object({ decision: z.string().max(40) });

/** Why identifiers are one person; merging, parting, keeping apart, with a preview; what was decided, and undoing it. */
export function identityDecisionsRoutes(app: FastifyInstance, parts: IdentityRoutesParts): void {
  graph(app, parts);
  explanation(app, parts);
  preview(app, parts);
  decide(app, parts);
  decisions(app, parts);
  undo(app, parts);
}

function graph(app: FastifyInstance, parts: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "GET", path: "/persons/:person/graph", scope: "people:read" },
      summary: "A person's identifiers, and what ties them or was held back, with the evidence",
      params: PersonParams,
      reply: PersonGraph,
    },
    async ({ workspace, params }) => {
      const person = await findPerson(parts.db, workspace.id, params.person);
      if (person === null) throw new Refusal(refusals.unknownPerson);
      return personGraph(parts, askingOf(workspace, parts.clock.now()), person);
    },
  );
}

function explanation(app: FastifyInstance, parts: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "GET", path: "/persons/:person/explain", scope: "people:read" },
      summary: "The chain of evidence between two of a person's identifiers",
      params: PersonParams,
      query: z.object({ a: z.string().regex(/^\d{1,15}$/), b: z.string().regex(/^\d{1,15}$/) }),
      reply: Explanation,
    },
    async ({ workspace, params, query }) => {
      const person = await findPerson(parts.db, workspace.id, params.person);
      if (person === null) throw new Refusal(refusals.unknownPerson);
      return explain(parts, askingOf(workspace, parts.clock.now()), person, [query.a, query.b]);
    },
  );
}

function preview(app: FastifyInstance, parts: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "POST", path: "/identity/preview", scope: "identity:write" },
      summary: "What a change of who is who would do, without doing it",
      body: z.union([IdentityChange, PreviewUndo]),
      reply: IdentityPreview,
    },
    async ({ workspace, body }) => {
      const asking = askingOf(workspace, parts.clock.now());
      if (body.kind !== "undo") return previewOf(parts, asking, body);
      const decision = Number(body.decision);
      const shape = await parts.changes.previewUndo(workspace.id, decision, body.otherSide.map(Number));
      const meanwhile: Decision[] = [];
      for (const id of await findMeanwhile(parts.db, workspace.id, decision))
        meanwhile.push(await shown(parts, workspace.id, id));
      return { ...(await previewShown(parts, asking, shape)), meanwhile };
    },
  );
}

function decide(app: FastifyInstance, parts: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "POST", path: "/identity/decisions", scope: "identity:write" },
      summary: "Merge, split, keep apart, link or share identifiers, with a reason",
      body: Decide,
      reply: Decided,
    },
    async ({ workspace, caller, body }) => {
      const change = await changeOf(parts, workspace.id, body.change);
      const said = { who: caller.who, reason: body.reason };
      const { decision, shape } = await parts.changes.make(workspace.id, change, said);
      return {
        decision: await shown(parts, workspace.id, decision),
        persons: [...shape.after.keys()].map(String),
      };
    },
  );
}

async function shown({ db }: IdentityRoutesParts, workspace: number, id: number): Promise<Decision> {
  const decision = await findDecision(db, workspace, id);
  if (decision === null) throw new Refusal(identityRefusals.unknownDecision);
  return decisionShown(decision);
}

function decisions(app: FastifyInstance, { db }: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "GET", path: "/identity/decisions", scope: "people:read" },
      summary: "What was decided of who is who, newest first; of one person or of all",
      query: z.object({
        person: z.string().max(40).optional(),
        after: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      reply: DecisionPage,
    },
    async ({ workspace, query }) => {
      const person = query.person === undefined ? null : await findPerson(db, workspace.id, query.person);
      if (query.person !== undefined && person === null) throw new Refusal(refusals.unknownPerson);
      const before = query.after === undefined ? null : Number(query.after);
      const found = await findDecisions(db, workspace.id, { person, before, limit: query.limit + 1 });
      const items = found.slice(0, query.limit).map(decisionShown);
      return { items, next: found.length > query.limit ? (items.at(-1)?.id ?? null) : null };
    },
  );
}

function undo(app: FastifyInstance, parts: IdentityRoutesParts): void {
  workspaceRoute(
    app,
    {
      ...{ method: "POST", path: "/identity/decisions/:decision/undo", scope: "identity:write" },
      summary: "Take a decision back, also after later events",
      params: DecisionParams,
      body: Undo,
      reply: Decided,
    },
    async ({ workspace, caller, params, body }) => {
      if (!/^\d{1,15}$/.test(params.decision)) throw new Refusal(identityRefusals.unknownDecision);
      const id = Number(params.decision);
      const otherSide = body.otherSide.map(Number);
      const said = { who: caller.who, reason: body.reason, otherSide };
      const shape = await parts.changes.undo(workspace.id, id, said);
      await askAgain(parts.db, id);
      return { decision: await shown(parts, workspace.id, id), persons: [...shape.after.keys()].map(String) };
    },
  );
}
