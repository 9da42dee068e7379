import type { People } from "../people/people.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import type { WorkspaceKeys } from "../platform/workspace-keys.store.ts";
import type { Stoppers } from "../privacy/stoppers.ts";

/** What this room is built from. */
export interface MessagesParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly vault: People["vault"];
  keysOf(workspace: number): Promise<WorkspaceKeys>;
  /** Where readers of a message reach this server (known once it listens), without a slash at the end. */
  publicUrl(): string;
  /** Told of persons' nodes that have new facts, so that what depends on them can be refreshed. */
  readonly onFacts?: (workspace: number, nodes: readonly number[], names: readonly string[]) => void;
  /** Told of a withdrawal, as by every other way of saying it. */
  readonly stoppers?: Pick<Stoppers, "inside">;
  /** How long a claim holds without being renewed. */
  readonly leaseSeconds?: number;
  /** How many messages are on their way at once. */
  readonly concurrency?: number;
}

export const defaultLeaseSeconds = 20;
