import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Beside, ErasedSubject, Eraser } from "../platform/eraser.ts";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { alertsEraser } from "./erasing/alerts.store.ts";
import { deliveriesEraser } from "./erasing/deliveries.store.ts";
import { factErasers } from "./erasing/fact-tables.store.ts";
import { searchFiles } from "./erasing/files-search.client.ts";
import { quarantineEraser } from "./erasing/quarantine.store.ts";
import { rawFilesEraser, uploadsEraser } from "./erasing/raw-files.client.ts";
import { stateErasers } from "./erasing/state-tables.store.ts";
import { searchEngines } from "./erasing/text-search.store.ts";
import { neverWriteAgain, receiptsOf } from "./last-things.store.ts";
import { noteErased } from "./ledger.client.ts";
import { takeStep } from "./requests.store.ts";
import { findSubject } from "./subject.store.ts";

export interface ErasingParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly dataDir: string;
  /** Places of later rooms: archives, exports. They go before the tables do. */
  readonly laterErasers: readonly Eraser[];
  /** The legal hold that stands in the way, in its own words; null when there is none. */
  readonly holdOn: (subject: ErasedSubject) => Promise<string | null>;
  /** Told when persons are gone: the map of persons is read anew. */
  readonly onErased: (workspace: number) => Promise<void> | void;
}

export const eraseTask = "rights.erase";
/** What was in flight when her rows went has come down by then. */
const lookAgainMs = 5 * 60_000;
const holdAgainMs = 6 * 3_600_000;
/** At once, so that the engine of facts deletes for all of them in one go. */
const most = 50;

export async function askToErase(
  { db, jobs }: Pick<ErasingParts, "db" | "jobs">,
  runAt: Date,
): Promise<void> {
  const key = `${eraseTask}:${Math.floor(runAt.getTime() / 1000)}`;
  await jobs.add(db, eraseTask, {}, { key, queue: "rights", runAt });
}

export const erasureTasks = (parts: ErasingParts): Tasks => ({ [eraseTask]: () => eraseWaiting(parts) });

interface Waiting {
  readonly id: number;
  readonly workspace: number;
  readonly person: number | null;
  readonly child: number | null;
  readonly sealed: Buffer | null;
  /** Of one child, until it is part of what is sealed. */
  readonly beside: Buffer | null;
  readonly lookedAt: Date | null;
  readonly places: Place[];
}

interface Place {
  place: string;
  erased: number;
  foundAfter: number;
}

/** Every erasure that is due, those of one workspace together. */
async function eraseWaiting(parts: ErasingParts): Promise<void> {
  const { db, clock } = parts;
  const now = clock.now();
  const { rows } = await sql<Waiting>`
    select request.id, request.workspace_id as workspace, node.person, request.child, sealed_subject as sealed,
      sealed_beside as beside, looked_at as "lookedAt", places
    from rights_request as request left join node on node.id = request.person
    where kind = 'delete' and state in ('working', 'held')
      and (looked_at is null or looked_at <= ${new Date(now.getTime() - lookAgainMs)})
    order by request.id limit ${most}`.execute(db);
  for (const [workspace, waiting] of Map.groupBy(rows, (row) => row.workspace)) {
    await parts.vault.ready(workspace);
    if (await isImporting(db, workspace)) await askToErase(parts, new Date(now.getTime() + lookAgainMs));
    else await eraseTogether(parts, workspace, waiting);
  }
  if (rows.length === most) await askToErase(parts, now);
}

/** An import under way would bring her back, from a file that is not sealed yet: it is waited for. */
async function isImporting(db: Db, workspace: number): Promise<boolean> {
  const { rows } = await sql<{ busy: boolean }>`
    select exists (select from import where workspace_id = ${workspace}
      and status in ('running', 'undoing')) as busy`.execute(db);
  return rows[0]?.busy ?? false;
}

async function eraseTogether(
  parts: ErasingParts,
  workspace: number,
  waiting: readonly Waiting[],
): Promise<void> {
  const { clock } = parts;
  const ready: { request: Waiting; subject: ErasedSubject }[] = [];
  for (const request of waiting) {
    const subject = await subjectOf(parts, request);
    if (subject === null) await nothingLeft(parts, request);
    else if (request.sealed === null && (await isHeld(parts, request, subject))) continue;
    else ready.push({ request, subject });
  }
  if (ready.length === 0) return;
  for (const one of ready) await begin(parts, one);
  const subjects = ready.map(({ subject }) => subject);
  const erasers = await allErasers(parts);
  const erased = new Map<string, number[]>();
  for (const eraser of erasers) erased.set(eraser.place, await eraser.erase(subjects));
  await parts.onErased(workspace);
  for (const [i, { request, subject }] of ready.entries()) {
    const places = await searched(parts, erasers, subject, (place) => erased.get(place)?.[i] ?? 0);
    await conclude(parts, request, together(request.places, places));
  }
  await askToErase(parts, new Date(clock.now().getTime() + lookAgainMs));
}

/** Every place, in the order in which they must go: whoever finds hers through another goes before that other. */
async function allErasers(parts: ErasingParts): Promise<Eraser[]> {
  const { db } = parts;
  return [
    alertsEraser(parts),
    quarantineEraser(parts),
    deliveriesEraser(db),
    uploadsEraser(parts),
    rawFilesEraser(parts),
    ...parts.laterErasers,
    ...(await stateErasers(db)),
    ...(await factErasers(parts.clickhouse)),
  ];
}

