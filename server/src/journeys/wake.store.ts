import { sql } from "kysely";
import type { OnCommitted, OnCommitting } from "../events/commit.store.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import type { Db } from "../platform/postgres.ts";
import type { EventFact } from "../segments/condition.ts";
import { type Coming, enterRuns } from "./enter.store.ts";
import { entryMeaning } from "./entries.ts";
import type { LiveJourney, LiveTable } from "./live.store.ts";
import type { JourneysParts } from "./parts.ts";

export interface WakeCheck {
  /** Whoever an event lets in has a run before it is stored, to be looked at again should nobody say that it was. */
  readonly onCommitting: OnCommitting;
  /** Those runs go on, before the sender is answered. */
  readonly onCommitted: OnCommitted;
}

/** Storing events takes less; a run of whose event nothing was heard by then is held against the facts. */
const doubtMs = 60_000;
/** What is told this late is no news: an SDK that was offline for a weekend is, a year's history is not. */
const freshMs = 3 * 86_400_000;

type Came = ReadonlyMap<LiveJourney, readonly (Coming & { readonly row: CommittedRow })[]>;

export function createWakeCheck(
  { db, clock, isQuiet }: Pick<JourneysParts, "db" | "clock" | "isQuiet">,
  table: LiveTable,
  wake: () => void,
): WakeCheck {
  /** By row the journeys that it let somebody into; a row that is not here was not foretold. */
  const foretold = new WeakMap<CommittedRow, Set<number>>();

  const onCommitting: OnCommitting = async (workspace, rows) => {
    if (isQuiet()) return;
    await table.ready();
    const came = lookUp(table, workspace, rows, clock.now());
    if (came === null) return;
    const now = clock.now();
    const dueAt = new Date(now.getTime() + doubtMs);
    for (const [journey, coming] of came) {
      const doubtful = coming.map((one) => ({ ...one, fact: one.row.event.message }));
      const entered = new Set(await enterRuns(db, journey, doubtful, { now, dueAt }));
      for (const one of doubtful) {
        const into = foretold.get(one.row) ?? new Set();
        foretold.set(one.row, entered.has(one) ? into.add(journey.id) : into);
      }
    }
  };

  const onCommitted: OnCommitted = async (workspace, _nodes, _names, rows) => {
    if (isQuiet()) return;
    await table.ready();
    const came = lookUp(table, workspace, rows, clock.now());
    if (came === null) return;
    const now = clock.now();
    for (const [journey, coming] of came) {
      // Also those that a process which died had foretold, when their event is sent again.
      const rest = await confirmRuns(db, journey.id, coming, now);
      // News, or looked at too early and let go of; whoever has gone on already comes in no second time.
      const late = rest.filter(({ row }) => foretold.get(row)?.has(journey.id) ?? true);
      await enterRuns(db, journey, late, { now, dueAt: now });
    }
    wake();
  };
  return { onCommitting, onCommitted };
}

/** What every event pays: one look by its name, and not even that in a workspace where no journey waits for events. */
function lookUp(
  table: Pick<LiveTable, "wokenBy">,
  workspace: number,
  rows: readonly CommittedRow[],
  now: Date,
): Came | null {
  const names = table.wokenBy(workspace);
  if (names === undefined) return null;
  let came: Map<LiveJourney, (Coming & { row: CommittedRow })[]> | null = null;
  for (const row of rows) {
    const waiting = names.get(row.event.name);
    if (waiting === undefined || isHistory(row, now)) continue;
    const fact = factOf(row);
    for (const journey of waiting) {
      const { entry } = journey.definition;
      const let_in = entryMeaning(entry).lets(entry, fact);
      if (let_in === null) continue;
      came ??= new Map();
      const coming = came.get(journey) ?? [];
      came.set(journey, coming);
      coming.push({
        row,
        node: row.node,
        child: let_in.child,
        cause: `event ${row.event.message}`,
        fact: null,
      });
    }
  }
  return came;
}

const isHistory = ({ event, origin }: CommittedRow, now: Date): boolean =>
  (origin.import > 0 && event.at < origin.received) || event.at < now.getTime() - freshMs;

function factOf({ event }: CommittedRow): EventFact {
  const { name, at, orderId, amountFen, quantity, items, excluded } = event;
  return {
    ...{ name, at: new Date(at), orderId, amountFen, quantity, items, excluded },
    properties: read(event.properties),
  };
}

function read(properties: string): Record<string, unknown> {
  try {
    return JSON.parse(properties) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Their events are stored: they go on now. Answers those that are not there as being in doubt. */
async function confirmRuns<One extends Coming>(
  db: Db,
  journey: number,
  coming: readonly One[],
  now: Date,
): Promise<readonly One[]> {
  const { rows } = await sql<{ node: number; cause: string }>`
    update journey_run as run set fact = null, due_at = ${now}
    from unnest(${coming.map(({ node }) => node)}::bigint[], ${coming.map(({ cause }) => cause)}::text[])
      as of (node, cause)
    where run.journey_id = ${journey} and run.node = of.node and run.cause = of.cause and run.fact is not null
    returning run.node, run.cause`.execute(db);
  const confirmed = new Set(rows.map(({ node, cause }) => `${node} ${cause}`));
  return coming.filter(({ node, cause }) => !confirmed.has(`${node} ${cause}`));
}
