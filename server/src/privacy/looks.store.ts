import type { LoggedLook } from "@stork/contract/looks.ts";
import { sql } from "kysely";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { findFaces } from "./faces.store.ts";
import { lookWords } from "./look-words.ts";

interface LookRow {
  readonly id: number;
  readonly who: string;
  readonly what: string;
  readonly at: Date;
  /** Who she is today; null: of many, or erased since. */
  readonly person: number | null;
  readonly persons: number | null;
}

export interface LooksAsked {
  readonly person: number | null;
  readonly before: number | null;
  readonly limit: number;
}

/** Who looked behind the masks, newest first; of everybody, or of one person as any of her identifiers was known. */
export async function findLooks(
  { db, vault }: { readonly db: Db; readonly vault: Vault },
  workspace: number,
  { person, before, limit }: LooksAsked,
): Promise<LoggedLook[]> {
  const older = before === null ? sql`true` : sql`id < ${before}`;
  const { rows } = await sql<LookRow>`
    with found as (${person === null ? ofAll(workspace, older, limit) : ofOne(workspace, person, older, limit)})
    select found.id, found.who, found.what, found.at, found.persons, node.person from found
    left join node on node.id = found.person and node.workspace_id = ${workspace}
    order by found.id desc limit ${limit}`.execute(db);
  const known = rows.flatMap((row) => row.person ?? []);
  const faceOf = await findFaces({ db, vault }, workspace, [...new Set(known)]);
  return rows.map((row) => ({
    ...{ id: String(row.id), who: row.who, at: row.at.toISOString(), what: lookWords(row.what) },
    person: row.person === null ? null : { id: String(row.person), ...faceOf(row.person) },
    persons: row.persons,
  }));
}

type Sql = ReturnType<typeof sql>;

/** An export is one line, however many persons were in it. */
const ofAll = (workspace: number, older: Sql, limit: number) => sql`
  (select id, who, what, at, nullif(person, 0) as person, case when person <> 0 then 1 end as persons
    from reveal_log where workspace_id = ${workspace} and what not like 'export %' and ${older}
    order by id desc limit ${limit})
  union all
  (select id, who, what, at, case when persons = 1 then one end, persons from (
      select max(id) as id, who, what, max(at) as at, count(distinct person)::int as persons,
        max(nullif(person, 0)) as one from reveal_log
      where workspace_id = ${workspace} and what like 'export %' group by who, what) as taken
    where ${older} order by id desc limit ${limit})`;

const ofOne = (workspace: number, person: number, older: Sql, limit: number) => sql`
  select id, who, what, at, person, 1 as persons from reveal_log
  where workspace_id = ${workspace} and ${older}
    and person = any(array(select id from node where workspace_id = ${workspace} and person = ${person}))
  order by id desc limit ${limit}`;
