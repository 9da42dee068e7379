import { Campaign, Retried, RetryRequest } from "@stork/contract/campaigns.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { type CampaignRecord, countMessages } from "./campaign.store.ts";
import { draftOf, existingCampaign, shownCampaign } from "./campaign-form.store.ts";
import { findChannel } from "./channel.store.ts";
import { compile } from "./content.ts";
import type { MessagesParts } from "./parts.ts";
import { notNow, unknownChannel } from "./refusals.ts";
import { pauseCampaign, resumeCampaign, retryMessages, startCampaign, stopCampaign } from "./run.store.ts";

const params = z.object({ campaign: z.string() });

/** Start, pause, resume, stop, retry: each takes effect at once, or says why it cannot. */
export function runRoutes(http: FastifyInstance, parts: MessagesParts): void {
  const { db, jobs, clock } = parts;
  const action = (
    verb: "start" | "pause" | "resume" | "stop",
    summary: string,
    act: (campaign: CampaignRecord) => Promise<boolean>,
  ): void =>
    workspaceRoute(
      http,
      {
        method: "POST",
        path: `/campaigns/:campaign/${verb}`,
        scope: "campaigns:write",
        summary,
        params,
        reply: Campaign,
      },
      async ({ workspace, params: { campaign } }) => {
        const before = await existingCampaign(db, workspace.id, campaign);
        if (!(await act(before))) throw new Refusal(notNow, { status: before.status });
        const after = await existingCampaign(db, workspace.id, campaign);
        return shownCampaign(after, (await countMessages(db, [after.id])).get(after.id));
      },
    );

  action("start", "Freezes the audience and begins to send", async (campaign) => {
    await draftOf(db, campaign.workspace, startable(campaign));
    return startCampaign(db, jobs, campaign.id, compile(campaign).links, clock.now());
  });
  action("pause", "Stops sending until resumed", ({ id }) => pauseCampaign(db, id));
  action("resume", "Goes on where it was paused", ({ id }) => resumeCampaign(db, jobs, id, clock.now()));
  action("stop", "Ends it: whoever was not reached yet will not be", ({ id }) =>
    stopCampaign(db, id, clock.now()),
  );

  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/campaigns/:campaign/retry",
      scope: "campaigns:write",
      summary: "Tries again what was parked, or sends again what may have arrived",
      params,
      body: RetryRequest,
      reply: Retried,
    },
    async ({ workspace, params: { campaign }, body: { what } }) => {
      const { id, status, channel } = await existingCampaign(db, workspace.id, campaign);
      if ((await findChannel(db, workspace.id, channel)) === null) throw new Refusal(unknownChannel);
      const messages = await retryMessages(db, jobs, id, what, clock.now());
      if (messages === null) throw new Refusal(notNow, { status });
      return { messages };
    },
  );
}

/** Checked once more at the start: segment and channel may be gone since the draft was saved. */
const startable = (campaign: CampaignRecord) => {
  const { name, segment, channel, content, holdoutShare, conversion } = shownCampaign(campaign, undefined);
  return { name, segment, channel, content, holdoutShare, conversion };
};
