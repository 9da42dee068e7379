import type { Step } from "@stork/contract/journeys.ts";
import type { ExitReason } from "./reasons.ts";
import { stepMeaning } from "./steps.ts";

export interface Standing {
  readonly step: number;
  /** It has begun the wait that it stands at. */
  readonly resting: boolean;
}

/** How far a run goes now. */
export interface Advanced extends Standing {
  readonly state: "waiting" | "done" | "exited";
  /** When it goes on, while it waits. */
  readonly dueAt: Date | null;
  readonly reason: ExitReason | null;
  /** The steps begun now. */
  readonly begun: readonly number[];
  /** Those of them that say something. */
  readonly sends: readonly number[];
  /** The step whose question has to be answered before it goes on; null when it went as far as it can. */
  readonly asks: number | null;
}

/** As far as a run goes at this moment: to its next rest, to a question that nobody has answered, or to the end. */
export function advance(
  steps: readonly Step[],
  from: Standing,
  answers: ReadonlyMap<number, boolean>,
  moment: { readonly now: Date; readonly timeZone: string },
): Advanced {
  const begun: number[] = [];
  const sends: number[] = [];
  let { step: at, resting } = from;
  const stop = (how: Partial<Advanced>): Advanced => {
    const blank = { state: "waiting", dueAt: null, reason: null, asks: null, resting: false } as const;
    return { ...blank, step: at, begun, sends, ...how };
  };
  for (let step = steps[at]; step !== undefined; step = steps[at]) {
    const taken = stepMeaning(step).take(step, { ...moment, resting, holds: answers.get(at) });
    if (taken.next === "ask") return stop({ asks: at });
    if (!resting) begun.push(at);
    if (taken.next === "rest") return stop({ resting: true, dueAt: taken.until });
    if (taken.next === "exit") return stop({ state: "exited", reason: taken.reason });
    if (taken.next === "end") return stop({ state: "done" });
    if (taken.next === "send") sends.push(at);
    at += 1;
    resting = false;
  }
  at = steps.length - 1;
  return stop({ state: "done" });
}
