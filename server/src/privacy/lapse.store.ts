import type { ConsentRequest, Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { findFaces } from "./faces.store.ts";

export interface Lapsing {
  readonly child: number;
  readonly person: number;
  readonly node: number;
  readonly since: string;
  readonly purposes: Purpose[];
}

/** Children who have turned 14 while a guardian's yes stood for them, and of whom nothing was asked yet. */
export async function findLapsing(
  db: Db,
  workspace: number,
  today: string,
  limit: number,
): Promise<Lapsing[]> {
  const { rows } = await sql<Lapsing>`
    select child.id as child, node.person, child.node,
      to_char(child.born_on + interval '14 years', 'YYYY-MM-DD') as since,
      array_agg(distinct consent.purpose) as purposes
    from child join node on node.id = child.node
    join node as own on own.person = node.person
    join consent on consent.node = own.id and consent.purpose in ('child', 'health') and consent.state = 'granted'
      and (consent.child is null or consent.child = child.id)
      -- Not the yes of somebody who has parted since.
      and (consent.from_node is null or exists (
        select from node as said where said.id = consent.from_node and said.person = node.person))
    where child.workspace_id = ${workspace} and child.removed_at is null
      and child.born_on + interval '14 years' <= ${today}::date
      and not exists (select from consent_request where consent_request.child = child.id)
    group by child.id, node.person, child.node, child.born_on order by child.id limit ${limit}`.execute(db);
  return rows;
}

/** From now on the child's own word is to be asked for. */
export async function openConsentRequest(db: Db, workspace: number, lapsing: Lapsing): Promise<void> {
  const { node, child, purposes, since } = lapsing;
  await sql`
    insert into consent_request (workspace_id, node, child, purposes, since)
    values (${workspace}, ${node}, ${child}, ${purposes}, ${since}) on conflict (child) do nothing`.execute(
    db,
  );
}

/** Answered ones the newest first, the others in the order in which they came. */
export async function findConsentRequests(
  { db, vault }: { readonly db: Db; readonly vault: Vault },
  workspace: number,
  answered: boolean,
): Promise<ConsentRequest[]> {
  const { rows } = await sql<Row>`
    select ${columns} from consent_request as request join node on node.id = request.node
    where request.workspace_id = ${workspace} and (request.answered_at is not null) = ${answered}
    order by request.answered_at desc, request.id limit 500`.execute(db);
  const faceOf = await findFaces({ db, vault }, workspace, [...new Set(rows.map(({ person }) => person))]);
  return rows.map(({ person, answeredAt, ...row }) => ({
    ...{ ...row, person: String(person), ...faceOf(person) },
    answeredAt: answeredAt?.toISOString() ?? null,
  }));
}

type Row = Omit<ConsentRequest, "person" | "name" | "phone" | "answeredAt"> & {
  person: number;
  answeredAt: Date | null;
};
const columns = sql.raw(`request.id::text, node.person, request.child::text, request.purposes, request.since,
  request.answer, request.answered_at as "answeredAt", request.answered_by as "answeredBy"`);

/** Takes down what the young person said, once; null: there is no such request, false: it was answered before. */
export async function answerConsentRequest(
  db: Db,
  workspace: number,
  id: number,
  { state, by, at }: { state: ConsentRequest["answer"]; by: string; at: Date },
): Promise<Pick<Lapsing, "person" | "child" | "purposes"> | null | false> {
  const { rows } = await sql<Pick<Lapsing, "person" | "child" | "purposes"> & { fresh: boolean }>`
    with answered as (
      update consent_request set answered_at = ${at}, answered_by = ${by}, answer = ${state}
      where workspace_id = ${workspace} and id = ${id} and answered_at is null returning id
    )
    select node.person, request.child, request.purposes, request.id in (select id from answered) as fresh
    from consent_request as request join node on node.id = request.node
    where request.workspace_id = ${workspace} and request.id = ${id}`.execute(db);
  const [found] = rows;
  if (found === undefined) return null;
  return found.fresh ? found : false;
}
