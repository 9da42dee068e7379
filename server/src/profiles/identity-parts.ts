import type { Changes } from "../people/change.store.ts";
import type { Identity } from "../people/identity.store.ts";
import type { Caller } from "../platform/caller.ts";
import type { Clock } from "../platform/clock.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { SideParts } from "./sides.store.ts";

export interface IdentityRoutesParts extends SideParts {
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly changes: Changes;
  readonly identity: Identity;
  /** Makes two persons carers of one family; a room between this one and people knows how. */
  readonly joinFamily: (
    workspace: number,
    persons: { a: number; b: number },
    said: { caller: Caller; reason: string },
  ) => Promise<void>;
}
