import { sql } from "kysely";
import { type ClickHouse, ch } from "../platform/clickhouse.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { dateImpossible, type KeptChild } from "./children.ts";

/** Changes of a workspace's children take turns, so that two servers told of the same child do not both add it. */
export async function lockChildren(tx: Tx, workspace: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(7182, ${workspace}::int)`.execute(tx);
}

/** A child's row; `sealedName` is the name as stored. */
export interface StoredChild extends KeptChild {
  readonly id: number;
  readonly person: number;
  readonly version: number;
  readonly sealedName: Buffer | null;
  readonly source: string;
  readonly confidence: number;
}

/** The children that the holders of any node of these persons stated. */
export async function findChildren(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<StoredChild[]> {
  if (persons.length === 0) return [];
  const { rows } = await sql<StoredChild>`
    select child.id, node.person, child.node, child.key, born_on as "bornOn", due_on as "dueOn", gender,
      gender_code as "genderCode", null as name, sealed_name as "sealedName", marks, stated_by as "statedBy",
      stated_at as "statedAt", source, confidence, version
    from node join child on child.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[]) and child.removed_at is null
    order by child.id`.execute(db);
  return rows;
}

export type NewChild = KeptChild & { readonly sealedName: Buffer | null };

/** New children, or new words about known ones (by node and key); answers their rows as the mirror wants them. */
export async function upsertChildren(
  tx: Tx,
  workspace: number,
  children: readonly NewChild[],
): Promise<MirroredChild[]> {
  if (children.length === 0) return [];
  const of = <Key extends keyof NewChild>(key: Key) => children.map((child) => child[key]);
  const { rows } = await sql<MirroredChild>`
    insert into child (workspace_id, node, key, born_on, due_on, gender, gender_code, sealed_name, marks, stated_by, stated_at)
    select ${workspace}, node, key, born_on, due_on, gender, gender_code, sealed_name,
      case when mark = '' then '{}' else array[mark] end, stated_by, stated_at
    from unnest(
      ${of("node")}::bigint[], ${of("key")}::text[], ${of("bornOn")}::date[], ${of("dueOn")}::date[],
      ${of("gender")}::text[], ${of("genderCode")}::text[], ${of("sealedName")}::bytea[],
      ${children.map(({ marks }) => marks[0] ?? "")}::text[], ${of("statedBy")}::text[], ${of("statedAt")}::timestamptz[]
    ) as said (node, key, born_on, due_on, gender, gender_code, sealed_name, mark, stated_by, stated_at)
    on conflict (workspace_id, node, key) do update set
      born_on = excluded.born_on, due_on = excluded.due_on, gender = excluded.gender,
      gender_code = excluded.gender_code, sealed_name = coalesce(excluded.sealed_name, child.sealed_name),
      marks = excluded.marks, stated_by = excluded.stated_by, stated_at = excluded.stated_at,
      removed_at = null, version = child.version + 1
    returning ${mirroredColumns}`.execute(tx);
  return rows;
}

export interface MirroredChild {
  readonly id: number;
  readonly workspace: number;
  readonly node: number;
  readonly bornOn: string | null;
  readonly dueOn: string | null;
  readonly source: string;
  readonly confidence: number;
  readonly marks: readonly string[];
  readonly removed: boolean;
  readonly version: number;
}

export const mirroredColumns =
  sql.raw(`id, workspace_id as workspace, node, born_on as "bornOn", due_on as "dueOn", source, confidence,
  marks, removed_at is not null as removed, version`);

/** ClickHouse's copy of the dates. Writing a row again changes nothing. */
export async function mirrorChildren(
  clickhouse: ClickHouse,
  children: readonly MirroredChild[],
): Promise<void> {
  await clickhouse.insert(
    "child",
    children.map((child) => ({
      workspace: child.workspace,
      child: child.id,
      node: child.node,
      born_on: kept(child.bornOn),
      due_on: kept(child.dueOn),
      stated: child.source === "stated" ? 1 : 0,
      confidence: child.confidence,
      usable: child.marks.includes(dateImpossible) ? 0 : 1,
      removed: child.removed ? 1 : 0,
      version: child.version,
    })),
  );
}

/** The engine's dates reach from 1900 to 2299; what lies outside is impossible anyway. */
const kept = (date: string | null): string | null =>
  date !== null && date >= "1900-01-01" && date <= "2299-12-31" ? date : null;

/** After a stop between the two engines: writes again the stretches of ids where the copy differs. */
export async function recoverChildren(db: Db, clickhouse: ClickHouse): Promise<void> {
  // Versions only grow, so equal sums over a stretch of ids mean equal rows.
  type Stretch = { stretch: number; versions: number };
  const { rows: ours } = await sql<Stretch>`
    select id >> 14 as stretch, sum(version)::bigint as versions from child group by 1`.execute(db);
  const copied = await clickhouse.query<Stretch>(
    ch`select bitShiftRight(child, 14) as stretch, sum(version) as versions from child final group by stretch`,
  );
  const known = new Map(copied.map(({ stretch, versions }) => [Number(stretch), Number(versions)]));
  for (const { stretch } of ours.filter((one) => known.get(one.stretch) !== one.versions)) {
    const { rows } = await sql<MirroredChild>`select ${mirroredColumns} from child where id >> 14 = ${stretch}
      and id between ${stretch * 16_384} and ${stretch * 16_384 + 16_383}`.execute(db);
    await mirrorChildren(clickhouse, rows);
  }
}
