import {
  EndSilence,
  ListedSilences,
  Silence,
  SilenceIdentifier,
  SilencePerson,
  SilenceProof,
  Silences,
} from "@stork/contract/privacy.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findPerson } from "../people/find-person.store.ts";
import type { Caller } from "../platform/caller.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { findFaces } from "./faces.store.ts";
import type { PrivacyParts } from "./parts.ts";
import { hersToEnd, unknownChild, unknownPerson, unknownSilence } from "./refusals.ts";
import {
  countLeaked,
  findSilence,
  findSilences,
  findStopped,
  type KeptSilence,
  listSilences,
} from "./silences.store.ts";

const PersonParams = z.object({ person: z.string().max(20) });
const SilenceParams = z.object({ silence: z.string().max(20) });

export function silenceRoutes(http: FastifyInstance, parts: PrivacyParts): void {
  keepRoutes(http, parts);
  readRoutes(http, parts);
  endRoute(http, parts);
}

function keepRoutes(http: FastifyInstance, parts: PrivacyParts): void {
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/persons/:person/silence", scope: "privacy:write" },
      ...{ params: PersonParams, body: SilencePerson, reply: Silence },
      summary: "Silence after a loss: from now on nothing about the child (or all children) is sent or told",
    },
    async ({ workspace, caller, params, body }) => {
      const person = await findPerson(parts.db, workspace.id, params.person);
      if (person === null) throw new Refusal(unknownPerson);
      return silence(parts, workspace.id, caller, person, body.child);
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/silences", scope: "privacy:write" },
      ...{ body: SilenceIdentifier, reply: Silence },
      summary: "The same for whoever holds an identifier, written NAMESPACE:VALUE",
    },
    async ({ workspace, caller, body }) => {
      const person = await parts.findHolder(workspace.id, body.identifier);
      if (person === null) throw new Refusal(unknownPerson);
      return silence(parts, workspace.id, caller, person, body.child);
    },
  );
}

async function silence(
  parts: PrivacyParts,
  workspace: number,
  caller: Caller,
  person: number,
  child: string | undefined,
): Promise<Silence> {
  if (child !== undefined && !/^\d{1,15}$/.test(child)) throw new Refusal(unknownChild);
  const asked = {
    ...{ person, child: child === undefined ? null : Number(child), by: caller.who },
    why: caller.userId === null ? "api" : "staff",
  } as const;
  const id = await parts.quiet.keep(workspace, asked);
  return shown(parts, workspace, await findSilence(parts.db, workspace, id));
}

function readRoutes(http: FastifyInstance, parts: PrivacyParts): void {
  const { db } = parts;
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/persons/:person/silences", scope: "people:read" },
      ...{ params: PersonParams, reply: Silences },
      summary: "The silences of a person, those that ended among them",
    },
    async ({ workspace, params }) => {
      const person = await findPerson(db, workspace.id, params.person);
      if (person === null) throw new Refusal(unknownPerson);
      const kept = await findSilences(db, workspace.id, person);
      return { items: await Promise.all(kept.map((one) => shown(parts, workspace.id, one))) };
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/silences/:silence", scope: "people:read" },
      ...{ params: SilenceParams, reply: SilenceProof },
      summary: "What a silence stopped, and when",
    },
    async ({ workspace, params }) => {
      const kept = await known(parts, workspace.id, params.silence);
      const id = Number(kept.id);
      const nodes = await nodesOf(parts, id);
      const left = await parts.leftSegments(workspace.id, nodes, new Date(kept.since));
      return {
        silence: await shown(parts, workspace.id, kept),
        person: kept.person,
        stopped: [...(await findStopped(db, id)), ...left],
        leaked: await countLeaked(db, id),
      };
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/silences", scope: "people:read" },
      query: z.object({
        after: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      reply: ListedSilences,
      summary: "All silences, newest first",
    },
    async ({ workspace, query }) => {
      const before = query.after === undefined ? null : Number(query.after);
      const found = await listSilences(db, workspace.id, { before, limit: query.limit + 1 });
      const page = found.slice(0, query.limit);
      const persons = page.map(({ person }) => Number(person));
      const faceOf = await findFaces(parts, workspace.id, persons);
      const items = await Promise.all(
        page.map(async (one) => ({
          ...(await shown(parts, workspace.id, one)),
          ...{ person: one.person, ...faceOf(Number(one.person)) },
        })),
      );
      return { items, next: found.length > query.limit ? (page.at(-1)?.id ?? null) : null };
    },
  );
}

function endRoute(http: FastifyInstance, parts: PrivacyParts): void {
  const { db, clock, quiet, stoppers } = parts;
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/silences/:silence/end", scope: "privacy:write" },
      ...{ params: SilenceParams, body: EndSilence, reply: Silence },
      summary: "End a silence that she did not ask for herself; dates that were taken away do not come back",
    },
    async ({ workspace, caller, params, body }) => {
      const kept = await known(parts, workspace.id, params.silence);
      if (kept.why === "tap") throw new Refusal(hersToEnd);
      const at = clock.now();
      const id = Number(kept.id);
      const end = { by: caller.who, reason: body.reason, at };
      await quiet.end(workspace.id, id, end);
      const whom = {
        workspace: workspace.id,
        persons: [Number(kept.person)],
        nodes: await nodesOf(parts, id),
      };
      for (const look of stoppers.after) await look(whom, "silence", at);
      return shown(parts, workspace.id, await findSilence(db, workspace.id, id));
    },
  );
}

async function known({ db }: PrivacyParts, workspace: number, id: string): Promise<KeptSilence> {
  const kept = /^\d{1,15}$/.test(id) ? await findSilence(db, workspace, Number(id)) : null;
  if (kept === null) throw new Refusal(unknownSilence);
  return kept;
}

async function shown(parts: PrivacyParts, workspace: number, kept: KeptSilence | null): Promise<Silence> {
  if (kept === null) throw new Refusal(unknownSilence);
  const { person: _person, ...silence } = kept;
  const nameOf = await parts.whoSaid(workspace, [kept.by, ...(kept.endedBy === null ? [] : [kept.endedBy])]);
  const endedBy = kept.endedBy === null ? null : nameOf(kept.endedBy);
  return { ...silence, by: nameOf(kept.by), endedBy };
}

const nodesOf = async ({ db }: PrivacyParts, silence: number): Promise<number[]> => {
  const rows = await db.selectFrom("silence_node").select("node").where("silence_id", "=", silence).execute();
  return rows.map(({ node }) => node);
};
