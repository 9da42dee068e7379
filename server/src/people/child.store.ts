import { sql } from "kysely";
import { earlyDays } from "../catalog/stages.ts";
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
  /** Consent was withdrawn for it, or signs say that silence is kinder: nothing is said of it. */
  readonly withheldAt: Date | null;
  /** When we first heard of it, whatever day the word carries. */
  readonly knownAt: Date;
}

const storedColumns =
  sql.raw(`child.id, child.node, child.key, born_on as "bornOn", due_on as "dueOn", gender,
  gender_code as "genderCode", null as name, sealed_name as "sealedName", gestation_days as "gestationDays",
  adopted_on as "adoptedOn", birth_order as "birthOrder", said_node as "saidNode", marks, stated_by as "statedBy", stated_at as "statedAt",
  source, confidence, withheld_at as "withheldAt", known_at as "knownAt", version`);

/** The children that the holders of any node of these persons stated. */
export async function findChildren(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<StoredChild[]> {
  if (persons.length === 0) return [];
  const { rows } = await sql<StoredChild>`
    select node.person, ${storedColumns}
    from node join child on child.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[]) and child.removed_at is null
    order by child.id`.execute(db);
  return rows;
}

/** The children that carers of another household hold and these persons share; `person` is who shares it. */
export async function findSharedChildren(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<StoredChild[]> {
  if (persons.length === 0) return [];
  const { rows } = await sql<StoredChild>`
    select node.person, ${storedColumns}
    from node join child_carer as carer on carer.node = node.id join child on child.id = carer.child
    where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[]) and child.removed_at is null
    order by child.id`.execute(db);
  return rows;
}

/** All children these persons care for, whoever of them or of another household holds them. */
export async function findFamilyChildren(
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<StoredChild[]> {
  const [own, shared] = [
    await findChildren(db, workspace, persons),
    await findSharedChildren(db, workspace, persons),
  ];
  return [...own, ...shared];
}

/**
 * What a statement is held against: the children of these persons, with those taken away by hand, and with the dates
 * that somebody put right.
 */
export async function findStatedChildren(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
): Promise<StoredChild[]> {
  if (persons.length === 0) return [];
  const { rows } = await sql<StoredChild>`
    select node.person, ${storedColumns}, removed_at is not null as removed,
      case when child.version = 1 then null else (
        select array_agg(coalesce(past.born_on, past.due_on)::text) from child_past as past
        where past.child = child.id and coalesce(past.born_on, past.due_on) is not null
          and coalesce(past.born_on, past.due_on) is distinct from coalesce(child.born_on, child.due_on)
          and exists (select from child_past as put where put.child = child.id and put.version > past.version
              and put.stated_by ~ '^(user|key|person):'
            union all select where child.stated_by ~ '^(user|key|person):')) end as overruled,
      (select array_agg(aside.stated_by || chr(10) || aside.key) from child as aside where aside.aside_of = child.id)
        as "alsoKnownAs"
    from node join child on child.node = node.id
    where node.workspace_id = ${workspace} and node.person = any(${persons}::bigint[])
      and (child.removed_at is null or child.removed_by is not null)
    order by child.id`.execute(tx);
  return rows.map(({ overruled, alsoKnownAs, ...row }) => ({
    ...row,
    ...(overruled ? { overruled } : {}),
    ...(alsoKnownAs ? { alsoKnownAs } : {}),
  }));
}

export type NewChild = KeptChild & { readonly sealedName: Buffer | null };

/** New children, or new words about known ones (by node and key); answers their rows as the mirror wants them. */
export async function upsertChildren(
  tx: Tx,
  workspace: number,
  children: readonly NewChild[],
  at: Date,
): Promise<MirroredChild[]> {
  if (children.length === 0) return [];
  const of = <Key extends keyof NewChild>(key: Key) => children.map((child) => child[key]);
  const { rows } = await sql<MirroredChild>`
    insert into child (workspace_id, node, key, born_on, due_on, gender, gender_code, sealed_name, gestation_days,
      adopted_on, birth_order, said_node, marks, stated_by, stated_at, known_at)
    select ${workspace}, node, key, born_on, due_on, gender, gender_code, sealed_name, gestation_days, adopted_on,
      birth_order, said_node, case when mark = '' then '{}' else array[mark] end, stated_by, stated_at, ${at}
    from unnest(
      ${of("node")}::bigint[], ${of("key")}::text[], ${of("bornOn")}::date[], ${of("dueOn")}::date[],
      ${of("gender")}::text[], ${of("genderCode")}::text[], ${of("sealedName")}::bytea[],
      ${of("gestationDays")}::smallint[], ${of("adoptedOn")}::date[], ${of("birthOrder")}::smallint[],
      ${children.map(({ saidNode }) => saidNode ?? null)}::bigint[],
      ${children.map(({ marks }) => marks[0] ?? "")}::text[], ${of("statedBy")}::text[], ${of("statedAt")}::timestamptz[]
    ) as said (node, key, born_on, due_on, gender, gender_code, sealed_name, gestation_days, adopted_on, birth_order,
      said_node, mark, stated_by, stated_at)
    on conflict (workspace_id, node, key) do update set
      born_on = excluded.born_on, due_on = excluded.due_on, gender = excluded.gender,
      gender_code = excluded.gender_code, sealed_name = coalesce(excluded.sealed_name, child.sealed_name),
      gestation_days = excluded.gestation_days, adopted_on = excluded.adopted_on, birth_order = excluded.birth_order,
      said_node = excluded.said_node, aside_of = null,
      marks = excluded.marks, stated_by = excluded.stated_by, stated_at = excluded.stated_at,
      removed_at = null, removed_by = null, removed_why = null, version = child.version + 1
    returning ${mirroredColumns}`.execute(tx);
  return rows;
}

export interface MirroredChild {
  readonly id: number;
  readonly workspace: number;
  readonly node: number;
  readonly bornOn: string | null;
  readonly dueOn: string | null;
  readonly gestationDays: number | null;
  readonly adoptedOn: string | null;
  readonly source: string;
  readonly confidence: number;
  readonly marks: readonly string[];
  /** Kept, but stands for no stage. */
  readonly withheld: boolean;
  readonly removed: boolean;
  readonly version: number;
}

export const mirroredColumns =
  sql.raw(`child.id, child.workspace_id as workspace, child.node, child.born_on as "bornOn",
  child.due_on as "dueOn", child.gestation_days as "gestationDays", child.adopted_on as "adoptedOn", child.source,
  child.confidence, child.marks, child.withheld_at is not null as withheld, child.removed_at is not null as removed,
  child.version`);

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
      // Of what is hidden or taken away the copy needs no date.
      born_on: child.removed ? null : kept(child.bornOn),
      due_on: child.removed ? null : kept(child.dueOn),
      early_days: earlyDays(child),
      adopted_on: child.removed ? null : kept(child.adoptedOn),
      stated: child.source === "stated" ? 1 : 0,
      confidence: child.confidence,
      usable: child.marks.includes(dateImpossible) || child.withheld ? 0 : 1,
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
