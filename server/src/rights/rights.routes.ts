import {
  NewRightsRequest,
  ProofEntry,
  ProofVerified,
  RightsList,
  RightsQuery,
  RightsRequestPage,
  RightsSettings,
} from "@stork/contract/rights.ts";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { z } from "zod";
import { dateIn } from "../catalog/calendar.ts";
import { findPerson } from "../people/find-person.store.ts";
import type { Caller } from "../platform/caller.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findHolders } from "../profiles/search.store.ts";
import { identifiersIn } from "../profiles/search.ts";
import { copyRoutes } from "./copy.routes.ts";
import { clockOn } from "./deadline.ts";
import { ById, type RightsParts, requestNumber } from "./parts.ts";
import { findProof, listProof, verifyProof } from "./proof.store.ts";
import { unknownRequest, unknownSubject } from "./refusals.ts";
import {
  countRequests,
  cursorOf,
  findAnswerDays,
  findRequest,
  listRequests,
  openRequest,
  type RequestRow,
} from "./requests.store.ts";
import { showPage, showProof, showRequests } from "./shown.store.ts";
import { stepsRoutes } from "./steps.routes.ts";
import { findChildRows } from "./subject.store.ts";

/** The rights desk: requests with their clocks, their steps, the proof. */
export function rightsRoutes(http: FastifyInstance, parts: RightsParts): void {
  listRoutes(http, parts);
  openRoute(http, parts);
  proofRoutes(http, parts);
  settingsRoutes(http, parts);
  const page = (workspace: WorkspaceRef, id: string) => readPage(parts, workspace, id);
  stepsRoutes(http, parts, page);
  copyRoutes(http, parts, (workspace, id) => existing(parts, workspace, id));
}

const todayOf = ({ clock }: RightsParts, { timeZone }: WorkspaceRef): string => dateIn(timeZone, clock.now());

async function existing({ db }: RightsParts, workspace: WorkspaceRef, id: string): Promise<RequestRow> {
  const row = await findRequest(db, workspace.id, requestNumber(id));
  if (row === null) throw new Refusal(unknownRequest);
  return row;
}

async function readPage(parts: RightsParts, workspace: WorkspaceRef, id: string): Promise<RightsRequestPage> {
  const row = await existing(parts, workspace, id);
  await parts.vault.ready(workspace.id);
  const [shown] = await showRequests(parts, workspace.id, [row], todayOf(parts, workspace));
  if (shown === undefined) throw new Refusal(unknownRequest);
  return showPage(parts.vault, row, shown, await findProof(parts.db, workspace.id, row.id));
}

function listRoutes(http: FastifyInstance, parts: RightsParts): void {
  const { db } = parts;
  workspaceRoute(
    http,
    {
      ...{
        method: "GET",
        path: "/rights/requests",
        scope: "rights:read",
        query: RightsQuery,
        reply: RightsList,
      },
      summary: "Requests of persons about their data, the most urgent first",
    },
    async ({ workspace, query: { show, kind = null, after = null, limit } }) => {
      const today = todayOf(parts, workspace);
      const sane = after === null || /^\d{4}-\d\d-\d\d_\d{1,9}$/.test(after) ? after : null;
      const rows = await listRequests(db, workspace.id, { show, kind, after: sane, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const { due, ended } = await countRequests(db, workspace.id);
      const of = (colour: string) =>
        due
          .filter(({ dueOn }) => clockOn(dueOn, today).colour === colour)
          .reduce((sum, one) => sum + one.count, 0);
      const counts = { green: of("green"), amber: of("amber"), red: of("red"), ended };
      const last = page.at(-1);
      return {
        items: await showRequests(parts, workspace.id, page, today),
        next: rows.length > limit && last !== undefined ? cursorOf(last) : null,
        counts: { ...counts, open: counts.green + counts.amber + counts.red },
      };
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/rights/requests/:request", scope: "rights:read", params: ById },
      ...{ summary: "One request with its steps and its proof", reply: RightsRequestPage },
    },
    ({ workspace, params }) => readPage(parts, workspace, params.request),
  );
}

function openRoute(http: FastifyInstance, parts: RightsParts): void {
  const { db, vault, clock } = parts;
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/rights/requests", scope: "rights:write", body: NewRightsRequest },
      ...{ summary: "Take down a request; its clock starts", reply: RightsRequestPage },
    },
    async ({ workspace, caller, body }) => {
      const person = await meant(parts, workspace, body);
      const child = body.child === undefined ? null : await childOf(parts, workspace, person, body.child);
      const { id } = await openRequest(
        { db, vault },
        {
          ...{ workspace: workspace.id, timeZone: workspace.timeZone, person, child, kind: body.kind },
          ...{ by: wayOf(caller), who: caller.who, at: clock.now(), note: body.note ?? null },
          verified: body.verified ?? null,
        },
      );
      return readPage(parts, workspace, String(id));
    },
  );
}

const wayOf = (caller: Caller): "staff" | "api" => (caller.userId === null ? "api" : "staff");

async function meant(
  { db, vault }: RightsParts,
  workspace: WorkspaceRef,
  { person, identifier }: z.output<typeof NewRightsRequest>,
): Promise<number> {
  const found =
    identifier === undefined
      ? await findPerson(db, workspace.id, person ?? "")
      : (await findHolders(db, vault, workspace.id, identifiersIn(identifier)))[0];
  if (found === undefined || found === null) throw new Refusal(unknownSubject);
  return found;
}

async function childOf(
  { db }: RightsParts,
  workspace: WorkspaceRef,
  person: number,
  id: string,
): Promise<number> {
  const child = /^\d{1,15}$/.test(id) ? Number(id) : 0;
  const [first] = await findChildRows(db, workspace.id, person, child);
  if (first === undefined) throw new Refusal(unknownSubject);
  return child;
}

function proofRoutes(http: FastifyInstance, { db }: RightsParts): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/rights/proof", scope: "rights:read" },
      summary:
        "The proof log from its beginning, in slices, each entry with the hash that covers the one before",
      query: z.object({
        after: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(1000).default(200),
      }),
      reply: z.object({ items: z.array(ProofEntry) }),
    },
    async ({ workspace, query }) => ({
      items: (await listProof(db, workspace.id, query.after, query.limit)).map(showProof),
    }),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/rights/proof/verified", scope: "rights:read", reply: ProofVerified },
      summary: "Whether the proof log is whole, reckoned anew from its beginning",
    },
    ({ workspace }) => verifyProof(db, workspace.id),
  );
}

function settingsRoutes(http: FastifyInstance, { db }: RightsParts): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/rights/settings", scope: "rights:read", reply: RightsSettings },
      summary: "Within how many working days requests are answered",
    },
    async ({ workspace }) => ({ answerWithinDays: await findAnswerDays(db, workspace.id) }),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "PUT", path: "/rights/settings", scope: "settings:write", body: RightsSettings },
      ...{ summary: "Set within how many working days requests are answered", reply: RightsSettings },
    },
    async ({ workspace, body }) => {
      await sql`
        insert into rights_setting (workspace_id, answer_within_days) values (${workspace.id}, ${body.answerWithinDays})
        on conflict (workspace_id) do update set answer_within_days = excluded.answer_within_days`.execute(
        db,
      );
      return body;
    },
  );
}
