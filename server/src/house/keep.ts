import { freeBytes } from "../platform/data-folder.ts";
import { jobs } from "../platform/jobs.ts";
import { removeRaw } from "../platform/raw-files.client.ts";
import { version } from "../platform/version.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findSegments } from "../segments/segments.store.ts";
import { backupRoutes } from "../storage/backup.routes.ts";
import { coldPlace } from "../storage/cold.client.ts";
import { lifeCycleTasks, scheduleDaily } from "../storage/life-cycle.job.ts";
import { storageRoutes } from "../storage/storage.routes.ts";
import type { Chosen } from "./choose.ts";
import type { House } from "./house.ts";

/** How long it is kept, and where: tiers, legal holds, backups. */
export async function keep(house: House, { refresher }: Chosen): Promise<void> {
  const { db, postgres, clickhouse, clock, master, http, dataDir } = house;
  const onFactsMoved = async (workspace: WorkspaceRef) => {
    for (const { id } of await findSegments(db, workspace.id)) await refresher.evaluate(workspace, id);
  };
  const cold = coldPlace(house);
  const removeRawFiles = (paths: readonly string[]) => removeRaw(dataDir, paths);
  const parts = { db, clickhouse, clock, jobs, cold, onFactsMoved, removeRawFiles };
  storageRoutes(http, { ...parts, freeBytes: () => freeBytes(dataDir) });
  backupRoutes(http, { postgres, clickhouse, clock, dataDir, cold, version, master });
  Object.assign(house.tasks, lifeCycleTasks(parts));
  await scheduleDaily(parts);
}
