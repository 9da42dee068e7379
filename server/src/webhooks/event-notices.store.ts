import { sql } from "kysely";
import type { OnCommitted, OnCommitting } from "../events/commit.store.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { eventDelivery } from "./bodies.ts";
import { addDeliveries, type NewDelivery } from "./deliveries.store.ts";
import { confirmDeliveries } from "./foretold.store.ts";
import type { WebhookRow } from "./webhooks.store.ts";
import { mayBeQueued } from "./withheld.store.ts";

export interface EventNotices {
  /** Queues deliveries of events that are about to be stored, to be looked at again should nobody say that they were. */
  onCommitting: OnCommitting;
  /** Queues deliveries of events before their sender is answered, or lets those go that wait for this. */
  onCommitted: OnCommitted;
}

interface EventNoticesParts {
  db: Db;
  clock: Clock;
  wake(): void;
  live(): Promise<readonly WebhookRow[]>;
}

type Told = Map<CommittedRow, NewDelivery[]>;

/** Storing events takes less; a delivery of which nothing was heard by then is held against the facts. */
const doubtMs = 60_000;

export function createEventNotices({ db, clock, wake, live }: EventNoticesParts): EventNotices {
  /** By row what is to be told of it; of a row that a webhook wants but of whom nobody may be told, nothing. */
  const deliveriesOf = async (workspace: number, rows: readonly CommittedRow[]): Promise<Told> => {
    const told: Told = new Map();
    const wanted = (await live()).flatMap((webhook) => {
      if (webhook.workspace !== workspace || webhook.events.length === 0) return [];
      const some = rows.filter((row) => webhook.events.includes(row.event.name) && !isHistory(row));
      return some.length === 0 ? [] : [{ webhook, some }];
    });
    if (wanted.length === 0) return told;
    const nodes = wanted.flatMap(({ some }) => some.map(({ node }) => node));
    const persons = await personsOf(db, [...new Set(nodes)]);
    for (const { webhook, some } of wanted) {
      const all = some.map((row) => eventDelivery(webhook.id, row, persons.get(row.node) ?? row.node));
      const may = new Set(await mayBeQueued(db, webhook, all, clock.now()));
      for (const [i, row] of some.entries()) {
        const mine = told.get(row) ?? [];
        told.set(row, mine);
        const delivery = all[i];
        if (delivery !== undefined && may.has(delivery)) mine.push(delivery);
      }
    }
    return told;
  };

  const foretold = new WeakMap<CommittedRow, readonly NewDelivery[]>();
  let hasForetold = false;
  const onCommitting: OnCommitting = async (workspace, rows) => {
    const told = await deliveriesOf(workspace, rows);
    if (told.size === 0) return;
    hasForetold = true;
    const now = clock.now();
    const doubtful = [...told].flatMap(([row, mine]) =>
      mine.map((delivery) => ({ ...delivery, fact: row.event.message })),
    );
    await addDeliveries(db, doubtful, now, new Date(now.getTime() + doubtMs));
    for (const [row, mine] of told) foretold.set(row, mine);
  };
  const onCommitted: OnCommitted = async (workspace, _nodes, _names, rows) => {
    // Where nobody wants to be told, every event would pay for being looked up.
    if (!hasForetold && (await live()).length === 0) return;
    const known = rows.flatMap((row) => foretold.get(row) ?? []);
    // One that is missing was sent, or looked at too early and let go of.
    const missing = await confirmDeliveries(db, known, clock.now());
    const news = rows.filter((row) => !foretold.has(row));
    const fresh = [...(await deliveriesOf(workspace, news)).values()].flat();
    await addDeliveries(db, [...missing, ...fresh], clock.now());
    if (known.length + fresh.length > 0) wake();
  };
  return { onCommitting, onCommitted };
}

/** What a file tells of the past is news to nobody outside: a year's orders would be a million deliveries. */
const isHistory = ({ event, origin }: CommittedRow): boolean =>
  origin.import > 0 && event.at < origin.received;

async function personsOf(db: Db, nodes: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where id = any(${[...nodes]}::bigint[])`.execute(db);
  return new Map(rows.map(({ id, person }) => [id, person]));
}
