import { randomUUID } from "node:crypto";
import type { JobContext } from "../platform/jobs.ts";
import { findWorkspace } from "../platform/workspaces.store.ts";
import { chosenByChildren } from "./audience.store.ts";
import { nextAttempt } from "./backoff.ts";
import { type CampaignRecord, findCampaign } from "./campaign.store.ts";
import { unsealChannel } from "./channel.store.ts";
import { beat, claimDue, recoverClaims, type Sending } from "./claim.store.ts";
import { compile } from "./content.ts";
import type { Deliverer } from "./deliver.client.ts";
import { noteSent } from "./notes.store.ts";
import { defaultLeaseSeconds, type MessagesParts } from "./parts.ts";
import { nextOpening } from "./quiet-hours.ts";
import { addSendJob, finishCampaign, holdStopped, nextWork } from "./run.store.ts";
import { type Batch, sendBatch, type Trouble } from "./send-batch.client.ts";
import { postponeCampaign, waitForOpening } from "./settle.store.ts";

const batchSize = 100;
/** Then another job goes on, so that one large campaign does not keep the others waiting. */
const batchesPerJob = 200;

/** Sends what is due of one campaign, and says when to come back. */
export async function sendCampaign(
  parts: MessagesParts,
  deliverer: Deliverer,
  campaignId: number,
  { signal }: Pick<JobContext, "signal">,
): Promise<void> {
  const { db, jobs, clock, leaseSeconds = defaultLeaseSeconds } = parts;
  const batch = await prepare(parts, deliverer, campaignId);
  if (batch === null) return;
  await beat(db, campaignId, batch.sending.owner);
  await recoverClaims(db, campaignId, batch.channel.repeatable);
  await note(parts, batch.campaign);
  if (batch.campaign.status === "running") {
    const opening = nextOpening(clock.now(), batch.sending.timeZone);
    if (opening > clock.now()) await waitForOpening(db, campaignId, opening);
    const trouble = await sendDue(parts, batch, signal);
    if (trouble !== null) {
      const now = clock.now();
      const { reason, afterSeconds } = trouble;
      await postponeCampaign(db, campaignId, trouble, now, (attempts) =>
        nextAttempt(attempts, now, afterSeconds),
      );
      parts.log.warn({ event: "channel-trouble", campaign: campaignId, reason }, "the channel is in trouble");
    }
  }
  await holdStopped(db, campaignId);
  if (await finishCampaign(db, campaignId, clock.now())) return;
  const next = await nextWork(db, campaignId, clock.now(), leaseSeconds);
  if (next !== null) await addSendJob(jobs, db, campaignId, next);
}

/** Batch after batch until nothing is due, the channel fails, or it is another campaign's turn. */
async function sendDue(parts: MessagesParts, batch: Batch, signal: AbortSignal): Promise<Trouble | null> {
  for (let count = 0; count < batchesPerJob && !signal.aborted; count += 1) {
    const { claimed, looked } = await claimDue(parts.db, batch.sending, batchSize, parts.clock.now());
    if (looked === 0) return null;
    const trouble = await sendBatch(parts, batch, claimed, signal);
    await note(parts, batch.campaign);
    if (trouble !== null) return trouble;
  }
  return null;
}

async function prepare(
  { db, vault, keysOf, leaseSeconds = defaultLeaseSeconds }: MessagesParts,
  deliverer: Deliverer,
  campaignId: number,
): Promise<Batch | null> {
  const campaign = await findCampaign(db, campaignId);
  if (campaign === null || campaign.status === "draft") return null;
  const workspace = await findWorkspace(db, campaign.workspace);
  const channel = await unsealChannel({ db, vault }, campaign.workspace, campaign.channel);
  if (workspace === null || channel === null) return null;
  const sending: Sending = {
    campaign: campaignId,
    workspace: workspace.id,
    timeZone: workspace.timeZone,
    addressedBy: channel.addressedBy,
    byChildrenAt: (await chosenByChildren(db, campaign.workspace, campaign.segment))
      ? campaign.startedAt
      : null,
    once: campaign.journey === null,
    owner: `${deliverer.sender}.${randomUUID()}`,
    leaseSeconds,
  };
  const { hash } = await keysOf(workspace.id);
  return { campaign, channel, sending, deliverer, hashKey: hash, compiled: compile(campaign) };
}

async function note(
  { db, clickhouse, clock, onFacts }: MessagesParts,
  campaign: CampaignRecord,
): Promise<void> {
  const nodes = await noteSent(db, clickhouse, campaign.id, clock.now());
  if (nodes.length > 0) onFacts?.(campaign.workspace, nodes, ["Message Sent", "Message Delivered"]);
}
