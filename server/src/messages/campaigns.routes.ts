import {
  Campaign,
  CampaignStatus,
  CampaignsPage,
  ChangeCampaign,
  Estimate,
  MessageState,
  MessagesPage,
  NewCampaign,
  Preview,
  PreviewRequest,
} from "@stork/contract/campaigns.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newSecret } from "../platform/crypto.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { countMessages, deleteDraft, insertCampaign, listCampaigns, updateDraft } from "./campaign.store.ts";
import { draftOf, existingCampaign, shownCampaign } from "./campaign-form.store.ts";
import { estimateCampaign } from "./estimate.store.ts";
import { listMessages } from "./log.store.ts";
import type { MessagesParts } from "./parts.ts";
import { previewContent } from "./preview.store.ts";
import { calendarDay } from "./quiet-hours.ts";
import { notNow } from "./refusals.ts";

const params = z.object({ campaign: z.string() });
const pageLimit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional();

export function campaignsRoutes(http: FastifyInstance, parts: MessagesParts): void {
  const { db } = parts;
  draftRoutes(http, parts);
  rehearsalRoutes(http, parts);

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/campaigns",
      scope: "campaigns:read",
      summary: "Campaigns, newest first",
      query: z.object({ status: CampaignStatus.optional(), after: cursor, limit: pageLimit }),
      reply: CampaignsPage,
    },
    async ({ workspace, query: { status, after, limit } }) => {
      const page = {
        status: status ?? null,
        before: after === undefined ? null : Math.min(Number(after), 2 ** 31 - 1),
        limit: limit + 1,
      };
      const rows = await listCampaigns(db, workspace.id, page);
      const shown = rows.slice(0, limit);
      const counts = await countMessages(
        db,
        shown.map(({ id }) => id),
      );
      return {
        items: shown.map((row) => shownCampaign(row, counts.get(row.id))),
        next: rows.length > limit ? String(shown.at(-1)?.id) : null,
      };
    },
  );

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/campaigns/:campaign",
      scope: "campaigns:read",
      summary: "One campaign, with where everybody of its audience stands",
      params,
      reply: Campaign,
    },
    async ({ workspace, params: { campaign } }) => {
      const row = await existingCampaign(db, workspace.id, campaign);
      return shownCampaign(row, (await countMessages(db, [row.id])).get(row.id));
    },
  );

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/campaigns/:campaign/messages",
      scope: "campaigns:read",
      summary: "The send log: everybody of the audience with state and reason, masked",
      params,
      query: z.object({ state: MessageState.optional(), after: cursor, limit: pageLimit }),
      reply: MessagesPage,
    },
    async ({ workspace, params: { campaign }, query: { state, after, limit } }) => {
      const { id } = await existingCampaign(db, workspace.id, campaign);
      const day = calendarDay(parts.clock.now(), workspace.timeZone);
      const page = { state: state ?? null, after: Number(after ?? 0), limit };
      return listMessages(parts, { workspace: workspace.id, campaign: id, day }, page);
    },
  );
}

function draftRoutes(http: FastifyInstance, parts: MessagesParts): void {
  const { db, clock } = parts;

  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/campaigns",
      scope: "campaigns:write",
      summary: "Makes a draft; its template is read and refused where nobody could fill it in",
      body: NewCampaign,
      reply: Campaign,
      status: 201,
    },
    async ({ workspace, body }) => {
      const draft = await draftOf(db, workspace.id, body);
      const id = await insertCampaign(db, workspace.id, draft, newSecret(), clock.now());
      return shownCampaign(await existingCampaign(db, workspace.id, String(id)), undefined);
    },
  );

  workspaceRoute(
    http,
    {
      method: "PATCH",
      path: "/campaigns/:campaign",
      scope: "campaigns:write",
      summary: "Changes a draft",
      params,
      body: ChangeCampaign,
      reply: Campaign,
    },
    async ({ workspace, params: { campaign }, body }) => {
      const before = await existingCampaign(db, workspace.id, campaign);
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const merged = NewCampaign.parse({ ...shownCampaign(before, undefined), ...given });
      const draft = await draftOf(db, workspace.id, merged);
      if (!(await updateDraft(db, before.id, draft))) throw new Refusal(notNow, { status: before.status });
      return shownCampaign(await existingCampaign(db, workspace.id, campaign), undefined);
    },
  );

  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/campaigns/:campaign",
      scope: "campaigns:write",
      summary: "Deletes a draft; what was started stays on record",
      params,
      reply: null,
    },
    async ({ workspace, params: { campaign } }) => {
      const { id, status } = await existingCampaign(db, workspace.id, campaign);
      if (!(await deleteDraft(db, id))) throw new Refusal(notNow, { status });
    },
  );
}

/** What a campaign would say and do, before it does. */
function rehearsalRoutes(http: FastifyInstance, parts: MessagesParts): void {
  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/campaigns/preview",
      scope: "campaigns:read",
      summary: "The message as one family would get it, names masked",
      body: PreviewRequest,
      reply: Preview,
    },
    async ({ workspace, body }) => previewContent(parts, workspace, body),
  );

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/campaigns/:campaign/estimate",
      scope: "campaigns:read",
      summary: "What would happen if it started now: reachable, held out, held by reason",
      params,
      reply: Estimate,
    },
    async ({ workspace, params: { campaign } }) =>
      estimateCampaign(parts, workspace, await existingCampaign(parts.db, workspace.id, campaign)),
  );
}
