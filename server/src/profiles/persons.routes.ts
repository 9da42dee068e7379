import { CalendarDate } from "@stork/contract/common.ts";
import { Person, RevealedPerson, Timeline } from "@stork/contract/people.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { dateIn } from "../catalog/calendar.ts";
import { findPerson } from "../people/find-person.store.ts";
import type { Caller } from "../platform/caller.ts";
import type { Clock } from "../platform/clock.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { look } from "../privacy/look.store.ts";
import { masked, type Sight, whatItTakes } from "../privacy/sight.ts";
import { loadPerson, type ProfileParts, revealPerson } from "./person.store.ts";
import { findIdentifiers } from "./person-nodes.store.ts";
import { refusals } from "./refusals.ts";
import { findHolders } from "./search.store.ts";
import { identifiersIn } from "./search.ts";
import { findTimeline, parseCursor } from "./timeline.store.ts";

export type PersonRoutesParts = ProfileParts & { readonly clock: Clock };

const PersonParams = z.object({ person: z.string().max(40) });
const View = z.object({ on: CalendarDate.optional(), reveal: z.enum(["true", "false"]).optional() });
type View = z.infer<typeof View>;

/** One person: found by an identifier or by id, on a date; their timeline, their word on consent, what the masks hide. */
export function personsRoutes(app: FastifyInstance, parts: PersonRoutesParts): void {
  byIdentifier(app, parts);
  byId(app, parts);
  unmask(app, parts);
  timeline(app, parts);
}

async function view(
  parts: PersonRoutesParts,
  workspace: WorkspaceRef,
  caller: Caller,
  person: number,
  asked: View,
): Promise<Person> {
  // A key that was given the right to see whole values is a program's, which has no button to press; people press it.
  const program = caller.userId === null && caller.scopes.has("people:reveal");
  const whole = asked.reveal === undefined ? program : asked.reveal === "true";
  const sight = whole ? await reveal(parts, workspace, caller, person, "person") : masked;
  const on = asked.on ?? dateIn(workspace.timeZone, parts.clock.now());
  return loadPerson(parts, workspace.id, person, { on, sight });
}

async function reveal(
  { db, clock }: PersonRoutesParts,
  workspace: WorkspaceRef,
  caller: Caller,
  person: number,
  what: string,
): Promise<Sight> {
  if (!caller.scopes.has(whatItTakes.reveal)) throw new Refusal(refusals.mayNotReveal);
  const at = clock.now();
  return look(db, { workspace: workspace.id, caller, purpose: "reveal", persons: [person], what, at });
}

async function known({ db }: PersonRoutesParts, workspace: WorkspaceRef, id: string): Promise<number> {
  const person = await findPerson(db, workspace.id, id);
  if (person === null) throw new Refusal(refusals.unknownPerson);
  return person;
}

function byIdentifier(app: FastifyInstance, parts: PersonRoutesParts): void {
  const { db, vault } = parts;
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/persons",
      scope: "people:read",
      summary: "The person who holds an identifier, written NAMESPACE:VALUE",
      query: View.extend({ identifier: z.string().min(1).max(500) }),
      reply: Person,
    },
    async ({ workspace, caller, query }) => {
      const identifiers = identifiersIn(query.identifier);
      if (identifiers.length === 0) throw new Refusal(refusals.badIdentifier);
      const [person] = await findHolders(db, vault, workspace.id, identifiers);
      if (person === undefined) throw new Refusal(refusals.unknownPerson);
      return view(parts, workspace, caller, person, query);
    },
  );
}

function byId(app: FastifyInstance, parts: PersonRoutesParts): void {
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/persons/:person",
      scope: "people:read",
      summary: "A person, with the children's stages on a date",
      params: PersonParams,
      query: View,
      reply: Person,
    },
    async ({ workspace, caller, params, query }) =>
      view(parts, workspace, caller, await known(parts, workspace, params.person), query),
  );
}

function unmask(app: FastifyInstance, parts: PersonRoutesParts): void {
  workspaceRoute(
    app,
    {
      method: "POST",
      path: "/persons/:person/reveal",
      scope: "people:read",
      summary: "What the masks hide; the look is logged",
      params: PersonParams,
      reply: RevealedPerson,
    },
    async ({ workspace, caller, params }) => {
      const person = await known(parts, workspace, params.person);
      await reveal(parts, workspace, caller, person, "reveal");
      return revealPerson(parts, workspace.id, person);
    },
  );
}

function timeline(app: FastifyInstance, parts: PersonRoutesParts): void {
  const { db, clickhouse, vault } = parts;
  workspaceRoute(
    app,
    {
      method: "GET",
      path: "/persons/:person/timeline",
      scope: "people:read",
      summary: "What a person did, newest first",
      params: PersonParams,
      query: z.object({
        after: z.string().max(60).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      reply: Timeline,
    },
    async ({ workspace, params, query }) => {
      const after = query.after === undefined ? null : parseCursor(query.after);
      if (query.after !== undefined && after === null) throw new Refusal(refusals.badCursor);
      const person = await known(parts, workspace, params.person);
      const nodes = await findIdentifiers(db, vault, workspace.id, [person]);
      const ids = nodes.map(({ node }) => node);
      return findTimeline({ db, clickhouse }, workspace.id, ids, { after, limit: query.limit });
    },
  );
}
