import { type ConsentChannel, type Purpose, purposeFacts } from "@stork/contract/privacy.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { findStandings } from "./consent.store.ts";
import { stateFor } from "./legal.ts";
import { type StandingSilence, silencesOf } from "./silence.store.ts";

/** Why something of a person may not be used, or leave, for a purpose; the first that holds. */
export type BarredReason = "silence" | "withdrawn" | "suppressed" | "no-consent";

export interface Leaving {
  readonly channel?: ConsentChannel | null;
  /**
   * Chosen by what is known of their children, in every way that the condition can hold, and when: of a child that is
   * silenced nothing was known then, so it is another child that is meant.
   */
  readonly byChildrenAt?: Date | null;
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
  leaving: Leaving = {},
): Promise<Map<number, BarredReason>> {
  const barred = new Map<number, BarredReason>();
  const { basis, unasked } = purposeFacts[purpose];
  // What was ordered is delivered, and its papers follow: silence and a no to marketing are not about that.
  if (persons.length === 0 || basis === "contract") return barred;
  const [silences, standings] = [
    await silencesOf(db, workspace, persons),
    await findStandings(db, workspace, persons),
  ];
  for (const person of persons) {
    const { consents = [], suppressed = false } = standings.get(person) ?? {};
    const state = stateFor(consents, purpose, { channel: leaving.channel ?? null });
    if (isSilent(silences.get(person) ?? [], leaving.byChildrenAt ?? null)) barred.set(person, "silence");
    else if (state === "withdrawn") barred.set(person, "withdrawn");
    else if (suppressed && purpose === "marketing") barred.set(person, "suppressed");
    else if (state === "none" && unasked === "barred" && !leaving.onlyRefused)
      barred.set(person, "no-consent");
  }
  return barred;
}

/** Whether silences forbid speaking to somebody who was chosen by other children at a time (or without, null). */
export const isSilent = (silences: readonly StandingSilence[], byChildrenAt: Date | null): boolean =>
  silences.some(({ since }) => byChildrenAt === null || byChildrenAt.getTime() < since.getTime() + marginMs);
