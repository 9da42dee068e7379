import { setTimeout } from "node:timers/promises";
import { createChange } from "../families/children-write.store.ts";
import { joinFamily } from "../families/join.store.ts";
import type { People } from "../people/people.store.ts";
import { identityTasks } from "../people/rejudge.job.ts";
import { jobs } from "../platform/jobs.ts";
import { identityRoutes } from "../profiles/identity.routes.ts";
import type { IdentityRoutesParts } from "../profiles/identity-parts.ts";
import type { Refresher } from "../segments/refresher.job.ts";
import type { House } from "./house.ts";

/** A change of who is who is in every segment before it is answered, unless a segment is being worked out whole. */
const mostWaitMs = 700;

/** Who is who by somebody's word: what changes is seen by the segments at once. */
export function identify(house: House, people: People, refresher: Refresher): void {
  const { db, clickhouse, clock, http } = house;
  const { vault, identity, changes } = people;
  people.onChanged.push(async (workspace, persons) => {
    refresher.touched(workspace, persons);
    const looked = refresher.lookNow(workspace, persons);
    await Promise.race([looked, setTimeout(mostWaitMs, undefined, { ref: false })]);
  });
  const change = createChange({ db, clickhouse, vault, clock, onChanged: () => undefined });
  const join: IdentityRoutesParts["joinFamily"] = async (workspace, { a, b }, { caller, reason }) => {
    const word = { how: "suggested", by: caller.who, reason: reason || null, at: clock.now() } as const;
    await joinFamily(change, workspace, { into: a, person: b, role: "other" }, word);
    refresher.touched(workspace, [a, b]);
    people.childrenChanged(workspace, [a, b]);
  };
  identityRoutes(http, { db, clickhouse, vault, clock, jobs, changes, identity, joinFamily: join });
  Object.assign(house.tasks, identityTasks(changes));
}
