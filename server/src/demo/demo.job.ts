import { setImmediate } from "node:timers/promises";
import type { Condition } from "@stork/contract/segments.ts";
import type { Events } from "../events/events.store.ts";
import { createSource } from "../events/sources.store.ts";
import { insertChannel } from "../messages/channel.store.ts";
import type { MessagesParts } from "../messages/parts.ts";
import { recall, remember } from "../platform/instance.store.ts";
import { createWorkspace, findWorkspace, type WorkspaceRef } from "../platform/workspaces.store.ts";
import { insertSegment } from "../segments/segments.store.ts";
import { todayIn } from "../segments/today.ts";
import { demo, demoSegments, mailboxChannel, pastCampaign } from "./demo.ts";
import { type Mailbox, openMailbox } from "./mailbox.client.ts";
import { rehearsePastCampaign } from "./past-campaign.job.ts";
import { startDemoJourneys } from "./start-journeys.store.ts";
import { feedSources, townFeed } from "./town-feed.ts";

export interface DemoParts {
  messages: MessagesParts;
  /** Takes a whole part of the town's history as one. */
  commit: Events["commit"];
  master: Buffer;
  organisationId: string;
  /** Works out a segment's membership. */
  evaluate(workspace: WorkspaceRef, segment: number): Promise<void>;
}

/** Done steps, so that a start that was killed in the middle goes on, and one that was not does nothing. */
interface Made {
  sources?: Record<string, number>;
  told?: boolean;
  segments?: Record<string, number>;
  channel?: number;
  mailboxPort?: number;
  until?: string;
  done?: boolean;
}

const key = "demo";

/** The demo's mail server, where the demo was made; null where there is none, or its port is taken by another program. */
export async function openDemoMailbox({ messages }: Pick<DemoParts, "messages">): Promise<Mailbox | null> {
  const made = await recall<Made>(messages.db, key);
  if (made === null) return null;
  const mailbox = await openMailbox(made.mailboxPort ?? 0, messages.clock);
  if (mailbox === null)
    messages.log.warn(
      { event: "demo-mailbox", port: made.mailboxPort },
      "the demo's mail port is taken by another program",
    );
  return mailbox;
}

/** Makes the demo workspace: the town told to the collector, questions asked, one campaign behind it. Does nothing when it is made. */
export async function makeDemo(
  parts: DemoParts,
  open: Mailbox | null,
  tell: (line: string) => void,
): Promise<Mailbox | null> {
  const { messages } = parts;
  const before = (await recall<Made>(messages.db, key)) ?? {};
  if (before.done) return open;
  const made = { ...before };
  const keep = (more: Made): Promise<void> => remember(messages.db, key, Object.assign(made, more));
  const workspace = await demoWorkspace(parts);
  const now = messages.clock.now();
  const until = made.until ?? todayIn(workspace.timeZone, now);
  const mailbox = open ?? (await openMailbox(made.mailboxPort ?? 0, messages.clock));
  await keep({ until, ...(mailbox === null ? {} : { mailboxPort: mailbox.port }) });
  if (!made.sources) await keep({ sources: await makeSources(parts, workspace, now) });
  if (!made.told) {
    await tellTown(parts, workspace, made, tell);
    await keep({ told: true });
  }
  if (!made.segments) await keep({ segments: await makeSegments(parts, workspace, now) });
  for (const id of Object.values(made.segments ?? {})) await parts.evaluate(workspace, id);
  if (mailbox !== null && made.channel === undefined) {
    const { name, from } = mailboxChannel;
    const settings = { host: "127.0.0.1", port: mailbox.port, secure: false, from };
    const channel = { kind: "email" as const, name, settings, secret: null };
    await keep({ channel: (await insertChannel(messages, workspace.id, channel, now)).id });
    tell("演示活动 a campaign of two weeks ago …");
    await rehearse(parts, workspace, made, mailbox);
  }
  const { channel, segments = {} } = made;
  if (channel !== undefined) await startDemoJourneys(messages, workspace.id, { channel, segments });
  await keep({ done: true });
  return mailbox;
}

async function demoWorkspace({ messages, master, organisationId }: DemoParts): Promise<WorkspaceRef> {
  const { slug, name } = demo;
  const made = await createWorkspace(messages.db, master, { slug, name, organisationId }, messages.clock);
  const workspace = made ?? (await findWorkspace(messages.db, slug));
  if (workspace === null) throw new Error("the demo workspace could not be made");
  return workspace;
}

async function makeSources(
  { messages }: DemoParts,
  workspace: WorkspaceRef,
  now: Date,
): Promise<Record<string, number>> {
  const made: Record<string, number> = {};
  for (const { id, name } of feedSources)
    made[id] = (await createSource(messages.db, workspace.id, { kind: "http", name }, now)).id;
  return made;
}

async function tellTown(
  { messages, commit }: DemoParts,
  workspace: WorkspaceRef,
  { sources = {}, until = "" }: Made,
  tell: (line: string) => void,
): Promise<void> {
  const received = messages.clock.now().getTime();
  const { seed, families } = demo;
  const sourceOf = new Map(Object.entries(sources));
  let quarter = 0;
  let underway: Promise<unknown> = Promise.resolve();
  for (const part of townFeed({ seed, families, until, zone: workspace.timeZone, received, sourceOf })) {
    const from = { workspace: workspace.id, received };
    const deliveries = [...part.events].map(([source, events]) => ({ ...from, source, events }));
    // While one is written down the next is made up, read and hashed.
    await underway;
    underway = commit(deliveries);
    underway.catch(() => undefined);
    await setImmediate();
    const reached = Math.floor((part.families / families) * 4);
    if (reached > quarter) tell(`演示数据 demo data ${reached * 25}%（${part.families} 个家庭 families）`);
    quarter = reached;
  }
  await underway;
}

async function makeSegments(
  { messages }: DemoParts,
  workspace: WorkspaceRef,
  now: Date,
): Promise<Record<string, number>> {
  const made: Record<string, number> = {};
  for (const segment of demoSegments as readonly { name: string; where: Condition }[])
    made[segment.name] = (await insertSegment(messages.db, workspace.id, segment, now)).id;
  return made;
}

/** At ten in the morning of its day, when the gate's quiet hours are over. */
async function rehearse(
  { messages, commit }: DemoParts,
  workspace: WorkspaceRef,
  { segments = {}, sources = {}, channel, until = "" }: Made,
  mailbox: Mailbox,
): Promise<void> {
  const segment = segments[pastCampaign.audience];
  const source = sources["miniapp"];
  if (segment === undefined || channel === undefined || source === undefined)
    throw new Error("the demo's campaign has no audience, channel or source");
  const startedAt = new Date(Date.parse(`${until}T10:00:00+08:00`) - pastCampaign.daysAgo * 86_400_000);
  await rehearsePastCampaign({
    ...{ messages, commit, mailbox, workspace, segment, channel, source, startedAt },
    now: messages.clock.now(),
  });
}
