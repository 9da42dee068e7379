import { setTimeout } from "node:timers/promises";
import { familiesRoutes } from "../profiles/families.routes.ts";
import type { ProfileParts } from "../profiles/person.store.ts";
import { personsRoutes } from "../profiles/persons.routes.ts";
import type { BeforeRemoval } from "../segments/definitions.store.ts";
import { Refresher } from "../segments/refresher.job.ts";
import { segmentsRoutes } from "../segments/segments.routes.ts";
import { findSegmentsOf } from "../segments/segments-of.store.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";
import { identify } from "./identify.ts";
import type { Known } from "./know.ts";

const mostWaitMs = 700;

/** How they are seen, and whom to choose: families, one person's page; conditions, membership kept fresh. */
export function choose(house: House, { people, stoppers }: Known, { onCommitted }: Collected) {
  const { db, clickhouse, clock, log, http } = house;
  const { vault, personMap } = people;
  const engines = { db, clickhouse, clock };
  familiesRoutes(http, { ...engines, vault });
  const segmentsOf: ProfileParts["segmentsOf"] = (workspace, person) =>
    findSegmentsOf(engines, workspace, person);
  personsRoutes(http, { ...engines, vault, segmentsOf });
  const refresher = new Refresher({ ...engines, personMap, log });
  const touched = (workspace: number, nodes: readonly number[]) => refresher.touched(workspace, nodes);
  onCommitted.push(touched);
  const beforeRemoval: BeforeRemoval[] = [];
  segmentsRoutes(http, { ...engines, refresher, personMap, vault, beforeRemoval });
  // At once, but nobody waits for a segment that is being worked out whole.
  stoppers.after.push(async ({ workspace, nodes }) => {
    refresher.touched(workspace, nodes);
    await Promise.race([
      refresher.lookNow(workspace, nodes),
      setTimeout(mostWaitMs, undefined, { ref: false }),
    ]);
    return [];
  });
  identify(house, people, refresher);
  refresher.start();
  house.closing.push(() => refresher.stop());
  return { refresher, touched, beforeRemoval };
}

export type Chosen = ReturnType<typeof choose>;
