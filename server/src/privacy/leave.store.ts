import { type ConsentChannel, type Purpose, purposeFacts } from "@stork/contract/privacy.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { findStandings } from "./consent.store.ts";
import { stateFor } from "./legal.ts";
import { findRestricted } from "./restricted.store.ts";
import { type StandingSilence, silencesOf } from "./silence.store.ts";

/** Why something of a person may not be used, or leave, for a purpose; the first that holds. */
export type BarredReason =
  /** Being deleted, or held for a court: nothing leaves, for any purpose. */
  "restricted" | "silence" | "withdrawn" | "suppressed" | "non-personalised" | "no-consent";

export interface Leaving {
  readonly channel?: ConsentChannel | null;
  /**
   * Chosen by what is known of their children, in every way that the condition can hold, and when: of a child that is
   * silenced nothing was known then, so it is another child that is meant. A function where each was chosen at a time
   * of its own.
   */
  readonly byChildrenAt?: Date | null | ((person: number) => Date | null);
  /** Bar who refused, but not who was never asked: for the company's own systems, which ask for themselves. */
  readonly onlyRefused?: boolean;
}

/** What was known when persons were chosen may be older than the choice by this much. */
const marginMs = 60_000;

/**
 * May this leave the house, for this purpose? Who is in the answer may not, and why. The one answer: the gate of the
 * messages, exports and webhooks ask here.
 */
export async function findBarred(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
  purpose: Purpose,
  { channel = null, byChildrenAt = null, onlyRefused = false }: Leaving = {},
): Promise<Map<number, BarredReason>> {
  const barred = new Map<number, BarredReason>();
  if (persons.length === 0) return barred;
  const [restricted, silences, standings] = await Promise.all([
    findRestricted(db, workspace, persons),
    silencesOf(db, workspace, persons),
    findStandings(db, workspace, persons),
  ]);
  const { basis, unasked } = purposeFacts[purpose];
  const chosenAt = typeof byChildrenAt === "function" ? byChildrenAt : () => byChildrenAt;
  for (const person of persons) {
    const { consents = [], refused = false } = standings.get(person) ?? {};
    const state = stateFor(consents, purpose, { channel });
    const chosen = stateFor(consents, "personalisation") !== "withdrawn";
    const bar = (reason: BarredReason) => barred.set(person, reason);
    if (restricted.has(person)) bar("restricted");
    // What was ordered is delivered, and its papers follow: silence and a no to marketing are not about that.
    else if (basis === "contract") continue;
    else if (isSilent(silences.get(person) ?? [], chosenAt(person))) bar("silence");
    else if (state === "withdrawn") bar("withdrawn");
    else if (refused && purpose === "marketing") bar("suppressed");
    else if (!chosen && choosing.has(purpose)) bar("non-personalised");
    else if (state === "none" && unasked === "barred" && !onlyRefused) bar("no-consent");
  }
  return barred;
}

/** Who gets it is chosen by what is known of them. */
const choosing: ReadonlySet<Purpose> = new Set(["marketing", "personalisation", "automated", "sharing"]);

/** Whether silences forbid speaking to somebody who was chosen by other children at a time (or without, null). */
const isSilent = (silences: readonly StandingSilence[], byChildrenAt: Date | null): boolean =>
  silences.some(({ since }) => byChildrenAt === null || byChildrenAt.getTime() < since.getTime() + marginMs);
