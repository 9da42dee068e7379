import type { Journey, JourneyDetail } from "@stork/contract/journeys.ts";
import { listChannels } from "../messages/channel.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { savedSegments } from "../segments/segments.store.ts";
import { countEarlier, countExits, countRuns, countSteps } from "./figures.store.ts";
import { findJourney, type JourneyRecord } from "./journey.store.ts";
import { exitWords } from "./reasons.ts";
import { unknownJourney } from "./refusals.ts";
import { findAllSegments } from "./segments.store.ts";
import { shownJourney } from "./shown.ts";
import type { Names } from "./step.ts";

/** A journey of this workspace, by the id in its address. */
export async function existingJourney(db: Db, workspace: number, id: string): Promise<JourneyRecord> {
  const found = /^\d{1,9}$/.test(id) ? await findJourney(db, workspace, Number(id)) : null;
  if (found === null) throw new Refusal(unknownJourney);
  return found;
}

export async function showAll(
  db: Db,
  workspace: number,
  rows: readonly JourneyRecord[],
  now: Date,
): Promise<Journey[]> {
  const names = await findNames(db, workspace);
  const counts = await countRuns(
    db,
    rows.map(({ id }) => id),
    now,
  );
  return rows.map((row) => shownJourney(row, counts.get(row.id), names));
}

/** All its figures are of one moment: while runs move, steps, arrivals and exits add up. */
export const showOne = (db: Db, row: JourneyRecord, now: Date): Promise<JourneyDetail> =>
  db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute((tx) => showAt(tx, row, now));

async function showAt(tx: Tx, row: JourneyRecord, now: Date): Promise<JourneyDetail> {
  const { id, workspace, version } = row;
  const [journey] = await showAll(tx, workspace, [row], now);
  const steps = await countSteps(tx, id, version);
  const exits = await countExits(tx, id);
  const earlier = await countEarlier(tx, id, version);
  const byStep = new Map(steps.map(({ step, ...counts }) => [step, counts]));
  return {
    ...(journey as Journey),
    figures: row.definition.steps.map(
      (_, step) => byStep.get(step) ?? { came: 0, waiting: 0, sent: 0, held: 0 },
    ),
    earlier,
    exits: exits.map(({ reason, runs }) => ({ reason, label: exitWords(reason), runs })),
  };
}

async function findNames(db: Db, workspace: number): Promise<Names> {
  const [segments, channels] = await Promise.all([
    findAllSegments(db, workspace),
    listChannels(db, workspace),
  ]);
  return {
    segments: savedSegments(segments),
    channels: new Map(channels.map(({ id, name }) => [String(id), name])),
  };
}
