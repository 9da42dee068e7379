import { catalogue } from "@stork/town/catalogue.ts";
import { chanceOf, pick, whole, yes } from "@stork/town/chance.ts";
import type { Event } from "../events/event.ts";
import type { Events } from "../events/events.store.ts";
import { readSegmentMessage } from "../events/segment-message.ts";
import { findCampaign, insertCampaign } from "../messages/campaign.store.ts";
import { compile } from "../messages/content.ts";
import { createDeliverer } from "../messages/deliver.client.ts";
import { type Note, writeNotes } from "../messages/notes.store.ts";
import type { MessagesParts } from "../messages/parts.ts";
import { planCampaign } from "../messages/plan.job.ts";
import { showPresence } from "../messages/presence.store.ts";
import { startCampaign } from "../messages/run.store.ts";
import { sendCampaign } from "../messages/send.job.ts";
import { readLink } from "../messages/tracked.store.ts";
import { unsubscribe } from "../messages/unsubscribe.store.ts";
import { handClock } from "../platform/clock.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { demo, pastCampaign } from "./demo.ts";
import type { Mailbox, ReceivedMail } from "./mailbox.client.ts";

export interface PastParts {
  messages: MessagesParts;
  commit: Events["commit"];
  mailbox: Mailbox;
  workspace: WorkspaceRef;
  segment: number;
  channel: number;
  /** The source that the extra orders arrive from. */
  source: number;
  startedAt: Date;
  now: Date;
}

/** Nothing is left for the job runner: the past is sent here and now, by a clock that stands at its time. */
const noJobs: Jobs = { add: async () => {} };
const maximumMails = 100_000;
const mostMinutes = 240;
const dayMs = 86_400_000;
const returnGoods = catalogue.filter(({ category }) => category === "formula" || category === "diapers");

/** Sends the past campaign through the true engine, gate and mail server, then lets the town answer it. */
export async function rehearsePastCampaign(parts: PastParts): Promise<void> {
  const { messages, mailbox, workspace, segment, channel, startedAt } = parts;
  const clock = handClock(startedAt);
  const past: MessagesParts = { ...messages, jobs: noJobs, clock };
  const { name, content, holdoutShare, withinDays } = pastCampaign;
  const draft = {
    ...{ name, segment, channel, ...content, holdoutShare },
    conversionEvent: "Order Completed",
    conversionDays: withinDays,
  };
  const campaign = await insertCampaign(
    past.db,
    workspace.id,
    draft,
    `demo-${demo.seed}`,
    new Date(startedAt.getTime() - 3_600_000),
  );
  await startCampaign(past.db, noJobs, campaign, compile(content).links, startedAt);
  const deliverer = createDeliverer(past.clock);
  const presence = await showPresence(past.db, deliverer.sender, past.log);
  const context = { signal: new AbortController().signal };
  try {
    await planCampaign(past, campaign, context, `${deliverer.sender}.`);
    // A mail server that is slow on a busy machine makes messages wait; then it is a minute later, until all have gone.
    for (let minute = 0; minute < mostMinutes; minute += 1) {
      await sendCampaign(past, deliverer, campaign, context);
      if ((await findCampaign(past.db, campaign))?.status !== "running") break;
      clock.advance(60_000);
    }
  } finally {
    deliverer.close();
    await presence.leave();
  }
  const after = await findCampaign(past.db, campaign);
  if (after?.status !== "done") throw new Error(`the demo's campaign ended as ${after?.status}`);
  await answer(parts, mailbox.newest(maximumMails));
}

/** Who was written to opens the link, buys what she would not have bought, or asks for quiet: by chance alone, so the effect is known. */
async function answer(parts: PastParts, mails: readonly ReceivedMail[]): Promise<void> {
  const { messages, commit, workspace, source, startedAt, now } = parts;
  const events: Event[] = [];
  const clicks: Note[] = [];
  for (const mail of mails) {
    const chance = chanceOf(demo.seed, mail.to, "answer");
    const at = startedAt.getTime() + whole(chance, 5, 60 * 20) * 60_000;
    if (yes(chance, pastCampaign.clickers)) clicks.push(...(await clickOf(messages, mail, new Date(at))));
    if (yes(chance, pastCampaign.extraBuyers)) {
      const boughtAt = at + whole(chance, 1, Math.floor((pastCampaign.withinDays - 2) * 24)) * 3_600_000;
      if (boughtAt < now.getTime()) events.push(orderOf(parts, mail, boughtAt, chance));
    }
    if (yes(chance, pastCampaign.leavers)) await leave(messages, mail, new Date(at));
  }
  await writeNotes(messages.clickhouse, clicks, now);
  if (events.length > 0) await commit([{ workspace: workspace.id, source, received: now.getTime(), events }]);
}

async function clickOf(messages: MessagesParts, { html }: ReceivedMail, at: Date): Promise<Note[]> {
  const token = /\/t\/([\w-]+)/.exec(html)?.[1];
  const link = token === undefined ? null : await readLink(messages, "click", token);
  if (link === null) return [];
  const { workspace, message, campaign, channel, person } = link;
  return [
    {
      ...{ workspace, message, campaign, channel, at },
      node: link.node ?? person,
      name: "Message Clicked",
      which: link.link,
    },
  ];
}

async function leave(messages: MessagesParts, { html }: ReceivedMail, at: Date): Promise<void> {
  const token = /\/u\/([\w-]+)/.exec(html)?.[1];
  const link = token === undefined ? null : await readLink(messages, "unsubscribe", token);
  if (link !== null) await unsubscribe({ ...messages, clock: { now: () => at } }, link);
}

function orderOf(
  { source, workspace, now }: PastParts,
  { to }: ReceivedMail,
  at: number,
  chance: () => number,
): Event {
  const product = pick(chance, returnGoods);
  const total = product.priceFen / 100;
  const { sku, productId: product_id, category, name } = product;
  const products = [{ product_id, sku, category, name, price: total, quantity: 1 }];
  const id = `demo-return-${Math.floor(at / dayMs)}-${Math.floor(chance() * 1e12)}`;
  const event = readSegmentMessage(
    {
      type: "track",
      event: "Order Completed",
      messageId: id,
      anonymousId: id,
      timestamp: new Date(at).toISOString(),
      properties: { order_id: id, total, currency: "CNY", products },
      context: { traits: { email: to } },
    },
    {
      source,
      zone: workspace.timeZone,
      received: now.getTime(),
      sentAt: undefined,
      type: undefined,
      freshId: () => id,
    },
  );
  if (typeof event === "string") throw new Error(`${id} was refused: ${event}`);
  return event;
}
