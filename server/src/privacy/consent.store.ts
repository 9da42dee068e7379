import type { Consent, ConsentChannel, Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { recordConsents } from "../people/consent.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { type ConsentWord, consentsOf } from "./legal.ts";

export interface Standing {
  readonly consents: Consent[];
  /** At least one of the person's addresses is never to be written to. */
  readonly suppressed: boolean;
  /** One of them because she, or staff for her, said so; not because a message came back. */
  readonly refused: boolean;
}

/** Where these persons stand, in bulk; a person of whom nothing was said has no consents. */
export async function findStandings(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, Standing>> {
  const words = await sql<ConsentWord & { person: number }>`
    select node.person, consent.node, consent.purpose, consent.state, consent.said_by as by, consent.at,
      consent.channel, consent.child, consent.from_node as "from"
    from node join consent on consent.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[])
    order by consent.at, consent.id`.execute(db);
  const suppressed = await sql<{ person: number; refused: boolean }>`
    select node.person, bool_or(suppression.reason <> 'bounced') as refused
    from node join suppression using (workspace_id, namespace, value_hash)
    where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[]) group by 1`.execute(
    db,
  );
  const never = new Map(suppressed.rows.map(({ person, refused }) => [person, refused]));
  const byPerson = Map.groupBy(words.rows, ({ person }) => person);
  return new Map(
    persons.map((person) => [
      person,
      {
        consents: consentsOf(byPerson.get(person) ?? []),
        suppressed: never.has(person),
        refused: never.get(person) ?? false,
      },
    ]),
  );
}

/** What somebody says on a purpose. */
export interface ConsentSaid {
  readonly purpose: Purpose;
  readonly state: Consent["state"];
  readonly by: string;
  readonly at: Date;
  readonly channel?: ConsentChannel | undefined;
  readonly child?: number | undefined;
  /** Of the text that was shown. */
  readonly textVersion?: number | undefined;
}

/** A person's word, taken down by staff or through a link; it holds for all of the person's nodes. */
export async function stateConsent(
  db: Db | Tx,
  workspace: number,
  person: number,
  { by, ...said }: ConsentSaid,
): Promise<void> {
  // The person's own node always has a row, so that one said never before has a place; the others follow it.
  await recordConsents(db, workspace, [{ node: person, saidBy: by, ...said }]);
}
