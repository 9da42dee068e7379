import { sql } from "kysely";
import { type ClickHouse, ch, instant } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import type { OnCommitted } from "./commit.store.ts";
import { SourceTail } from "./source-tail.ts";
import { SourceTally, type Tallied } from "./source-tally.ts";

/** How every source is doing: counted in memory as it arrives, written down each second, checked against the facts. */
export interface SourceWatch {
  readonly tally: SourceTally;
  readonly tail: SourceTail;
  readonly onCommitted: OnCommitted;
  /** Writes down what was counted; whoever is about to show figures calls it. */
  flush(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export interface WatchParts {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  log: Log;
}

const flushEveryMs = 1_000;
const recountEveryMs = 3_600_000;
/** Events received longer ago than this are surely committed and counted in the facts. */
const settledMs = 10 * 60_000;
const keptMs = 49 * 3_600_000;
/** A reader waits this long for the first count after a start. */
const patienceMs = 1_500;

export function createSourceWatch(parts: WatchParts): SourceWatch {
  const { db, clock, log } = parts;
  const tally = new SourceTally();
  const tail = new SourceTail();
  const timers: NodeJS.Timeout[] = [];
  let turn: Promise<void> = Promise.resolve();
  let counted: Promise<unknown> = Promise.resolve();

  const write = () => {
    turn = turn.catch(() => undefined).then(() => writeTallies(db, tally.drain()));
    return turn;
  };
  const quietly = (work: Promise<unknown>, event: string) =>
    work.catch((error: Error) => log.warn({ event, error: error.name }, "figures of sources not written"));

  return {
    tally,
    tail,
    onCommitted: (_workspace, _nodes, _names, rows) => {
      tally.committed(rows, clock.now().getTime());
      tail.committed(rows);
    },
    async flush() {
      await Promise.race([counted, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
      await write();
    },
    start() {
      counted = quietly(recount(parts, true), "sources-recount");
      const beat = setInterval(() => void quietly(write(), "sources-flush"), flushEveryMs);
      const hourly = setInterval(() => void quietly(recountInTurn(parts), "sources-recount"), recountEveryMs);
      for (const timer of [beat, hourly]) timers.push(timer.unref());
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await counted;
      await quietly(write(), "sources-flush");
    },
  };
}

async function writeTallies(db: Db, tallied: readonly Tallied[]): Promise<void> {
  if (tallied.length === 0) return;
  const counts = tallied
    .flatMap(({ source, counts }) => counts.map((one) => ({ source, ...one })))
    // In one order everywhere, so that two servers do not wait for each other in a circle.
    .sort((a, b) => a.source - b.source || a.minute - b.minute || (a.what < b.what ? -1 : 1));
  const seen = [...tallied].sort((a, b) => a.source - b.source);
  const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into source_seen (source_id, first_at, first_sdk, first_sdk_version, last_at, sdk, sdk_version,
        refused_at, refused_code)
      select source, first_at, sdk, sdk_version, last_at, sdk, sdk_version, refused_at, refused_code
      from unnest(${seen.map(({ source }) => source)}::int[],
        ${seen.map(({ firstAt }) => at(firstAt))}::timestamptz[], ${seen.map(({ lastAt }) => at(lastAt))}::timestamptz[],
        ${seen.map(({ sdk }) => sdk?.name ?? null)}::text[], ${seen.map(({ sdk }) => sdk?.version ?? null)}::text[],
        ${seen.map(({ refused }) => at(refused?.at ?? null))}::timestamptz[],
        ${seen.map(({ refused }) => refused?.code ?? null)}::text[]
      ) as said (source, first_at, last_at, sdk, sdk_version, refused_at, refused_code)
      where source in (select id from source)
      on conflict (source_id) do update set
        first_at = least(source_seen.first_at, excluded.first_at),
        first_sdk = coalesce(source_seen.first_sdk, excluded.first_sdk),
        first_sdk_version = coalesce(source_seen.first_sdk_version, excluded.first_sdk_version),
        last_at = greatest(source_seen.last_at, excluded.last_at),
        sdk = coalesce(excluded.sdk, source_seen.sdk),
        sdk_version = case when excluded.sdk is null then source_seen.sdk_version else excluded.sdk_version end,
        refused_at = coalesce(excluded.refused_at, source_seen.refused_at),
        refused_code = coalesce(excluded.refused_code, source_seen.refused_code)`.execute(tx);
    await sql`
      insert into source_count (source_id, minute, what, count)
      select source, minute, what, count from unnest(
        ${counts.map(({ source }) => source)}::int[], ${counts.map(({ minute }) => new Date(minute))}::timestamptz[],
        ${counts.map(({ what }) => what)}::text[], ${counts.map(({ count }) => count)}::bigint[]
      ) as said (source, minute, what, count)
      where source in (select id from source)
      on conflict (source_id, minute, what) do update set count = source_count.count + excluded.count`.execute(
      tx,
    );
  });
}

/** Hourly over all servers: who finds that another has just counted, or counts now, leaves it at that. */
export async function recountInTurn(parts: WatchParts): Promise<void> {
  const { db, clock } = parts;
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ mine: boolean; counted: Date | null }>`
      select pg_try_advisory_lock(7186) as mine, (select max(counted_to) from source_seen) as counted`.execute(
      connection,
    );
    const [{ mine, counted } = { mine: false, counted: null }] = rows;
    if (!mine) return;
    try {
      const since = clock.now().getTime() - settledMs - (counted?.getTime() ?? 0);
      if (since > recountEveryMs / 2) await recount(parts, false);
    } finally {
      await sql`select pg_advisory_unlock(7186)`.execute(connection);
    }
  });
}

/**
 * Counts the facts themselves, one narrow column, and starts the running counts from there: what a killed process had
 * counted and not written, and what was undone, is put right. After a start the latest minutes are counted anew too;
 * later on they are under way.
 */
async function recount({ db, clickhouse, clock }: WatchParts, latest: boolean): Promise<void> {
  const now = clock.now().getTime();
  const to = new Date(now - settledMs - (now % 60_000));
  const settled = await clickhouse.query<{ source: number; events: number; first: number; last: number }>(ch`
    select source, countIf(event.received < ${instant(to)}) as events,
      toUnixTimestamp64Milli(min(event.received)) as first, toUnixTimestamp64Milli(max(event.received)) as last
    from event group by source`);
  const minutes = latest
    ? await clickhouse.query<{ source: number; minute: number; events: number }>(ch`
        select source, toUnixTimestamp(toStartOfMinute(event.received)) as minute, uniqExact(event.message) as events
        from event where event.received >= ${instant(to)} group by source, minute`)
    : [];
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into source_seen (source_id, first_at, last_at, counted, counted_to)
      select source, first, last, events, ${to} from unnest(
        ${settled.map(({ source }) => source)}::int[], ${settled.map(({ first }) => new Date(Number(first)))}::timestamptz[],
        ${settled.map(({ last }) => new Date(Number(last)))}::timestamptz[],
        ${settled.map(({ events }) => Number(events))}::bigint[]) as said (source, first, last, events)
      where source in (select id from source)
      on conflict (source_id) do update set counted = excluded.counted, counted_to = excluded.counted_to,
        first_at = least(source_seen.first_at, excluded.first_at),
        last_at = greatest(source_seen.last_at, excluded.last_at)`.execute(tx);
    if (latest) {
      await sql`delete from source_count where what = 'events' and minute >= ${to}`.execute(tx);
      await sql`
        insert into source_count (source_id, minute, what, count)
        select source, minute, 'events', events from unnest(
          ${minutes.map(({ source }) => source)}::int[],
          ${minutes.map(({ minute }) => new Date(Number(minute) * 1000))}::timestamptz[],
          ${minutes.map(({ events }) => Number(events))}::bigint[]) as said (source, minute, events)
        where source in (select id from source)
        on conflict (source_id, minute, what) do update set count = excluded.count`.execute(tx);
    }
    await sql`
      delete from source_count using source_seen
      where source_seen.source_id = source_count.source_id and source_count.minute < source_seen.counted_to
        and source_count.minute < ${new Date(now - keptMs)}`.execute(tx);
  });
}
