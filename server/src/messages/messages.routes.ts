import type { FastifyInstance } from "fastify";
import { campaignsRoutes } from "./campaigns.routes.ts";
import { channelsRoutes } from "./channels.routes.ts";
import type { Deliverer } from "./deliver.client.ts";
import { linksRoutes } from "./links.routes.ts";
import type { MessagesParts } from "./parts.ts";
import { runRoutes } from "./run.routes.ts";

/** Everything that this room answers. */
export async function messagesRoutes(
  http: FastifyInstance,
  parts: MessagesParts,
  deliverer: Deliverer,
): Promise<void> {
  channelsRoutes(http, parts, deliverer);
  campaignsRoutes(http, parts);
  runRoutes(http, parts);
  await linksRoutes(http, parts);
}
