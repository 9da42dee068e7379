import { instantOfWallTime } from "../cleaning/zone.ts";
import type { Event } from "../events/event.ts";
import { hash64 } from "../events/message-hash.ts";
import type { StageEntry } from "./stage-entries.ts";

/** The first instant of a calendar day: midnight, or where clocks skip it, the instant they jump. */
export const startOfDay = (timeZone: string, day: string): number =>
  instantOfWallTime(timeZone, Date.parse(`${day}T00:00:00Z`));

/**
 * The event; its message follows from child and stage (and how often it came to that), so that told again it is the same.
 * No date but its own time.
 */
export function stageEntered(
  { child, stage, previous, on, times }: StageEntry & { child: number; times: number },
  timeZone: string,
): Event {
  return {
    identifiers: [],
    rule: "same-message",
    message: hash64(`stage-entered ${child} ${stage}${times === 1 ? "" : ` ${times}`}`),
    at: startOfDay(timeZone, on),
    type: "track",
    name: "Stage Entered",
    ...{ orderId: "", amountFen: 0, quantity: 0, items: [], marks: [], excluded: false, said: [] },
    properties: JSON.stringify({ stage, child: String(child), ...(previous === null ? {} : { previous }) }),
  };
}
