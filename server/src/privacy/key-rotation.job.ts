import type { Vault } from "../people/vault.store.ts";
import type { CipherId } from "../platform/ciphers.ts";
import type { Clock } from "../platform/clock.ts";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import type { Db } from "../platform/postgres.ts";
import { insertKey } from "../platform/workspace-keys.store.ts";
import {
  countResealed,
  destroyRetired,
  findActiveVersion,
  findRotation,
  keptDays,
  retireBefore,
} from "./key-rotation.store.ts";
import { findSealedColumns, resealColumn } from "./reseal.store.ts";

/** Seals again what is not in the database: a room's own files. Answers how many pieces an older key had sealed. */
export type Reseal = (workspace: number, signal: AbortSignal) => Promise<number>;

export interface KeyRotationDeps {
  db: Db;
  vault: Vault;
  clock: Clock;
  jobs: Jobs;
  master: Buffer;
  /** What other rooms keep sealed outside the database. */
  alsoSealed: readonly Reseal[];
  /** Until every server has heard of a new key (see platform/workspace-keys.store.ts). */
  delaySeconds?: number;
}

const resealTask = "privacy.reseal";

export function keyRotationTasks(deps: KeyRotationDeps): Tasks {
  return {
    [resealTask]: async (payload, { signal }) => {
      const { workspace } = payload as { workspace: number };
      await reseal(deps, workspace, signal);
    },
  };
}

/** Makes the next data key, and has everything sealed with it once it is in use. Nothing stops meanwhile. */
export async function rotate(
  deps: KeyRotationDeps,
  workspace: number,
  { cipher, by }: { cipher: CipherId; by: string },
): Promise<void> {
  const { db, delaySeconds = 15 } = deps;
  await db.transaction().execute(async (tx) => {
    await insertKey(tx, deps.master, workspace, { cipher, by, delaySeconds });
    await deps.jobs.add(tx, resealTask, { workspace }, later(deps, workspace, 2 * delaySeconds * 1_000));
  });
}

const later = ({ clock }: KeyRotationDeps, workspace: number, ms: number) => ({
  ...{ key: `${resealTask}:${workspace}`, queue: "keys", runAt: new Date(clock.now().getTime() + ms) },
});

/**
 * Goes over everything sealed until a whole pass finds nothing under an older key. Those keys are retired then, and
 * destroyed a month later, after one more pass.
 */
async function reseal(deps: KeyRotationDeps, workspace: number, signal: AbortSignal): Promise<void> {
  const { db, vault, clock, jobs, alsoSealed } = deps;
  const version = await findActiveVersion(db, workspace);
  if (version === 1) return;
  await vault.ready(workspace);
  let found: number;
  do {
    found = 0;
    for (const column of await findSealedColumns(db)) {
      found += await resealColumn(db, vault, column, { workspace, version, signal });
    }
    for (const others of alsoSealed) found += await others(workspace, signal);
    await countResealed(db, workspace, version, found);
  } while (found > 0);
  await retireBefore(db, workspace, version, clock.now());
  await destroyRetired(db, workspace, clock.now());
  const { versions } = await findRotation(db, workspace);
  if (versions.some(({ state }) => state === "retired"))
    await jobs.add(db, resealTask, { workspace }, later(deps, workspace, (keptDays * 24 + 1) * 3_600_000));
}
