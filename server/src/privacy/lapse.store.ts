import type { ConsentRequest, Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { findHouseholds } from "../people/household.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { findStandings } from "./consent.store.ts";
import { findFaces } from "./faces.store.ts";
import { stateFor } from "./legal.ts";

export interface Lapsing {
  readonly child: number;
  /** Who holds it. */
  readonly person: number;
  readonly node: number;
  readonly since: string;
  readonly purposes: Purpose[];
  /** Whose yes it is that ends, and to what. */
  readonly words: readonly { readonly person: number; readonly purposes: readonly Purpose[] }[];
}

/**
 * Children who have turned 14 and are still used by a guardian's word, and of whom nothing was asked yet; `last` null:
 * there are no more. The word is a yes, or, where nobody was asked, that a guardian told us the date of a child under 14:
 * it carries no further than a yes does. A guardian is whoever cares for the child: who holds it, their family, and who
 * shares it.
 */
export async function findLapsing(
  db: Db,
  workspace: number,
  today: string,
  { after, limit }: { after: number; limit: number },
): Promise<{ items: Lapsing[]; last: number | null }> {
  const { rows } = await sql<Turned>`
    select child.id as child, node.person, child.node,
      to_char(child.born_on + interval '14 years', 'YYYY-MM-DD') as since,
      array(select sharer.person from child_carer as carer join node as sharer on sharer.id = carer.node
        where carer.child = child.id) as sharers,
      withheld_at is null and known_at < child.born_on + interval '14 years' as told
    from child join node on node.id = child.node
    where child.workspace_id = ${workspace} and child.removed_at is null and child.id > ${after}
      and child.born_on + interval '14 years' <= ${today}::date
      and not exists (select from consent_request where consent_request.child = child.id)
    order by child.id limit ${limit}`.execute(db);
  const homes = await findHouseholds(db, workspace, [...new Set(rows.map(({ person }) => person))]);
  const carersOf = ({ person, sharers }: Turned): number[] => [
    ...new Set([...(homes.get(person)?.persons ?? [person]), ...sharers]),
  ];
  const standings = await findStandings(db, workspace, [...new Set(rows.flatMap(carersOf))]);
  const stateOf = (person: number, purpose: Purpose, child: number) =>
    stateFor(standings.get(person)?.consents ?? [], purpose, { child: String(child) });
  const items = rows.flatMap(({ sharers: _, told, ...row }, i): Lapsing[] => {
    const carers = carersOf(rows[i] as Turned);
    const isUnasked = told && carers.every((one) => stateOf(one, "child", row.child) === "none");
    const words = carers.flatMap((person) => {
      const theirs = guardians.filter(
        (purpose) =>
          stateOf(person, purpose, row.child) === "granted" ||
          (purpose === "child" && isUnasked && person === row.person),
      );
      return theirs.length === 0 ? [] : { person, purposes: theirs };
    });
    const all = guardians.filter((purpose) => words.some(({ purposes }) => purposes.includes(purpose)));
    return words.length === 0 ? [] : [{ ...row, purposes: all, words }];
  });
  return { items, last: rows.length < limit ? null : (rows.at(-1)?.child ?? null) };
}

interface Turned extends Pick<Lapsing, "child" | "person" | "node" | "since"> {
  readonly sharers: readonly number[];
  /** In use, and told before that day. */
  readonly told: boolean;
}
/** What a guardian agrees to for a child alone. */
const guardians = ["child", "health"] as const satisfies readonly Purpose[];

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

/** At whom the answer is kept: who holds the child, and everybody whose yes the law ended. */
interface Answerable {
  readonly child: number;
  readonly words: readonly { readonly person: number; readonly purpose: Purpose }[];
}

/** Takes down what the young person said, once; null: there is no such request, false: it was answered before. */
export async function answerConsentRequest(
  db: Db,
  workspace: number,
  id: number,
  { state, by, at }: { state: ConsentRequest["answer"]; by: string; at: Date },
): Promise<Answerable | null | false> {
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
  if (!found.fresh) return false;
  const { person, child, purposes } = found;
  const { rows: others } = await sql<Answerable["words"][number]>`
    select distinct node.person, consent.purpose from consent join node on node.id = consent.node
    where consent.workspace_id = ${workspace} and consent.child = ${child} and consent.said_by = 'law:14'
      and node.person <> ${person}`.execute(db);
  return { child, words: [...purposes.map((purpose) => ({ person, purpose })), ...others] };
}
