import {
  ChangeJourney,
  JourneyDetail,
  JourneysPage,
  NewJourney,
  RunState,
  RunsPage,
} from "@stork/contract/journeys.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { changeJourney, doVerb } from "./change.store.ts";
import { checkDefinition } from "./check.store.ts";
import { deleteDraft, insertJourney, listJourneys } from "./journey.store.ts";
import type { JourneysParts } from "./parts.ts";
import { notNow } from "./refusals.ts";
import { listRuns } from "./runs.store.ts";
import { existingJourney, showAll, showOne } from "./show.store.ts";
import type { Verb } from "./status.store.ts";

const params = z.object({ journey: z.string().max(20) });
const limit = z.coerce.number().int().min(1).max(200).default(50);
const after = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional();
const numberOf = (cursor: string | undefined): number | null =>
  cursor === undefined ? null : Number(cursor);

export interface JourneysRoutesParts extends JourneysParts {
  /** A journey was started, changed, paused or ended: it holds on this server when it is answered. */
  changed(): Promise<void>;
}

export function journeysRoutes(http: FastifyInstance, parts: JourneysRoutesParts): void {
  readRoutes(http, parts);
  writeRoutes(http, parts);
  verbRoute(http, parts, "start", "Lets people in from now on; of a paused journey: goes on");
  verbRoute(http, parts, "pause", "Lets nobody in and moves nobody until it is started again");
  verbRoute(http, parts, "end", "Ends it for good: whoever is on the way leaves");
}

function readRoutes(http: FastifyInstance, parts: JourneysRoutesParts): void {
  const { db, clock } = parts;
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/journeys",
      scope: "campaigns:read",
      summary: "Journeys, newest first, with how many are on the way",
      query: z.object({ after, limit }),
      reply: JourneysPage,
    },
    async ({ workspace, query }) => {
      const before = numberOf(query.after);
      const page = { before: before === null ? null : Math.min(before, 2 ** 31 - 1), limit: query.limit + 1 };
      const rows = await listJourneys(db, workspace.id, page);
      const shown = rows.slice(0, query.limit);
      return {
        items: await showAll(db, workspace.id, shown, clock.now()),
        next: rows.length > query.limit ? String(shown.at(-1)?.id) : null,
      };
    },
  );

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/journeys/:journey",
      scope: "campaigns:read",
      summary: "One journey: its steps in words, how many are where, why runs ended early",
      params,
      reply: JourneyDetail,
    },
    async ({ workspace, params: { journey } }) =>
      showOne(db, await existingJourney(db, workspace.id, journey), clock.now()),
  );

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/journeys/:journey/runs",
      scope: "campaigns:read",
      summary: "Who is or was in it, newest first, masked",
      params,
      query: z.object({
        state: RunState.optional(),
        step: z.coerce.number().int().min(0).max(100).optional(),
        reason: z.string().max(40).optional(),
        after,
        limit,
      }),
      reply: RunsPage,
    },
    async ({
      workspace,
      params: { journey },
      query: { state, step, reason, after: cursor, limit: most },
    }) => {
      const { id } = await existingJourney(db, workspace.id, journey);
      return listRuns(parts, workspace.id, id, {
        ...{ state: state ?? null, step: step ?? null, reason: reason ?? null },
        ...{ before: numberOf(cursor), limit: most },
      });
    },
  );
}

function writeRoutes(http: FastifyInstance, parts: JourneysRoutesParts): void {
  const { db, clock } = parts;
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/journeys",
      scope: "campaigns:write",
      summary: "Makes a draft; what nobody could carry out is refused",
      body: NewJourney,
      reply: JourneyDetail,
      status: 201,
    },
    async ({ workspace, caller, body: { name, ...definition } }) => {
      await checkDefinition(db, workspace.id, definition, caller.language);
      const id = await insertJourney(db, workspace.id, { name, definition }, clock.now());
      return showOne(db, await existingJourney(db, workspace.id, String(id)), clock.now());
    },
  );

  workspaceRoute(
    http,
    {
      method: "PATCH",
      path: "/journeys/:journey",
      scope: "campaigns:write",
      summary: "Changes it for who comes in from now on; who is on the way finishes by what they came in by",
      params,
      body: ChangeJourney,
      reply: JourneyDetail,
    },
    async ({ workspace, caller, params: { journey }, body }) => {
      const before = await existingJourney(db, workspace.id, journey);
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const asked = NewJourney.parse({ name: before.name, ...before.definition, ...given });
      await checkDefinition(db, workspace.id, asked, caller.language);
      await changeJourney(db, before, asked, clock.now());
      await parts.changed();
      return showOne(db, await existingJourney(db, workspace.id, journey), clock.now());
    },
  );

  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/journeys/:journey",
      scope: "campaigns:write",
      summary: "Deletes a draft; what was started stays on record",
      params,
      reply: null,
    },
    async ({ workspace, params: { journey } }) => {
      const { id, status } = await existingJourney(db, workspace.id, journey);
      if (!(await deleteDraft(db, id))) throw new Refusal(notNow, { status });
    },
  );
}

function verbRoute(http: FastifyInstance, parts: JourneysRoutesParts, verb: Verb, summary: string): void {
  const { db, clock } = parts;
  workspaceRoute(
    http,
    {
      method: "POST",
      path: `/journeys/:journey/${verb}`,
      scope: "campaigns:write",
      summary,
      params,
      reply: JourneyDetail,
    },
    async ({ workspace, caller, params: { journey } }) => {
      const before = await existingJourney(db, workspace.id, journey);
      // Checked once more: a segment or a channel may be gone since it was saved.
      if (verb === "start") await checkDefinition(db, workspace.id, before.definition, caller.language);
      await doVerb(parts, before, verb, clock.now());
      await parts.changed();
      return showOne(db, await existingJourney(db, workspace.id, journey), clock.now());
    },
  );
}
