import { exportsRoutes } from "../exports/exports.routes.ts";
import { createDeliverer } from "../messages/deliver.client.ts";
import { holdMessages } from "../messages/hold.store.ts";
import { messagesRoutes } from "../messages/messages.routes.ts";
import { messagesTasks, watchCampaigns } from "../messages/tasks.job.ts";
import { jobs } from "../platform/jobs.ts";
import type { Chosen } from "./choose.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** What to say to them, and what is taken out of the house: campaigns, channels, the gate, exports. */
export async function reach(house: House, { people, keysOf, stoppers }: Known, { touched }: Chosen) {
  const { db, clickhouse, clock, log, http, publicUrl } = house;
  const parts = {
    ...{ db, clickhouse, clock, jobs, log, vault: people.vault, keysOf, publicUrl },
    onFacts: touched,
    stoppers,
  };
  const deliverer = createDeliverer(clock);
  house.closing.push(() => deliverer.close());
  await messagesRoutes(http, parts, deliverer);
  const campaigns = await watchCampaigns(parts, deliverer);
  house.closing.push(() => campaigns.stop());
  stoppers.inside.push((tx, whom, reason) =>
    holdMessages(tx, whom, reason === "silence" ? "silence" : "consent-withdrawn"),
  );
  Object.assign(house.tasks, messagesTasks(parts, deliverer));
  exportsRoutes(http, { db, clickhouse, clock, vault: people.vault });
  return { messages: parts, deliverer };
}

export type Reached = Awaited<ReturnType<typeof reach>>;
