import type { Purpose } from "@stork/contract/privacy.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { findStandings } from "./consent.store.ts";
import { stateFor } from "./legal.ts";

/**
 * Those of these persons who said no to a purpose as a whole. A no to personalisation (PIPL 24) leaves them out of
 * whatever reaches out to a segment, while messages of service go on; a no to children's data ends every guess at them.
 */
export async function findRefusing(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
  purpose: Purpose,
): Promise<Set<number>> {
  const standings = await findStandings(db, workspace, persons);
  const said = (person: number) => standings.get(person)?.consents ?? [];
  return new Set(persons.filter((person) => stateFor(said(person), purpose) === "withdrawn"));
}
