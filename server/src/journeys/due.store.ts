import type { Definition } from "@stork/contract/journeys.ts";
import { sql } from "kysely";
import { ch, list, u32 } from "../platform/clickhouse.ts";
import type { Tx } from "../platform/postgres.ts";
import type { Advanced } from "./advance.ts";
import type { JourneysParts } from "./parts.ts";

/** A run whose time has come, locked by whoever holds it. */
export interface DueRun {
  readonly id: number;
  readonly workspace: number;
  readonly journey: number;
  readonly version: number;
  readonly node: number;
  /** Whoever has the node today; null when nobody has it any more. */
  readonly person: number | null;
  readonly fact: string | null;
  readonly step: number;
  readonly resting: boolean;
  readonly chosenAt: Date | null;
}

/** A few of each live journey, so that a large one does not hold up the others; nobody else takes the same. */
export async function lockDue(tx: Tx, now: Date, mostEach: number): Promise<DueRun[]> {
  const { rows } = await sql<DueRun>`
    select due.id, due.workspace_id as workspace, due.journey_id as journey, due.version, due.node, node.person,
      due.fact, due.step, due.resting, due.chosen_at as "chosenAt"
    from journey cross join lateral (
      select * from journey_run
      where journey_id = journey.id and state = 'waiting' and due_at <= ${now}
      order by due_at limit ${mostEach} for update skip locked) due
    left join node on node.id = due.node
    where journey.status = 'live'
    order by due.id`.execute(tx);
  return rows;
}

/**
 * Of runs in doubt (the process that let them in has not said since that the event is stored) the facts are asked: whose
 * event is there goes on; what is not there was never acknowledged, and lets in again when it is sent again.
 */
export async function settleForetold(
  tx: Tx,
  clickhouse: JourneysParts["clickhouse"],
  due: readonly DueRun[],
): Promise<DueRun[]> {
  const doubtful = due.filter(({ fact }) => fact !== null);
  if (doubtful.length === 0) return [...due];
  const stored = new Set<string>();
  for (const [workspace, some] of Map.groupBy(doubtful, (run) => run.workspace)) {
    const nodes = list(
      "UInt64",
      some.map(({ node }) => node),
    );
    const messages = list(
      "UInt64",
      some.map(({ fact }) => fact),
    );
    const found = await clickhouse.query<{ message: string }>(ch`
      select distinct toString(message) as message from event
      where workspace = ${u32(workspace)} and node in ${nodes} and message in ${messages}`);
    for (const { message } of found) stored.add(`${workspace} ${message}`);
  }
  const lost = doubtful.filter(({ workspace, fact }) => !stored.has(`${workspace} ${fact}`));
  const ids = (runs: readonly DueRun[]) => runs.map(({ id }) => id);
  if (lost.length > 0) await sql`delete from journey_run where id = any(${ids(lost)}::bigint[])`.execute(tx);
  await sql`update journey_run set fact = null where id = any(${ids(doubtful)}::bigint[])`.execute(tx);
  const gone = new Set(ids(lost));
  return due.filter(({ id }) => !gone.has(id));
}

export interface Defined {
  readonly definition: Definition;
  readonly lines: Readonly<Record<string, number>>;
  readonly timeZone: string;
}

export const keyOf = ({ journey, version }: Pick<DueRun, "journey" | "version">): string =>
  `${journey}.${version}`;

/** The definitions by which these runs came in. */
export async function findDefinitions(tx: Tx, due: readonly DueRun[]): Promise<Map<string, Defined>> {
  const { rows } = await sql<Defined & { journey: number; version: number }>`
    select journey_id as journey, journey_version.version, definition, lines, time_zone as "timeZone"
    from journey_version join journey on journey.id = journey_id join workspace on workspace.id = journey.workspace_id
    where journey_id = any(${[...new Set(due.map(({ journey }) => journey))]}::int[])
      and journey_version.version = any(${[...new Set(due.map(({ version }) => version))]}::int[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** How far they went, and what they have behind them. */
export async function writeDown(
  tx: Tx,
  moved: readonly { readonly run: DueRun; readonly to: Advanced }[],
  now: Date,
): Promise<void> {
  if (moved.length === 0) return;
  const column = <T>(of: (one: (typeof moved)[number]) => T): T[] => moved.map(of);
  await sql`
    update journey_run as run set step = list.step, resting = list.resting, state = list.state, due_at = list.due_at,
      reason = list.reason, ended_at = case when list.state <> 'waiting' then ${now}::timestamptz end
    from unnest(${column(({ run }) => run.id)}::bigint[], ${column(({ to }) => to.step)}::int[],
      ${column(({ to }) => to.resting)}::boolean[], ${column(({ to }) => to.state)}::text[],
      ${column(({ to }) => to.dueAt)}::timestamptz[], ${column(({ to }) => to.reason)}::text[])
      as list (id, step, resting, state, due_at, reason)
    where run.id = list.id`.execute(tx);
  const begun = moved.flatMap(({ run, to }) => to.begun.map((step) => ({ run: run.id, step })));
  if (begun.length === 0) return;
  await sql`
    insert into journey_step (run_id, step, at)
    select run, step, ${now} from unnest(${begun.map(({ run }) => run)}::bigint[],
      ${begun.map(({ step }) => step)}::int[]) as list (run, step)
    on conflict do nothing`.execute(tx);
}
