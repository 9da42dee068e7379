import type { Purpose, Stopped } from "@stork/contract/privacy.ts";
import type { Tx } from "../platform/postgres.ts";

/** What somebody's no stopped on its way; for the proof. */
export interface StoppedItem {
  readonly kind: Stopped["kind"];
  /** A number that is no person's: of a campaign, a segment, a webhook. */
  readonly ref: string;
  readonly name: string;
  readonly times: number;
}

export interface Whom {
  readonly workspace: number;
  readonly persons: readonly number[];
  /** All of their nodes. */
  readonly nodes: readonly number[];
}

export type StopReason = "silence" | "withdrawn";

/**
 * How later rooms are told to stop at once what is under way for somebody; main.ts fills the lists. Whoever is asked
 * must not rely on it alone: what begins at the same moment asks leave.store.ts right before anything leaves.
 */
export interface Stoppers {
  /** In the transaction of the word itself. */
  readonly inside: ((tx: Tx, whom: Whom, reason: StopReason, at: Date) => Promise<readonly StoppedItem[]>)[];
  /** When it is committed and the facts' engine knows. */
  readonly after: ((whom: Whom, reason: StopReason, at: Date) => Promise<readonly StoppedItem[]>)[];
  /** What is kept of these children by a consent to this purpose alone goes with it, in the transaction of the no. */
  readonly ended: ((tx: Tx, purpose: Purpose, children: readonly number[]) => Promise<void>)[];
}

/**
 * With a no to these nothing that waits may go. Not with a no to sharing: who is not to be told of to others is still
 * written to by us; what is shared asks when it leaves.
 */
export const stopsAll: ReadonlySet<Purpose> = new Set(["marketing", "personalisation"]);

export const noStoppers = (): Stoppers => ({ inside: [], after: [], ended: [] });
