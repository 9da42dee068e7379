import type { Event } from "./event.ts";
import type { Origin } from "./event-row.ts";

/** An event as it was written: of whom, and where it came from. */
export interface CommittedRow {
  readonly event: Event;
  readonly node: number;
  readonly origin: Origin;
}
