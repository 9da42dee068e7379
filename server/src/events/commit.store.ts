import type { Sighting } from "../people/identity.ts";
import type { Statement } from "../people/statements.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Delivery, Outcome } from "./collector.ts";
import type { Event } from "./event.ts";
import { eventColumns, eventLines, type Origin } from "./event-lines.ts";

/**
 * Told after every commit: which nodes of a workspace did what, by which names, and the rows themselves. Later rooms
 * hand theirs in through main. It is paid by every event: whoever looks at rows takes a sample.
 */
export type OnCommitted = (
  workspace: number,
  nodes: readonly number[],
  names: readonly string[],
  rows: readonly CommittedRow[],
) => Promise<void> | void;

export interface CommitDeps {
  clickhouse: Pick<ClickHouse, "insertLines">;
  identity: { resolve(workspace: number, sightings: readonly Sighting[]): Promise<number[][]> };
  recordStatements(workspace: number, statements: readonly Statement[]): Promise<unknown>;
  onCommitted: readonly OnCommitted[];
}

/** An event as it was written: of whom, and where it came from. */
export interface CommittedRow {
  readonly event: Event;
  readonly node: number;
  readonly origin: Origin;
}

/** Commits what several requests brought: identity, then what was said of persons, then the facts, in one insert. */
export async function commitDeliveries(
  deps: CommitDeps,
  deliveries: readonly Delivery[],
): Promise<Outcome[][]> {
  const outcomes = deliveries.map((delivery) => new Array<Outcome>(delivery.events.length).fill("nobody"));
  const rows: CommittedRow[] = [];
  for (const workspace of new Set(deliveries.map((delivery) => delivery.workspace))) {
    const places = deliveries.flatMap((delivery, d) =>
      delivery.workspace === workspace ? delivery.events.map((event, e) => ({ event, delivery, d, e })) : [],
    );
    const found = await place(
      deps,
      workspace,
      places.map(({ event, delivery }) => ({
        event,
        origin: { workspace, source: delivery.source, import: 0, received: delivery.received },
      })),
    );
    for (const [i, { d, e }] of places.entries()) {
      const row = found[i];
      if (row === null || row === undefined) continue;
      rows.push(row);
      (outcomes[d] as Outcome[])[e] = "committed";
    }
  }
  await insertRows(deps, rows);
  return outcomes;
}

/** Finds each event's node (null: nothing in it names anybody) and records what it says of the person. */
async function place(
  deps: Pick<CommitDeps, "identity" | "recordStatements">,
  workspace: number,
  events: readonly { event: Event; origin: Origin }[],
): Promise<(CommittedRow | null)[]> {
  const nodes = await deps.identity.resolve(
    workspace,
    events.map(({ event, origin }) => ({
      identifiers: event.identifiers,
      source: origin.source,
      message: event.message,
      at: new Date(event.at),
      rule: event.rule,
    })),
  );
  const placed = events.map(({ event, origin }, i) => {
    const node = nodes[i]?.[0];
    return node === undefined ? null : { event, node, origin };
  });
  const said = placed.flatMap((row) =>
    row === null || row.event.said.length === 0 ? [] : statementsOf(row),
  );
  if (said.length > 0) await deps.recordStatements(workspace, said);
  return placed;
}

function statementsOf({ event, node, origin }: CommittedRow): Statement[] {
  const at = new Date(event.at);
  const by = origin.import > 0 ? `import:${origin.import}` : `source:${origin.source}`;
  return event.said.map((said): Statement => {
    if (said.kind === "child") return { ...said, node, at, statedBy: by };
    if (said.kind === "consent") return { ...said, node, at, saidBy: by };
    if (said.kind === "profile") return { ...said, node, at, message: event.message };
    return { ...said, node, at };
  });
}

/** The engine refuses one insert into more months than this. */
const mostMonths = 90;

export async function insertRows(
  deps: Pick<CommitDeps, "clickhouse" | "onCommitted">,
  rows: readonly CommittedRow[],
): Promise<void> {
  if (rows.length === 0) return;
  for (const part of byMonths(rows))
    await deps.clickhouse.insertLines("event", eventLines(part), eventColumns);
  if (deps.onCommitted.length === 0) return;
  for (const workspace of new Set(rows.map((row) => row.origin.workspace))) {
    const mine = rows.filter((row) => row.origin.workspace === workspace);
    const nodes = [...new Set(mine.map((row) => row.node))];
    const names = [...new Set(mine.map((row) => row.event.name))];
    await Promise.all(deps.onCommitted.map((told) => told(workspace, nodes, names, mine)));
  }
}

function byMonths(rows: readonly CommittedRow[]): (readonly CommittedRow[])[] {
  // Nearly always everything is of these days; asking for the month of each row would cost more than the rest here.
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { event } of rows) {
    if (event.at < first) first = event.at;
    if (event.at > last) last = event.at;
  }
  const spanMs = 28 * 86_400_000 * (mostMonths - 2);
  if (last - first < spanMs) return [rows];
  const parts = new Map<number, CommittedRow[]>();
  for (const row of rows) {
    const key = Math.floor(row.event.at / spanMs);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [row]);
    else part.push(row);
  }
  return [...parts.values()];
}
