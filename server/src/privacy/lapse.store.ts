import type { Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";

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

export async function findConsentRequests(db: Db, workspace: number) {
  const { rows } = await sql<{
    id: string;
    person: string;
    child: string;
    purposes: Purpose[];
    since: string;
  }>`
    select request.id::text, node.person::text, request.child::text, request.purposes, request.since
    from consent_request as request join node on node.id = request.node
    where request.workspace_id = ${workspace} and request.answered_at is null order by request.id limit 500`.execute(
    db,
  );
  return rows;
}
