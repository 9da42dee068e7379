import { Readable } from "node:stream";
import { CopyLink, Explanation } from "@stork/contract/rights.ts";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { publicRoute, workspaceRoute } from "../platform/workspace-route.ts";
import { findWorkspace, type WorkspaceRef } from "../platform/workspaces.store.ts";
import { look } from "../privacy/look.store.ts";
import { sectionsOf } from "./copy.store.ts";
import { htmlOf, jsonOf } from "./copy-forms.ts";
import { isGoodLink, makeCopyLink, useCopyLink } from "./copy-link.store.ts";
import { copyPage } from "./copy-page.ts";
import { explainPerson } from "./explanation.store.ts";
import { ById, type RightsParts } from "./parts.ts";
import { addProof } from "./proof.store.ts";
import { mayNotCopy, notVerified, unknownSubject, usedLink } from "./refusals.ts";
import { findRequest, type RequestRow } from "./requests.store.ts";
import { zipOf } from "./zip.ts";

type Existing = (workspace: WorkspaceRef, id: string) => Promise<RequestRow>;
/** Handing over what is held: to staff who may see it, to her by a link that works once; and the explanation. */
export function copyRoutes(http: FastifyInstance, parts: RightsParts, existing: Existing): void {
  downloadRoute(http, parts, existing);
  linkRoute(http, parts, existing);
  explanationRoute(http, parts, existing);
  publicRoutes(http, parts);
}

/** Whose request it is, proven and not over by her being forgotten. */
function subjectOf({ state, person }: RequestRow): number {
  if (state === "open") throw new Refusal(notVerified);
  if (person === null) throw new Refusal(unknownSubject);
  return person;
}

async function prove({ db, clock }: RightsParts, row: RequestRow, who: string, step: string): Promise<void> {
  const entry = { workspace: row.workspace, request: row.id, at: clock.now(), who, step, detail: {} };
  await db.transaction().execute((tx) => addProof(tx, entry));
}

function downloadRoute(http: FastifyInstance, parts: RightsParts, existing: Existing): void {
  workspaceRoute(
    http,
    {
      ...{
        method: "POST",
        path: "/rights/requests/:request/copy",
        scope: "rights:write",
        params: ById,
        reply: null,
      },
      summary: "Everything held of her, as a ZIP of JSON and a readable page; the look is logged",
    },
    async ({ workspace, caller, params, reply }) => {
      if (!caller.scopes.has("people:reveal")) throw new Refusal(mayNotCopy);
      const row = await existing(workspace, params.request);
      const person = subjectOf(row);
      await look(parts.db, {
        ...{ workspace: workspace.id, caller, purpose: "copy", persons: [person] },
        ...{ what: "copy", at: parts.clock.now() },
      });
      await prove(parts, row, caller.who, "copy-made");
      return sendCopy(parts, reply, workspace, person);
    },
  );
}

async function sendCopy(parts: RightsParts, reply: FastifyReply, workspace: WorkspaceRef, person: number) {
  const head = { workspace: workspace.name, madeAt: parts.clock.now().toISOString() };
  // Each form reads for itself: neither is ever whole in memory.
  const zip = zipOf([
    { name: "data.html", content: htmlOf(head, await sectionsOf(parts, workspace.id, person)) },
    { name: "data.json", content: jsonOf(head, await sectionsOf(parts, workspace.id, person)) },
  ]);
  return reply
    .header("content-type", "application/zip")
    .header("content-disposition", 'attachment; filename="personal-data.zip"')
    .header("cache-control", "no-store")
    .header("x-content-type-options", "nosniff")
    .send(Readable.from(zip, { objectMode: false }));
}

function linkRoute(http: FastifyInstance, parts: RightsParts, existing: Existing): void {
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/rights/requests/:request/link", scope: "rights:write", params: ById },
      ...{ summary: "A link for her that hands out the copy once, within seven days", reply: CopyLink },
    },
    async ({ workspace, caller, params }) => {
      const row = await existing(workspace, params.request);
      subjectOf(row);
      const { token, expiresAt } = await makeCopyLink(parts.db, workspace.id, row.id, parts.clock.now());
      await prove(parts, row, caller.who, "link-made");
      return { url: `${parts.publicUrl()}/copies/${token}`, expiresAt: expiresAt.toISOString() };
    },
  );
}

function explanationRoute(http: FastifyInstance, parts: RightsParts, existing: Existing): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/rights/requests/:request/explanation", scope: "rights:read", params: ById },
      ...{
        summary: "Which segments and campaigns chose her, why, and what was only inferred",
        reply: Explanation,
      },
    },
    async ({ workspace, caller, params }) => {
      const row = await existing(workspace, params.request);
      if (row.person === null) throw new Refusal(unknownSubject);
      if (row.state === "verified") await prove(parts, row, caller.who, "explained");
      return explainPerson(parts, workspace.id, row.person);
    },
  );
}

/** Her side of the link. Programs that look at links before people do (mail scanners) see a page with a button. */
function publicRoutes(http: FastifyInstance, parts: RightsParts): void {
  const { db, clock } = parts;
  const params = z.object({ token: z.string().max(100) });
  publicRoute(
    http,
    {
      method: "GET",
      path: "/copies/:token",
      summary: "Her copy: the page before",
      params,
      reply: null,
      hidden: true,
    },
    async ({ params: { token }, reply }) => {
      const good = await isGoodLink(db, token, clock.now());
      return reply
        .code(good ? 200 : 410)
        .header("content-type", "text/html; charset=utf-8")
        .header("cache-control", "no-store")
        .header("referrer-policy", "no-referrer")
        .header(
          "content-security-policy",
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
        )
        .send(copyPage(good ? token : null));
    },
  );
  publicRoute(
    http,
    {
      method: "POST",
      path: "/copies/:token",
      summary: "Her copy",
      params,
      reply: null,
      hidden: true,
    },
    async ({ params: { token }, reply }) => {
      const used = await useCopyLink(db, token, clock.now());
      const workspace = used === null ? null : await findWorkspace(db, used.workspace);
      const row = used === null ? null : await findRequest(db, used.workspace, used.request);
      if (row === null || workspace === null || row.person === null) throw new Refusal(usedLink);
      await prove(parts, row, "link", "copy-handed");
      return sendCopy(parts, reply, workspace, row.person);
    },
  );
}
