import { journeysRoutes } from "../journeys/journeys.routes.ts";
import { keepSegment } from "../journeys/keep-segment.store.ts";
import { letGo } from "../journeys/let-go.store.ts";
import { createLiveTable } from "../journeys/live.store.ts";
import { createMover, journeysTasks } from "../journeys/mover.job.ts";
import { settleSamePerson } from "../journeys/same-person.store.ts";
import { createWakeCheck } from "../journeys/wake.store.ts";
import { jobs } from "../platform/jobs.ts";
import type { Chosen } from "./choose.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** What comes next for each person: journeys. */
export function lead(
  house: House,
  { people, stoppers }: Known,
  { onCommitting, onCommitted }: Collected,
  { beforeRemoval }: Chosen,
): { journeysChanged(): Promise<void> } {
  const { db, clickhouse, clock, log, http } = house;
  const isQuiet = () => house.tellingHistory;
  const parts = { db, clickhouse, clock, jobs, log, vault: people.vault, isQuiet };
  const table = createLiveTable(db);
  const mover = createMover(parts, table);
  const check = createWakeCheck(parts, table, mover.wake);
  onCommitting.push(check.onCommitting);
  onCommitted.push(check.onCommitted);
  // Before the messages are held: what a run is handing over in this moment is seen by then.
  stoppers.inside.unshift(letGo);
  beforeRemoval.push((workspace, segment) => keepSegment(db, workspace, segment));
  people.onChanged.push(async (workspace, persons) => {
    if (table.isUsed(workspace)) await settleSamePerson(db, workspace, persons, clock.now());
  });
  const changed = async (): Promise<void> => {
    await table.refresh();
    mover.wake();
  };
  journeysRoutes(http, { ...parts, changed });
  Object.assign(house.tasks, journeysTasks(mover));
  mover.start();
  house.closing.push(() => mover.stop());
  return { journeysChanged: changed };
}
