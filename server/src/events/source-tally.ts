import type { CommittedRow } from "./committed-row.ts";

/** The program that sends, as it names itself. */
export interface Sdk {
  name: string;
  version: string | null;
}

/** What happened at a source since the last time it was written down. */
export interface Tallied {
  source: number;
  /** By minute (ms since 1970) and by what is counted: events, refused:CODE, lag:N. */
  counts: { minute: number; what: string; count: number }[];
  firstAt: number | null;
  lastAt: number | null;
  sdk: Sdk | null;
  refused: { code: string; at: number } | null;
}

interface Bucket {
  events: number;
  lag: Uint32Array;
  refused: Map<string, number>;
}

interface Standing {
  buckets: Map<number, Bucket>;
  firstAt: number | null;
  lastAt: number | null;
  sdk: Sdk | null;
  refused: { code: string; at: number } | null;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Older ones are counted by the day: a history that is brought in has many minutes that nobody will look at. */
const keptByMinuteMs = 2 * dayMs;
/** What is written so long after its receipt did not just come. */
const liveMs = 10 * minuteMs;
const lagClasses = 24;
const sdkEveryMs = 30_000;

/** Counts what arrives, by source and minute, in memory; every event pays for it, so it does next to nothing. */
export class SourceTally {
  #sources = new Map<number, Standing>();
  readonly #sdkAt = new Map<number, number>();

  committed(rows: readonly CommittedRow[], now: number): void {
    let source = -1;
    let received = -1;
    let bucket: Bucket | undefined;
    for (const { event, origin } of rows) {
      if (bucket === undefined || origin.source !== source || origin.received !== received) {
        source = origin.source;
        received = origin.received;
        const standing = this.#standing(source);
        standing.firstAt = Math.min(standing.firstAt ?? received, received);
        standing.lastAt = Math.max(standing.lastAt ?? received, received);
        bucket = bucketAt(standing, received, now);
      }
      bucket.events += 1;
      // Only of what came by itself: a file's rows, and a past that is told, were received long before they are written.
      if (origin.import === 0 && now - received < liveMs) {
        const class_ = lagClass(received - event.at);
        bucket.lag[class_] = (bucket.lag[class_] as number) + 1;
      }
    }
  }

  refused(source: number, code: string, count: number, at: number): void {
    const standing = this.#standing(source);
    const { refused } = bucketAt(standing, at, at);
    refused.set(code, (refused.get(code) ?? 0) + count);
    standing.refused = { code, at };
  }

  /** Asked before the name of a sender's program is looked for: once in a while is enough. */
  wantsSdk(source: number, now: number): boolean {
    const until = this.#sdkAt.get(source);
    if (until !== undefined && until > now && until <= now + sdkEveryMs) return false;
    this.#sdkAt.set(source, now + sdkEveryMs);
    return true;
  }

  heard(source: number, sdk: Sdk): void {
    this.#standing(source).sdk = sdk;
  }

  /** Everything since the last time, and starts anew. */
  drain(): Tallied[] {
    const sources = this.#sources;
    this.#sources = new Map();
    return [...sources].map(([source, { buckets, ...rest }]) => ({
      source,
      ...rest,
      counts: [...buckets].flatMap(([minute, bucket]) => countsOf(bucket).map((one) => ({ minute, ...one }))),
    }));
  }

  #standing(source: number): Standing {
    const known = this.#sources.get(source);
    if (known !== undefined) return known;
    const fresh: Standing = { buckets: new Map(), firstAt: null, lastAt: null, sdk: null, refused: null };
    this.#sources.set(source, fresh);
    return fresh;
  }
}

function bucketAt({ buckets }: Standing, at: number, now: number): Bucket {
  const unit = now - at > keptByMinuteMs ? dayMs : minuteMs;
  const minute = at - (at % unit);
  const known = buckets.get(minute);
  if (known !== undefined) return known;
  const fresh: Bucket = { events: 0, lag: new Uint32Array(lagClasses), refused: new Map() };
  buckets.set(minute, fresh);
  return fresh;
}

/** Class n arrived within 2^n seconds. */
export function lagClass(lagMs: number): number {
  const seconds = Math.ceil(lagMs / 1000);
  return seconds <= 1 ? 0 : Math.min(lagClasses - 1, 32 - Math.clz32(Math.min(seconds - 1, 2 ** 30)));
}

function countsOf({ events, lag, refused }: Bucket): { what: string; count: number }[] {
  const counts = [...refused].map(([code, count]) => ({ what: `refused:${code}`, count }));
  if (events > 0) counts.push({ what: "events", count: events });
  for (const [class_, count] of lag.entries()) if (count > 0) counts.push({ what: `lag:${class_}`, count });
  return counts;
}

/** The classes of what came as it happened: within two hours, roughly (class 13 ends at 8,192 s). */
export const promptClasses = Array.from({ length: 14 }, (_, class_) => `lag:${class_}`);

/** The lag that `share` of the events did not exceed, from counts by class; null without any. */
export function lagAt(classes: ReadonlyMap<number, number>, share: number): number | null {
  const total = [...classes.values()].reduce((sum, count) => sum + count, 0);
  let sum = 0;
  for (const class_ of [...classes.keys()].sort((a, b) => a - b)) {
    sum += classes.get(class_) ?? 0;
    if (sum >= total * share) return 2 ** class_;
  }
  return null;
}
