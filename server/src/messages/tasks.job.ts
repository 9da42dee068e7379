import type { Tasks } from "../platform/jobs.ts";
import type { Deliverer } from "./deliver.client.ts";
import { defaultLeaseSeconds, type MessagesParts } from "./parts.ts";
import { planCampaign } from "./plan.job.ts";
import { showPresence } from "./presence.store.ts";
import { takeUpForgotten } from "./run.store.ts";
import { sendCampaign } from "./send.job.ts";

/** The room's background work. */
export function messagesTasks(parts: MessagesParts, deliverer: Deliverer): Tasks {
  return {
    "campaign.plan": (payload, context) =>
      planCampaign(parts, campaignOf(payload), context, `${deliverer.sender}.`),
    "campaign.send": (payload, context) => sendCampaign(parts, deliverer, campaignOf(payload), context),
  };
}

const campaignOf = (payload: unknown): number => Number((payload as { campaign: number }).campaign);

/** Looks after campaigns whose server died: at once, and every few seconds from then on. */
export async function watchCampaigns(
  parts: MessagesParts,
  { sender }: Pick<Deliverer, "sender">,
): Promise<{ stop(): Promise<void> }> {
  const { db, jobs, clock, log, leaseSeconds = defaultLeaseSeconds } = parts;
  const look = async (): Promise<void> => {
    const found = await takeUpForgotten(db, jobs, clock.now(), leaseSeconds);
    if (found > 0) log.info({ event: "campaigns-taken-up", campaigns: found }, "campaigns taken up");
  };
  const presence = await showPresence(db, sender, log);
  await look();
  const timer = setInterval(
    () => {
      look().catch((error: Error) =>
        log.warn({ event: "campaign-watch", error: error.message }, "watch failed"),
      );
    },
    (leaseSeconds * 1000) / 2,
  );
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await presence.leave();
    },
  };
}
