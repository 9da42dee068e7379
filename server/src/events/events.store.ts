import type { People } from "../people/people.store.ts";
import { type ClickHouse, ch, instant, u32 } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { answerTo } from "../platform/problem.ts";
import { refusals } from "../platform/refusals.ts";
import { Collector, type Delivery, type Outcome } from "./collector.ts";
import { commitDeliveries, type OnCommitted, type OnCommitting } from "./commit.store.ts";
import { headOf, tailOf } from "./message-table.ts";
import { RecentWindow } from "./recent-window.ts";
import { createSourceKeys, type SourceKeys } from "./source-keys.store.ts";

/** What the other rooms and main use of this one. */
export interface Events {
  readonly collector: Collector;
  readonly keys: SourceKeys;
  /** Commits a history that is told at once, past the line in which requests wait: whoever tells it waits for nobody. */
  commit(deliveries: readonly Delivery[]): Promise<Outcome[][]>;
  /** Reads back which messages came lately; after the migrations, before any request. */
  prepare(): Promise<void>;
  /** Resolves when everything taken so far is committed or refused; on stopping, after the last request. */
  drained(): Promise<void>;
}

export interface EventsParts {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  people: Pick<People, "identity" | "recordStatements">;
  onCommitting?: readonly OnCommitting[];
  onCommitted: readonly OnCommitted[];
  /** Told, by source, of events that had come before. */
  onRepeated?: readonly ((workspace: number, source: number, count: number) => void)[];
}

/** A retry later than this is still counted once, by the facts' key; the window only keeps it from being written again. */
const lookBackHours = 24;

/** No delivery gets through while one of these lasts, so none is tried by itself. */
const engineTroubles: ReadonlySet<string> = new Set([refusals.engineAway.code, refusals.diskFull.code]);

export function openEvents(parts: EventsParts): Events {
  const { db, clickhouse, clock, people, onCommitting = [], onCommitted, onRepeated = [] } = parts;
  const recent = new RecentWindow();
  const { identity, recordStatements } = people;
  const commit = (deliveries: readonly Delivery[]): Promise<Outcome[][]> =>
    commitDeliveries({ clickhouse, identity, recordStatements, onCommitting, onCommitted }, deliveries);
  const collector = new Collector({
    recent,
    onRepeated: (workspace, source, count) => {
      for (const told of onRepeated) told(workspace, source, count);
    },
    meetsAll: (error) => engineTroubles.has(answerTo(error, "en").problem.code),
    commit,
  });
  return {
    collector,
    commit,
    keys: createSourceKeys(db, () => clock.now().getTime()),
    prepare: () => readBack(clickhouse, recent, clock.now()),
    drained: () => collector.drained(),
  };
}

/** As many as the window may hold, as one text: rows would be a million objects. The oldest is added first, since it is forgotten first. */
async function readBack(clickhouse: ClickHouse, recent: RecentWindow, now: Date): Promise<void> {
  const from = new Date(now.getTime() - lookBackHours * 3_600_000);
  const [{ messages } = { messages: "" }] = await clickhouse.query<{ messages: string }>(ch`
    select arrayStringConcat(arrayReverse(groupArray(toString(message))), ' ') as messages from (
      select message from event
      where received >= ${instant(from)} and import = 0
      order by received desc limit ${u32(recent.most)})`);
  for (let at = 0; at < messages.length; ) {
    const blank = messages.indexOf(" ", at);
    const end = blank < 0 ? messages.length : blank;
    const message = messages.slice(at, end);
    recent.add(headOf(message), tailOf(message));
    at = end + 1;
  }
}
