import { createDeliverer } from "../messages/deliver.client.ts";
import { messagesRoutes } from "../messages/messages.routes.ts";
import { messagesTasks, watchCampaigns } from "../messages/tasks.job.ts";
import { jobs } from "../platform/jobs.ts";
import type { Chosen } from "./choose.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** What to say to them: campaigns, channels, the gate. */
export async function reach(house: House, { people, keysOf }: Known, { touched }: Chosen) {
  const { db, clickhouse, clock, log, http, publicUrl } = house;
  const parts = {
    ...{ db, clickhouse, clock, jobs, log, vault: people.vault, keysOf, publicUrl },
    onFacts: touched,
  };
  const deliverer = createDeliverer(clock);
  house.closing.push(() => deliverer.close());
  await messagesRoutes(http, parts, deliverer);
  const campaigns = await watchCampaigns(parts, deliverer);
  house.closing.push(() => campaigns.stop());
  Object.assign(house.tasks, messagesTasks(parts, deliverer));
  return { messages: parts, deliverer };
}

export type Reached = Awaited<ReturnType<typeof reach>>;
