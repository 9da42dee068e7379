import type { Breakage } from "@stork/contract/demo.ts";
import type { Message } from "@stork/town/message.ts";
import { findSource } from "../events/sources.store.ts";
import type { Clock } from "../platform/clock.ts";
import { recall, remember } from "../platform/instance.store.ts";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { findWorkspace, type WorkspaceRef } from "../platform/workspaces.store.ts";
import { demo } from "./demo.ts";
import { brokenMessage, feedMessages, howBroken, liveShop, paceMs } from "./live-feed.ts";

export interface LiveFeedParts {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  /** Hands a batch to the collector as a shop's server does, and answers the status. */
  send(writeKey: string, batch: readonly object[]): Promise<number>;
}

/** What was asked for; how far it was sent is kept apart, so that neither overwrites the other. */
interface Asked {
  startedAt: string;
  until: string;
  breaking: { kind: Breakage; from: string } | null;
}

export interface LiveFeedNow extends Asked {
  source: { id: number; name: string };
  isOn: boolean;
}

const task = "demo.feed";
const askedKey = "demo-feed";
const sentKey = "demo-feed-sent";
const everyMs = 2_000;
/** After the last wish it goes on so long and ends, so that a demo that was left does not fill the disk. */
const lastsMs = 30 * 60_000;
const mostAtOnce = 100;

/** A shop of the demo that sends live, well or broken as somebody wishes, through the door that all shops use. */
export class LiveFeed {
  readonly #parts: LiveFeedParts;
  #messages: Generator<Message, never> | undefined;
  /** Made and not taken yet. */
  #waiting: Message[] = [];

  constructor(parts: LiveFeedParts) {
    this.#parts = parts;
  }

  /** As it is; null where the workspace is not the demo. */
  async now(workspace: WorkspaceRef): Promise<LiveFeedNow | null> {
    const source = await this.#source(workspace);
    if (source === null) return null;
    const { id, name } = source;
    const none: Asked = { startedAt: "", until: "", breaking: null };
    const asked = (await recall<Asked>(this.#parts.db, askedKey)) ?? none;
    return { ...asked, source: { id, name }, isOn: this.#isOn(asked) };
  }

  /** Begins to send, or goes on; broken so from now on, or as soon as the watch knows the feed. Null where there is no demo. */
  async ask(workspace: WorkspaceRef, kind: Breakage | null): Promise<LiveFeedNow | null> {
    const { db, jobs, clock } = this.#parts;
    const now = clock.now();
    const before = await this.now(workspace);
    if (before === null) return null;
    const startedAt = before.isOn ? new Date(before.startedAt) : now;
    if (!before.isOn) await remember(db, sentKey, { to: now.toISOString() });
    const breaking = kind === null ? null : { kind, from: fromWhen(kind, startedAt, now).toISOString() };
    const until = new Date(now.getTime() + lastsMs).toISOString();
    await remember(db, askedKey, { startedAt: startedAt.toISOString(), until, breaking } satisfies Asked);
    await jobs.add(db, task, {}, { key: task, runAt: now });
    return this.now(workspace);
  }

  /** Sends what is due by now. */
  async send(): Promise<void> {
    const { db, jobs, clock, log } = this.#parts;
    const now = clock.now();
    const asked = await recall<Asked>(db, askedKey);
    const workspace = await findWorkspace(db, demo.slug);
    const source = workspace && (await this.#source(workspace));
    if (asked === null || source === null || !this.#isOn(asked)) return;
    try {
      const sent = await recall<{ to: string }>(db, sentKey);
      this.#waiting.push(...this.#due(Date.parse(sent?.to ?? asked.startedAt), now.getTime(), asked));
      await remember(db, sentKey, { to: now.toISOString() });
      const status =
        this.#waiting.length === 0 ? 200 : await this.#parts.send(source.writeKey, this.#waiting);
      if (status === 200) this.#waiting = [];
      else log.warn({ event: "demo-feed", status }, "the demo's feed was not taken");
      this.#waiting.splice(0, this.#waiting.length - mostAtOnce);
    } finally {
      const runAt = new Date(now.getTime() + everyMs);
      await jobs.add(db, task, {}, { key: task, runAt });
    }
  }

  #due(from: number, to: number, { breaking }: Asked): Message[] {
    const messages: Message[] = [];
    // After a stop of the server it goes on; it does not make up for what was not sent.
    for (let at = Math.max(from, to - mostAtOnce * paceMs) + paceMs; at <= to; at += paceMs) {
      const said = this.#next();
      const isBroken = breaking !== null && at >= Date.parse(breaking.from);
      const message = isBroken ? brokenMessage(said, breaking.kind) : said;
      if (message !== null) messages.push({ ...message, timestamp: new Date(at).toISOString() });
    }
    return messages;
  }

  #next(): Message {
    this.#messages ??= feedMessages(demo, this.#parts.clock.now());
    return this.#messages.next().value;
  }

  #isOn({ until }: Asked): boolean {
    return until !== "" && this.#parts.clock.now() < new Date(until);
  }

  /** Of the demo that this instance made: a workspace that somebody called so has no such source. */
  async #source({ id, slug }: Pick<WorkspaceRef, "id" | "slug">) {
    if (slug !== demo.slug) return null;
    const made = await recall<{ sources?: Record<string, number>; done?: boolean }>(this.#parts.db, "demo");
    const source = made?.done ? made.sources?.[liveShop] : undefined;
    return source === undefined ? null : findSource(this.#parts.db, id, source);
  }
}

/** The watch must have known it well: what was well too shortly is broken later. */
function fromWhen(kind: Breakage, startedAt: Date, now: Date): Date {
  return new Date(Math.max(now.getTime(), startedAt.getTime() + howBroken[kind].afterMs));
}

export const liveFeedTasks = (feed: LiveFeed): Tasks => ({ [task]: () => feed.send() });
