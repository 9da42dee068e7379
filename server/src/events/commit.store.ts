import type { Glimpse, Sighting } from "../people/identity.ts";
import type { Statement } from "../people/statements.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { NativeRows } from "../platform/native-block.ts";
import type { Delivery, Outcome } from "./collector.ts";
import type { CommittedRow } from "./committed-row.ts";
import type { Event } from "./event.ts";
import { eventLines } from "./event-lines.ts";
import { eventColumns, type Origin } from "./event-row.ts";
import { PackedEvent } from "./packed-events.ts";

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

/**
 * Told before rows are stored: what a kill right after must not lose is written down now. The rows may come to nothing;
 * those that are stored are told of as committed, in the same objects.
 */
export type OnCommitting = (workspace: number, rows: readonly CommittedRow[]) => Promise<void>;

export interface CommitDeps {
  clickhouse: Pick<ClickHouse, "insertLines" | "insertNative">;
  identity: { place(workspace: number, glimpses: readonly Glimpse[]): Promise<number[]> };
  recordStatements(workspace: number, statements: readonly Statement[]): Promise<unknown>;
  /** Of a way in whose repeats are told of again (records, imports) nobody has to be told before. */
  onCommitting?: readonly OnCommitting[];
  onCommitted: readonly OnCommitted[];
}

/** A row of an event that is not packed, on its way; packed ones are rows themselves. */
class Arriving implements CommittedRow, Glimpse {
  readonly event: Event;
  readonly origin: Origin;
  node = 0;

  constructor(event: Event, origin: Origin) {
    this.event = event;
    this.origin = origin;
  }

  get identifiers() {
    return this.event.identifiers;
  }
  get rule() {
    return this.event.rule;
  }
  get sighting(): Sighting {
    const { identifiers, rule, message, at } = this.event;
    return { identifiers, rule, message, source: this.origin.source, at: new Date(at) };
  }
}

type Row = Arriving | PackedEvent;

/** Commits what several requests brought: identity, then what was said of persons, then the facts, in one insert. */
export async function commitDeliveries(
  deps: CommitDeps,
  deliveries: readonly Delivery[],
): Promise<Outcome[][]> {
  const arriving = deliveries.map(({ workspace, source, received, events }) => {
    const origin = { workspace, source, import: 0, received };
    return events.map((event): Row => (event instanceof PackedEvent ? event : new Arriving(event, origin)));
  });
  for (const workspace of new Set(deliveries.map((delivery) => delivery.workspace)))
    await place(deps, workspace, arriving.filter((_, d) => deliveries[d]?.workspace === workspace).flat());
  const everyone = arriving.flat();
  const rows = everyone.every(isPlaced) ? everyone : everyone.filter(isPlaced);
  await insertRows(deps, rows);
  return arriving.map((some) => some.map((row): Outcome => (isPlaced(row) ? "committed" : "nobody")));
}

/** Nodes are counted from 1. Of an event without one nothing names anybody. */
const isPlaced = ({ node }: Row): boolean => node !== 0;

/** Finds each event's node and records what it says of the person. */
async function place(
  deps: Pick<CommitDeps, "identity" | "recordStatements">,
  workspace: number,
  rows: readonly Row[],
): Promise<void> {
  const nodes = await deps.identity.place(workspace, rows);
  const said: Statement[] = [];
  for (const [i, row] of rows.entries()) {
    row.node = nodes[i] ?? 0;
    if (row.node !== 0 && row.event.said.length > 0) said.push(...statementsOf(row));
  }
  if (said.length > 0) await deps.recordStatements(workspace, said);
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
/** What surely touches fewer. */
export const mostSpanMs = 28 * 86_400_000 * (mostMonths - 2);

/** Stores rows and tells of them. The first of them may be at hand as a block, of fewer months than one insert may have. */
export async function insertRows(
  deps: Pick<CommitDeps, "clickhouse" | "onCommitting" | "onCommitted">,
  rows: readonly CommittedRow[],
  block?: NativeRows,
): Promise<void> {
  if (rows.length === 0) return;
  const { onCommitting = [] } = deps;
  if (onCommitting.length > 0)
    await Promise.all(
      byWorkspace(rows).flatMap(([workspace, mine]) => onCommitting.map((told) => told(workspace, mine))),
    );
  if (block !== undefined) await deps.clickhouse.insertNative("event", block);
  for (const part of byMonths(block === undefined ? rows : rows.slice(block.rows)))
    await deps.clickhouse.insertLines("event", eventLines(part), eventColumns);
  if (deps.onCommitted.length === 0) return;
  for (const [workspace, mine] of byWorkspace(rows)) {
    const nodes = [...new Set(mine.map((row) => row.node))];
    const names = [...new Set(mine.map((row) => row.event.name))];
    await Promise.all(deps.onCommitted.map((told) => told(workspace, nodes, names, mine)));
  }
}

/** Nearly always one. */
function byWorkspace(rows: readonly CommittedRow[]): [number, readonly CommittedRow[]][] {
  const first = (rows[0] as CommittedRow).origin.workspace;
  if (rows.every((row) => row.origin.workspace === first)) return [[first, rows]];
  return [...Map.groupBy(rows, (row) => row.origin.workspace)];
}

function byMonths(rows: readonly CommittedRow[]): (readonly CommittedRow[])[] {
  // Nearly always everything is of these days; asking for the month of each row would cost more than the rest here.
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { event } of rows) {
    if (event.at < first) first = event.at;
    if (event.at > last) last = event.at;
  }
  if (last - first < mostSpanMs) return rows.length === 0 ? [] : [rows];
  const parts = new Map<number, CommittedRow[]>();
  for (const row of rows) {
    const key = Math.floor(row.event.at / mostSpanMs);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [row]);
    else part.push(row);
  }
  return [...parts.values()];
}
