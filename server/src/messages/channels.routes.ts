import { Channel, ChannelTest, CreatedChannel, NewChannel } from "@stork/contract/campaigns.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { newSecret } from "../platform/crypto.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { type ChannelRecord, insertChannel, listChannels, removeChannel } from "./channel.store.ts";
import { sendTest } from "./channel-test.client.ts";
import { divideSettings } from "./channels.ts";
import type { Deliverer } from "./deliver.client.ts";
import type { MessagesParts } from "./parts.ts";
import { channelInUse, unknownChannel } from "./refusals.ts";
import { withoutKeys } from "./shown-settings.ts";

const params = z.object({ channel: z.string() });

export function channelsRoutes(http: FastifyInstance, parts: MessagesParts, deliverer: Deliverer): void {
  const { db, vault, clock } = parts;

  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/channels",
      scope: "campaigns:read",
      summary: "The ways in which messages leave, without their secrets",
      reply: z.object({ items: z.array(Channel) }),
    },
    async ({ workspace, caller }) => {
      const items = (await listChannels(db, workspace.id)).map(shown);
      if (caller.scopes.has("settings:write")) return { items };
      return { items: items.map((one) => ({ ...one, settings: withoutKeys(one.settings) })) };
    },
  );

  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/channels",
      scope: "settings:write",
      summary: "Makes a channel; its secret is sealed and never read back",
      body: NewChannel,
      reply: CreatedChannel,
      status: 201,
    },
    async ({ workspace, body }) => {
      const { open, secret, show } = divideSettings(body, makeSecret);
      const { kind, name } = body;
      const made = await insertChannel(
        { db, vault },
        workspace.id,
        { kind, name, settings: open, secret },
        clock.now(),
      );
      return { ...shown(made), ...(show !== null ? { secret: show } : {}) };
    },
  );

  workspaceRoute(
    http,
    {
      method: "DELETE",
      path: "/channels/:channel",
      scope: "settings:write",
      summary: "Removes a channel that no unfinished campaign uses",
      params,
      reply: null,
    },
    async ({ workspace, params: { channel } }) => {
      const removal = await removeChannel(db, workspace.id, idOf(channel), clock.now());
      if (removal === "unknown") throw new Refusal(unknownChannel);
      if (removal === "in-use") throw new Refusal(channelInUse);
    },
  );

  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/channels/:channel/test",
      scope: "campaigns:write",
      summary: "Sends a test to the signed-in user's own address, or to the webhook, and says what came back",
      params,
      reply: ChannelTest,
    },
    async ({ workspace, caller, params: { channel } }) =>
      sendTest(parts, deliverer, workspace.id, idOf(channel), caller.userId),
  );
}

const makeSecret = (): string => `whsec_${Buffer.from(newSecret(), "base64url").toString("base64")}`;

const idOf = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Refusal(unknownChannel);
  return Number(text);
};

const shown = ({ id, createdAt, ...rest }: ChannelRecord): Channel => ({
  ...rest,
  id: String(id),
  createdAt: createdAt.toISOString(),
});
