import type { Db, Tx } from "../platform/postgres.ts";
import { findStandings } from "./consent.store.ts";
import { stateFor } from "./legal.ts";

/**
 * Those of these persons who asked not to be chosen for by what they did or are (PIPL 24): their word on personalisation
 * is no. They are left out of whatever reaches out to a segment; messages of service go on.
 */
export async function findUnpersonalised(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Set<number>> {
  const standings = await findStandings(db, workspace, persons);
  const said = (person: number) => standings.get(person)?.consents ?? [];
  return new Set(persons.filter((person) => stateFor(said(person), "personalisation", {}) === "withdrawn"));
}
