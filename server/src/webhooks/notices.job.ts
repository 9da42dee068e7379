import { type ClickHouse, ch, instant, list, u32, u64 } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { findSegments } from "../segments/segments.store.ts";
import { writingSince } from "../segments/writing.store.ts";
import { changeDelivery, type SegmentChange } from "./bodies.ts";
import { addDeliveries } from "./deliveries.store.ts";
import { createEventNotices, type EventNotices } from "./event-notices.store.ts";
import { findChangesUntil, findLive, noteChangesUntil, type WebhookRow } from "./webhooks.store.ts";
import { mayBeQueued } from "./withheld.store.ts";

export interface NoticesDeps {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  log: Log;
  /** There is something to send. */
  wake(): void;
}

export interface Notices extends EventNotices {
  /** Queues deliveries of changes of segments. */
  lookAtSegments(): Promise<void>;
  /** Webhooks were added or changed. */
  changed(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

const everyMs = 1_000;
/** Webhooks added by another server are known here after this long. */
const readAgainMs = 5_000;
/** A change may be written this long after the time it bears. */
const lateMs = 30_000;
const quietMs = 60_000;

export function createNotices({ db, clickhouse, clock, log, wake }: NoticesDeps): Notices {
  let live: readonly WebhookRow[] = [];
  let readAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const read = async (): Promise<void> => {
    live = await findLive(db);
    readAt = performance.now();
  };

  /** What comes before the first reading is told of, too. */
  const known = async () => {
    if (readAt === 0) await read();
    return live;
  };
  const events = createEventNotices({ db, clock, wake, live: known });

  const look = async (): Promise<void> => {
    if (performance.now() - readAt > readAgainMs) await read();
    const now = clock.now();
    for (const webhook of live.filter(({ segments }) => segments.length > 0)) {
      const found = await tellOfSegments({ db, clickhouse }, webhook, now);
      if (found > 0) wake();
    }
  };
  const lookAtSegments = (): Promise<void> => {
    looking = looking.then(look).catch((error: Error) => {
      log.warn(
        { event: "webhooks-not-noticed", error: error.name },
        "changes of segments are looked at again",
      );
    });
    return looking;
  };
  return {
    ...events,
    lookAtSegments,
    changed: read,
    start() {
      void lookAtSegments();
      timer = setInterval(() => void lookAtSegments(), everyMs).unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** What one statement and one page of memory hold. */
const page = 5_000;

interface Found extends SegmentChange {
  ms: number;
}

/**
 * Queues the changes since the last look, page by page: a segment that is worked out anew may change for a million at
 * once. How far it went follows the clock, not the last change, so that nothing is looked at for ever.
 */
async function tellOfSegments(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  webhook: WebhookRow,
  now: Date,
): Promise<number> {
  const { id, workspace, segments } = webhook;
  const from = await findChangesUntil(db, id);
  if (from === null) return 0;
  // Not beyond what is being written, or was left half written by a process that died.
  const writing = (await writingSince(db, workspace)) ?? now;
  const until = new Date(Math.min(now.getTime() - lateMs, writing.getTime() - 1));
  const names = new Map((await findSegments(db, workspace)).map((one) => [one.id, one.name]));
  let told = 0;
  let after: Found | null = null;
  for (;;) {
    const changes: Found[] = await findChanges(clickhouse, { workspace, segments }, { from, to: now, after });
    const deliveries = changes.map((one) => changeDelivery(id, names.get(one.segment) ?? "", one));
    await addDeliveries(db, await mayBeQueued(db, webhook, deliveries, now), now);
    told += changes.length;
    after = changes.at(-1) ?? null;
    if (changes.length < page) break;
  }
  // Not each second for webhooks of which nobody changes.
  if (told > 0 || until.getTime() - from.getTime() > quietMs) await noteChangesUntil(db, id, until);
  return told;
}

async function findChanges(
  clickhouse: ClickHouse,
  { workspace, segments }: { workspace: number; segments: readonly number[] },
  { from, to, after }: { from: Date; to: Date; after: Found | null },
): Promise<Found[]> {
  const beyond =
    after === null
      ? ch``
      : ch`and (change.at, segment, person, member) > (${instant(new Date(after.ms))}, ${u32(after.segment)},
          ${u64(after.person)}, ${u32(after.member)})`;
  return clickhouse.query<Found>(ch`
    select segment, person, member, concat(replaceOne(toString(change.at), ' ', 'T'), 'Z') as at,
      toUnixTimestamp64Milli(change.at) as ms
    from membership_change as change
    where workspace = ${u32(workspace)} and segment in ${list("UInt32", segments)}
      and change.at > ${instant(from)} and change.at <= ${instant(to)} ${beyond}
    order by change.at, segment, person, member limit ${u32(page)}`);
}
