import type { People } from "../people/people.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";

/** What this room is built from. */
export interface JourneysParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly vault: People["vault"];
  /** While a past is being told nothing is news. */
  readonly isQuiet: () => boolean;
}
