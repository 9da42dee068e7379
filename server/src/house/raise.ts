import { familiesOwnRoutes } from "../families/families.routes.ts";
import { createHouseholdWatch } from "../families/household.job.ts";
import { dropNotes } from "../families/notes.store.ts";
import { StageWatch, stageTasks } from "../families/stage-watch.job.ts";
import type { Chosen } from "./choose.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** Families and their children: who cares for whom, what comes for them, the stages they enter. */
export function raise(
  house: House,
  { people, stoppers }: Known,
  { onCommitted }: Collected,
  { refresher }: Chosen,
): void {
  const { db, clickhouse, clock, log, http } = house;
  const onChanged = (workspace: number, persons: readonly number[]): void => {
    refresher.touched(workspace, persons);
    people.childrenChanged(workspace, persons);
  };
  familiesOwnRoutes(http, { db, clickhouse, clock, vault: people.vault, onChanged });
  stoppers.ended.push(dropNotes);
  const isQuiet = () => house.tellingHistory;
  const watch = new StageWatch({ db, clickhouse, clock, log, onCommitted, isQuiet });
  Object.assign(house.tasks, stageTasks(watch));
  const households = createHouseholdWatch({ db, vault: people.vault, clock, log });
  Object.assign(house.tasks, households.tasks);
  households.start();
  house.closing.push(() => households.stop());
  watch.start();
  house.closing.push(() => watch.stop());
}
