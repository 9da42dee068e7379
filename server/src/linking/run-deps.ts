import type { Changes } from "../people/change.store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { Db } from "../platform/postgres.ts";
import type { WorkspaceKeys } from "../platform/workspace-keys.store.ts";

export interface RunDeps {
  db: Db;
  clock: Clock;
  jobs: Jobs;
  keysOf(workspace: number): Promise<WorkspaceKeys>;
  changes: Pick<Changes, "make">;
}
