import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { type BarredReason, findBarred } from "../privacy/leave.store.ts";
import { noteHeldBack } from "../privacy/stops.store.ts";
import { savedSegments } from "../segments/segments.store.ts";
import { entryMeaning } from "./entries.ts";
import type { LiveJourney } from "./live.store.ts";
import { type EarlierRun, mayEnter } from "./reentry.ts";
import { findAllSegments } from "./segments.store.ts";

/** Somebody at the door. */
export interface Coming {
  readonly node: number;
  readonly child: number | null;
  /** What lets them in; with the journey and the node the key that lets nobody in twice. */
  readonly cause: string;
  /** The message of an event that is still to be stored. */
  readonly fact: string | null;
}

/** Who has said no does not even come in; whoever merely cannot be reached now may be when the time comes. */
export const keepsOut: ReadonlySet<BarredReason> = new Set(["restricted", "silence", "withdrawn"]);

interface Known extends EarlierRun {
  readonly person: number;
  readonly node: number;
  readonly cause: string;
}

/**
 * Lets in who may come. One at a time for each journey, so that two events of one person that arrive together are one
 * run. Answers who came in.
 */
export async function enterRuns(
  db: Db,
  journey: LiveJourney,
  coming: readonly Coming[],
  { now, dueAt }: { readonly now: Date; readonly dueAt: Date },
): Promise<readonly Coming[]> {
  if (coming.length === 0) return [];
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('stork.journeys.enter'), ${journey.id})`.execute(tx);
    const persons = await personsOf(tx, journey.workspace, [...new Set(coming.map(({ node }) => node))]);
    const all = [...new Set(persons.values())];
    const earlier = Map.groupBy(await findEarlier(tx, journey, all), ({ person }) => person);
    const chosen = await isByChild(tx, journey);
    const barred = await findBarred(tx, journey.workspace, all, "marketing", {
      byChildrenAt: chosen ? now : null,
    });
    const silent: number[] = [];
    const entering = coming.filter(({ node, child, cause }) => {
      const person = persons.get(node);
      if (person === undefined) return false;
      const runs = earlier.get(person) ?? [];
      if (runs.some((run) => run.node === node && run.cause === cause)) return false;
      if (!mayEnter(journey.definition.reentry, runs, { child, at: now })) return false;
      const no = barred.get(person);
      if (no === "silence") silent.push(person);
      if (no !== undefined && keepsOut.has(no)) return false;
      earlier.set(person, [...runs, { person, node, cause, child, state: "waiting", enteredAt: now }]);
      return true;
    });
    await noteSilent(tx, journey, silent, now);
    return insertRuns(tx, journey, entering, { now, dueAt, chosenAt: chosen ? now : null });
  });
}

async function isByChild(tx: Tx, { workspace, definition: { entry } }: LiveJourney): Promise<boolean> {
  const segments = entry.kind === "segment" ? await findAllSegments(tx, workspace) : [];
  return entryMeaning(entry).byChild(entry, savedSegments(segments));
}

async function insertRuns(
  tx: Tx,
  { id, workspace, version }: LiveJourney,
  entering: readonly Coming[],
  { now, dueAt, chosenAt }: { now: Date; dueAt: Date; chosenAt: Date | null },
): Promise<readonly Coming[]> {
  if (entering.length === 0) return [];
  const column = <T>(of: (one: Coming) => T): T[] => entering.map(of);
  const { rows } = await sql<{ node: number; cause: string }>`
    insert into journey_run (workspace_id, journey_id, version, node, child, cause, fact, due_at, chosen_at, entered_at)
    select ${workspace}, ${id}, ${version}, node, child, cause, fact, ${dueAt}, ${chosenAt}, ${now}
    from unnest(${column(({ node }) => node)}::bigint[], ${column(({ child }) => child)}::bigint[],
      ${column(({ cause }) => cause)}::text[], ${column(({ fact }) => fact)}::text[]) as list (node, child, cause, fact)
    where exists (select from journey where id = ${id} and status = 'live')
    on conflict do nothing returning node, cause`.execute(tx);
  const came = new Set(rows.map(({ node, cause }) => `${node} ${cause}`));
  return entering.filter(({ node, cause }) => came.has(`${node} ${cause}`));
}

async function personsOf(tx: Tx, workspace: number, nodes: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where workspace_id = ${workspace} and id = any(${[...nodes]}::bigint[])`.execute(
    tx,
  );
  return new Map(rows.map(({ id, person }) => [id, person]));
}

async function findEarlier(tx: Tx, { id, workspace }: LiveJourney, persons: readonly number[]) {
  const { rows } = await sql<Known>`
    select node.person, run.node, run.cause, run.child, run.state, run.entered_at as "enteredAt"
    from node join journey_run as run on run.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${[...persons]}::bigint[])
      and run.journey_id = ${id}`.execute(tx);
  return rows;
}

/** For the proof of a silence. */
async function noteSilent(
  tx: Tx,
  { id, workspace, name }: LiveJourney,
  persons: readonly number[],
  at: Date,
) {
  const item = { kind: "journey", ref: String(id), name, times: 1 } as const;
  const held = persons.map((person) => ({ person, item }));
  await noteHeldBack(tx, workspace, held, at);
}
