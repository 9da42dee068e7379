import { setTimeout as wait } from "node:timers/promises";
import type { Vault } from "../people/vault.store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { suggestHouseholds } from "./household-signs.store.ts";
import { findWatched } from "./stage-entries.store.ts";

export interface HouseholdWatchParts {
  db: Db;
  vault: Vault;
  clock: Clock;
  log: Log;
}

const everyMs = 3_600_000;

/** Looks for households once an hour; on several servers the same questions are asked once. */
export function createHouseholdWatch({ db, vault, clock, log }: HouseholdWatchParts) {
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    turn = turn.then(async () => {
      for (const workspace of await findWatched(db)) {
        await suggestHouseholds(db, vault, workspace.id, clock.now());
        // Others have their turn between two workspaces.
        await wait(0);
      }
    });
    return turn;
  };
  const failed = (error: Error) => {
    turn = Promise.resolve();
    log.error({ event: "households-not-looked-at", error: error.name }, "households not looked at");
  };
  return {
    tasks: { "suggest-households": look } satisfies Tasks,
    start: () => {
      timer = setInterval(() => void look().catch(failed), everyMs).unref();
    },
    stop: async () => {
      clearInterval(timer);
      await turn.catch(() => undefined);
    },
  };
}
