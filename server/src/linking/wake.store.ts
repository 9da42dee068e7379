import type { OnCommitted } from "../events/commit.store.ts";
import { startRun } from "./run.job.ts";
import type { RunDeps } from "./run-deps.ts";
import { findSetting } from "./setting.store.ts";

/** New records wait so long, so that those of one file are compared together. */
const quarterHourMs = 900_000;

/** Where a workspace wants it, a run follows what was committed, at most every quarter of an hour. */
export function runsByThemselves(deps: RunDeps): OnCommitted {
  const asked = new Map<number, number>();
  return async (workspace) => {
    const now = deps.clock.now().getTime();
    if (now - (asked.get(workspace) ?? Number.NEGATIVE_INFINITY) < quarterHourMs) return;
    asked.set(workspace, now);
    const { automatic } = await findSetting(deps.db, workspace);
    if (automatic) await startRun(deps, workspace, new Date(now + quarterHourMs));
  };
}
