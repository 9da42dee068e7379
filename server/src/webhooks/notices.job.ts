import { sql } from "kysely";
import type { CommittedRow, OnCommitted } from "../events/commit.store.ts";
import { type ClickHouse, ch, instant, list, u32 } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { findSegments } from "../segments/segments.store.ts";
import { changeDelivery, eventDelivery, type SegmentChange } from "./bodies.ts";
import { addDeliveries } from "./deliveries.store.ts";
import { findLive, type WebhookRow } from "./webhooks.store.ts";

export interface NoticesDeps {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  log: Log;
  /** There is something to send. */
  wake(): void;
}

export interface Notices {
  /** Queues deliveries of events before their sender is answered, so that what was acknowledged is told of. */
  onCommitted: OnCommitted;
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

export function createNotices({ db, clickhouse, clock, log, wake }: NoticesDeps): Notices {
  let live: readonly WebhookRow[] = [];
  let readAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  const read = async (): Promise<void> => {
    live = await findLive(db);
    readAt = performance.now();
  };

  const tellOfEvents = async (workspace: number, rows: readonly CommittedRow[]): Promise<void> => {
    const mine = live.filter((one) => one.workspace === workspace && one.events.length > 0);
    if (mine.length === 0) return;
    const wanted = rows.flatMap((row) =>
      mine.filter(({ events }) => events.includes(row.event.name)).map(({ id }) => ({ id, row })),
    );
    if (wanted.length === 0) return;
    const persons = await personsOf(db, [...new Set(wanted.map(({ row }) => row.node))]);
    const deliveries = wanted.map(({ id, row }) => eventDelivery(id, row, persons.get(row.node) ?? row.node));
    await addDeliveries(db, deliveries, clock.now());
    wake();
  };

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
    onCommitted: (workspace, _nodes, _names, rows) => tellOfEvents(workspace, rows),
    lookAtSegments,
    changed: read,
    start() {
      void read();
      timer = setInterval(() => void lookAtSegments(), everyMs).unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

async function personsOf(db: Db, nodes: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where id = any(${[...nodes]}::bigint[])`.execute(db);
  return new Map(rows.map(({ id, person }) => [id, person]));
}

/** The changes since the last look, and how far it went, in one transaction. */
async function tellOfSegments(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  webhook: WebhookRow,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ until: Date; created: Date }>`
    select changes_until as until, created_at as created from webhook where id = ${webhook.id}`.execute(db);
  const until = rows[0]?.until;
  if (until === undefined) return 0;
  // Never from before it was made, or resumed: whoever was in the segment then has not entered.
  const from = new Date(Math.max(until.getTime() - lateMs, (rows[0]?.created ?? until).getTime()));
  const changes = await clickhouse.query<SegmentChange>(ch`
    select segment, person, member, concat(replaceOne(toString(change.at), ' ', 'T'), 'Z') as at
    from membership_change as change
    where workspace = ${u32(webhook.workspace)} and segment in ${list("UInt32", webhook.segments)}
      and change.at > ${instant(from)} and change.at <= ${instant(now)}
    order by change.at limit 20000`);
  if (changes.length === 0) return 0;
  const names = new Map((await findSegments(db, webhook.workspace)).map(({ id, name }) => [id, name]));
  const newest = changes.at(-1)?.at ?? "";
  await db.transaction().execute(async (tx) => {
    const deliveries = changes.map((one) => changeDelivery(webhook.id, names.get(one.segment) ?? "", one));
    await addDeliveries(tx, deliveries, now);
    await sql`
      update webhook set changes_until = greatest(changes_until, ${new Date(newest)}) where id = ${webhook.id}`.execute(
      tx,
    );
  });
  return changes.length;
}
