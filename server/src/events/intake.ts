import type { Log } from "../platform/log.ts";
import { Refusal } from "../platform/refusal.ts";
import { type Collector, type Outcome, Overloaded } from "./collector.ts";
import type { Event } from "./event.ts";
import { notCommitted, overloaded } from "./refusals.ts";
import type { KeyHolder } from "./source-keys.store.ts";
import type { Sdk } from "./source-tally.ts";
import type { SourceWatch } from "./source-watch.store.ts";

/** One item refused at the door, as it came. */
export interface RefusedNow {
  code: string;
  item: unknown;
}

/** Told how many items of a source were refused for one reason. Later rooms hand theirs in through main. */
export type OnRefused = (workspace: number, source: number, code: string, count: number) => void;

/** Keeps refused items for somebody to put right. */
export type KeepRefused = (
  holder: Pick<KeyHolder, "workspace" | "source">,
  kind: "event" | "device",
  items: readonly RefusedNow[],
  at: Date,
) => Promise<void>;

/** What every live protocol does once it has read its items: commit the good, remember the bad. */
export interface Intake {
  /** Answers one outcome per event when all are committed; throws a refusal that asks to send again otherwise. */
  commit(holder: KeyHolder, received: number, events: readonly Event[]): Promise<Outcome[]>;
  refuse(
    holder: KeyHolder,
    kind: "event" | "device",
    items: readonly RefusedNow[],
    received: number,
  ): Promise<void>;
  /** `name` is asked for once in a while only. */
  heard(holder: KeyHolder, received: number, name: () => Sdk | null): void;
}

export interface IntakeParts {
  collector: Pick<Collector, "collect">;
  log: Log;
  watch?: Pick<SourceWatch, "tally" | "tail">;
  onRefused?: readonly OnRefused[];
  keepRefused?: KeepRefused;
}

/** Of a source that sends rubbish, this many items a minute are kept to look at; all are counted. */
const mostKeptPerMinute = 1_000;

export function createIntake({ collector, log, watch, onRefused = [], keepRefused }: IntakeParts): Intake {
  const kept = new Map<number, { minute: number; count: number }>();

  function room(source: number, received: number): number {
    const minute = Math.floor(received / 60_000);
    const known = kept.get(source);
    if (known?.minute === minute) return mostKeptPerMinute - known.count;
    if (kept.size > 10_000) kept.clear();
    kept.set(source, { minute, count: 0 });
    return mostKeptPerMinute;
  }

  return {
    async commit(holder, received, events) {
      if (events.length === 0) return [];
      try {
        return await collector.collect({ ...holder, received, events });
      } catch (error) {
        if (error instanceof Overloaded) throw new Refusal(overloaded);
        // Only the kind of the error: its text may quote the rows.
        const { name, code } = error as Error & { code?: string };
        log.error({ event: "collect-not-committed", error: name, code }, "events not committed");
        // The cause tells the health page of a full disk.
        throw Object.assign(new Refusal(notCommitted), { cause: error });
      }
    },
    async refuse(holder, kind, items, received) {
      if (items.length === 0) return;
      const { workspace, source } = holder;
      for (const [code, some] of Map.groupBy(items, (one) => one.code)) {
        watch?.tally.refused(source, code, some.length, received);
        for (const told of onRefused) told(workspace, source, code, some.length);
      }
      for (const { code, item } of items.slice(-20)) watch?.tail.refused(source, code, item, received);
      const some = items.slice(0, Math.max(0, room(source, received)));
      if (some.length === 0 || keepRefused === undefined) return;
      const entry = kept.get(source);
      if (entry !== undefined) entry.count += some.length;
      // The sender is told of each item; that it could not be kept besides is no reason to fail.
      await keepRefused(holder, kind, some, new Date(received)).catch((error: Error) =>
        log.warn({ event: "refused-not-kept", error: error.name }, "refused items not kept"),
      );
    },
    heard(holder, received, name) {
      if (watch === undefined || !watch.tally.wantsSdk(holder.source, received)) return;
      const sdk = name();
      if (sdk !== null) watch.tally.heard(holder.source, sdk);
    },
  };
}

const sdkForm = /^[\w@./ -]{1,60}$/;

/** The name a program gives itself, when it looks like one. */
export function sdkNamed(name: unknown, version: unknown): Sdk | null {
  if (typeof name !== "string" || !sdkForm.test(name)) return null;
  return { name, version: typeof version === "string" && sdkForm.test(version) ? version : null };
}

/** A program without an SDK's name by its User-Agent (curl/8.5.0); a browser's says nothing of the program in it. */
export function sdkOfAgent(agent: string | undefined): Sdk | null {
  const [, name, version] = /^([A-Za-z][\w.-]{0,40})(?:\/([\w.-]{1,20}))?/.exec(agent ?? "") ?? [];
  return name === undefined || name === "Mozilla" ? null : { name, version: version ?? null };
}