async function subjectOf(parts: ErasingParts, request: Waiting): Promise<ErasedSubject | null> {
  const { workspace, sealed, beside, person, child } = request;
  const opened = <Kept>(kept: Buffer): Kept => JSON.parse(parts.vault.open(workspace, kept));
  if (sealed !== null) return opened<ErasedSubject>(sealed);
  const subject = person === null ? null : await findSubject(parts, workspace, person, child);
  return subject === null || beside === null ? subject : { ...subject, beside: opened<Beside>(beside) };
}

async function isHeld(
  parts: ErasingParts,
  { id, workspace }: Waiting,
  subject: ErasedSubject,
): Promise<boolean> {
  const hold = await parts.holdOn(subject);
  const at = parts.clock.now();
  const step = { at, who: "stork", detail: {} };
  if (hold === null) {
    await takeStep(
      parts.db,
      { workspace, id, from: ["held"] },
      { state: "working", hold: null },
      { ...step, step: "hold-over" },
    );
    return false;
  }
  await takeStep(
    parts.db,
    { workspace, id, from: ["working"] },
    { state: "held", hold },
    { ...step, step: "held" },
  );
  await askToErase(parts, new Date(at.getTime() + holdAgainMs));
  return true;
}

/** Writes down what is needed again once her rows are gone; what must outlive her is kept by hash. */
async function begin(
  parts: ErasingParts,
  { request, subject }: { request: Waiting; subject: ErasedSubject },
): Promise<void> {
  const { db, vault, clock, dataDir } = parts;
  const { id, workspace } = request;
  if (request.sealed !== null) return;
  const at = clock.now();
  const receipts = subject.whole ? await receiptsOf(db, subject.nodes) : [];
  if (subject.whole) {
    await noteErased(db, dataDir, { workspace, nodes: subject.nodes, request: id, at });
    await neverWriteAgain(db, subject.nodes, at);
  }
  const sealed = vault.seal(workspace, JSON.stringify(subject));
  const proof = {
    at,
    who: "stork",
    step: "erasing",
    detail: { identifiers: subject.nodes.length, children: subject.children.length, receipts },
  };
  await takeStep(
    db,
    { workspace, id, from: ["working"] },
    { sealed_subject: sealed, sealed_beside: null },
    proof,
  );
}

/** What is still found of her: place by place, then by a search of everything that anybody keeps as text. */
async function searched(
  parts: ErasingParts,
  erasers: readonly Eraser[],
  subject: ErasedSubject,
  erasedAt: (place: string) => number,
): Promise<Place[]> {
  const places: Place[] = [];
  for (const eraser of erasers)
    places.push({
      place: eraser.place,
      erased: erasedAt(eraser.place),
      foundAfter: await eraser.search(subject),
    });
  const texts = [...(await searchEngines(parts, subject)), ...(await searchFiles(parts.dataDir, subject))];
  for (const { place, found } of texts) {
    const known = places.find((one) => one.place === place);
    if (known === undefined) places.push({ place, erased: 0, foundAfter: found });
    else known.foundAfter += found;
  }
  return places;
}

/** Of two rounds: what went in either, and what the later one found after. */
function together(before: readonly Place[], now: readonly Place[]): Place[] {
  const earlier = new Map(before.map((one) => [one.place, one.erased]));
  return now.map((one) => ({ ...one, erased: one.erased + (earlier.get(one.place) ?? 0) }));
}

/** Over when a second look, later, finds nothing either. */
async function conclude(parts: ErasingParts, request: Waiting, places: readonly Place[]): Promise<void> {
  const { db, clock, log } = parts;
  const at = clock.now();
  const left = places.filter(({ foundAfter }) => foundAfter > 0);
  const isSecond = request.lookedAt !== null;
  const told = places.filter(({ erased, foundAfter }) => erased + foundAfter > 0);
  const detail = {
    look: isSecond ? 2 : 1,
    searched: places.length,
    places: told,
    foundAfter: left.reduce((sum, one) => sum + one.foundAfter, 0),
  };
  const isOver = isSecond && left.length === 0;
  const of = { workspace: request.workspace, id: request.id, from: ["working", "held"] as const };
  const step = left.length > 0 ? "left-over" : isOver ? "erased" : "searched";
  await takeStep(
    db,
    of,
    {
      places: JSON.stringify(places),
      looked_at: at,
      ...(isOver ? { state: "done" as const, ended_at: at, sealed_subject: null } : {}),
    },
    { at, who: "stork", step, detail },
  );
  if (left.length > 0)
    log.error(
      { event: "erasure-left-over", request: request.id, places: left.map(({ place }) => place) },
      "something is left",
    );
}

/** Somebody else's request has forgotten her meanwhile. */
async function nothingLeft({ db, clock }: ErasingParts, { id, workspace }: Waiting): Promise<void> {
  const at = clock.now();
  await takeStep(
    db,
    { workspace, id, from: ["working", "held"] },
    { state: "done", ended_at: at },
    { at, who: "stork", step: "nothing-left", detail: {} },
  );
}
