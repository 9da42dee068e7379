import type { Consent, Purpose } from "@stork/contract/people.ts";
import { sql } from "kysely";
import { recordConsents } from "../people/consent.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { type ConsentWord, consentsOf } from "./legal.ts";

export interface Standing {
  readonly consents: Consent[];
  /** At least one of the person's addresses is never to be written to. */
  readonly suppressed: boolean;
}

/** Where these persons stand, in bulk; a person of whom nothing was said has no consents. */
export async function findStandings(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, Standing>> {
  const words = await sql<ConsentWord & { person: number }>`
    select node.person, consent.node, consent.purpose, consent.state, consent.said_by as by, consent.at
    from node join consent on consent.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[])
    order by consent.at, consent.id`.execute(db);
  const suppressed = await sql<{ person: number }>`
    select distinct node.person from node join suppression using (workspace_id, namespace, value_hash)
    where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[])`.execute(db);
  const never = new Set(suppressed.rows.map(({ person }) => person));
  const byPerson = new Map<number, ConsentWord[]>();
  for (const { person, ...word } of words.rows) byPerson.set(person, [...(byPerson.get(person) ?? []), word]);
  return new Map(
    persons.map((person) => [
      person,
      { consents: consentsOf(byPerson.get(person) ?? []), suppressed: never.has(person) },
    ]),
  );
}

/** A person's word on a purpose, taken down by staff or through a link; it holds for all of the person's nodes. */
export async function stateConsent(
  db: Db | Tx,
  workspace: number,
  person: number,
  said: { purpose: Purpose; state: Consent["state"]; by: string; at: Date },
): Promise<void> {
  const { purpose, state, by, at } = said;
  // The person's own node always has a row, so that one said never before has a place; the others follow it.
  await recordConsents(db, workspace, [{ node: person, purpose, state, saidBy: by, at }]);
}
