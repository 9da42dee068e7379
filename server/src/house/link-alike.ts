import { linkingRoutes } from "../linking/linking.routes.ts";
import { linkingTasks } from "../linking/run.job.ts";
import { runsByThemselves } from "../linking/wake.store.ts";
import { jobs } from "../platform/jobs.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** Who is probably one with whom, where nothing certain ties them: questions for the review queue. */
export function linkAlike(house: House, { people, keysOf }: Known, { onCommitted }: Collected): void {
  const { db, clock, http } = house;
  const deps = { db, clock, jobs, keysOf, changes: people.changes };
  linkingRoutes(http, deps);
  Object.assign(house.tasks, linkingTasks(deps));
  onCommitted.push(runsByThemselves(deps));
}
