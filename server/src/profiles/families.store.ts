import type { Stage } from "@stork/contract/catalog.ts";
import type { FamilyRow } from "@stork/contract/people.ts";
import { sql } from "kysely";
import { childColumns, stageSql } from "../catalog/stage-sql.ts";
import { findGuesses } from "../families/inferred.store.ts";
import { childrenOn } from "../families/shown-children.ts";
import { findFamilyChildren, type StoredChild } from "../people/child.store.ts";
import { displayName } from "../people/display-name.ts";
import { findHouseholds } from "../people/household.store.ts";
import { personOf } from "../people/person-map.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import { type ClickHouse, ch, date, f64, list, type Statement, str, u32 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { maskIdentifier, maskName } from "../privacy/masking.ts";
import { silencesOf } from "../privacy/silence.store.ts";
import { findDoings, findPlainTraits, nothingDone, sumOf } from "./person-facts.store.ts";
import { findIdentifiers } from "./person-nodes.store.ts";
import { searchPersons } from "./search.store.ts";

interface Parts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
}

interface InStage {
  readonly is: Stage;
  /** How sure a guess must be to count beside what was stated; null: no guess counts. */
  readonly inferred: number | null;
}

export interface FamilyQuestion {
  readonly query: string | null;
  readonly stage: InStage | null;
  /** The last person of the page before. */
  readonly after: number | null;
  readonly limit: number;
  readonly on: string;
}

export interface FamilyList {
  items: FamilyRow[];
  next: string | null;
  total: number;
}

/** A page of families, the newest person first; everything that identifies is masked, whoever asks. */
export async function findFamilies(
  parts: Parts,
  workspace: number,
  question: FamilyQuestion,
): Promise<FamilyList> {
  const { persons, total } = await findPage(parts, workspace, question);
  const page = persons.slice(0, question.limit);
  return {
    items: await rowsOf(parts, workspace, page, question.on),
    next: persons.length > question.limit ? String(page.at(-1)) : null,
    total,
  };
}

/** The page's persons and one more where there is one. */
async function findPage(
  { db, clickhouse, vault }: Parts,
  workspace: number,
  { query, stage, after, limit, on }: FamilyQuestion,
): Promise<{ persons: number[]; total: number }> {
  if (query !== null) {
    const hits = await searchPersons(db, vault, workspace, query);
    const fitting = stage === null ? hits : await inStage(clickhouse, workspace, stage, on, hits);
    const rest = fitting.filter((person) => after === null || person < after);
    return { persons: rest.slice(0, limit + 1), total: fitting.length };
  }
  if (stage !== null) {
    const all = await inStage(clickhouse, workspace, stage, on, null);
    const rest = all.filter((person) => after === null || person < after);
    return { persons: rest.slice(0, limit + 1), total: all.length };
  }
  const { rows } = await sql<{ id: number }>`
    select id from node where workspace_id = ${workspace} and person = id
      and (${after}::bigint is null or id < ${after}::bigint)
    order by id desc limit ${limit + 1}`.execute(db);
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from node where workspace_id = ${workspace} and person = id`.execute(db);
  return { persons: rows.map(({ id }) => id), total: counted[0]?.total ?? 0 };
}

/** Those with a child in the stage, newest first; of `among` only, unless that is null. */
async function inStage(
  clickhouse: ClickHouse,
  workspace: number,
  { is, inferred }: InStage,
  on: string,
  among: readonly number[] | null,
): Promise<number[]> {
  const narrowed = among === null ? ch`1` : ch`person in ${list("UInt64", among)}`;
  const [row] = await clickhouse.query<{ persons: number[] }>(ch`
    select arrayReverseSort(groupUniqArray(person)) as persons from (
      select ${personOf(ch`node`)} as person from child final
      where workspace = ${u32(workspace)} and removed = 0 and usable = 1
        and ${stageSql(ch`born_on`, ch`due_on`, date(on), childColumns)} = ${str(is)}
      ${inferred === null ? ch`` : guessedInStage(workspace, is, on, inferred)})
    where ${narrowed}`);
  return (row?.persons ?? []).map(Number);
}

/** Those whose child is only guessed, where nobody stated one. */
const guessedInStage = (workspace: number, stage: Stage, on: string, least: number): Statement => ch`
  union all select ${personOf(ch`node`)} as person from (
    select node, confidence, if(born <= ${date(on)}, born, null) as born_on, if(born > ${date(on)}, born, null) as due_on
    from (select node, born_on as born, confidence from inferred_child final
      where workspace = ${u32(workspace)} and removed = 0))
  where confidence >= ${f64(least)} and ${stageSql(ch`born_on`, ch`due_on`, date(on))} = ${str(stage)}
    and person not in (
      select ${personOf(ch`node`)} from child final where workspace = ${u32(workspace)} and removed = 0)`;

async function rowsOf(
  parts: Parts,
  workspace: number,
  persons: readonly number[],
  on: string,
): Promise<FamilyRow[]> {
  if (persons.length === 0) return [];
  const { db, clickhouse, vault } = parts;
  const nodes = await findIdentifiers(db, vault, workspace, persons);
  const ids = nodes.map(({ node }) => node);
  const families = await findHouseholds(db, workspace, persons);
  const everybody = [...new Set([...families.values()].flatMap((one) => one.persons))];
  const [children, sealed, cities, doings, silences] = await Promise.all([
    findFamilyChildren(db, workspace, everybody),
    findVaultTraits(db, vault, workspace, persons),
    findPlainTraits(clickhouse, workspace, ids, ["city"]),
    findDoings(clickhouse, workspace, ids),
    silencesOf(db, workspace, persons),
  ]);
  const childrenOf = await findRowChildren(db, workspace, { persons, families, children }, on);
  return persons.map((person) => {
    const own = nodes.filter((node) => node.person === person);
    const ownIds = new Set(own.map(({ node }) => node));
    const phone = own.find(({ namespace }) => namespace === "phone");
    const name = displayName(sealed.filter((trait) => trait.person === person));
    const did = sumOf([...ownIds].map((node) => doings.get(node) ?? nothingDone));
    return {
      id: String(families.get(person)?.family ?? person),
      person: String(person),
      name: name === null ? null : maskName(name),
      phone: phone === undefined ? null : maskIdentifier("phone", phone.value),
      city: cities.findLast(({ node }) => ownIds.has(Number(node)))?.value ?? null,
      children: childrenOf.get(person) ?? [],
      orders: did.orders,
      amountFen: did.amountFen,
      lastSeenAt: did.lastAt?.toISOString() ?? null,
      ...(silences.has(person) ? { quiet: true as const } : {}),
    };
  });
}

/** By person the children of the home: those stated, or where nobody stated any, those guessed. */
async function findRowChildren(
  db: Db,
  workspace: number,
  known: {
    persons: readonly number[];
    families: ReadonlyMap<number, { persons: readonly number[] }>;
    children: readonly StoredChild[];
  },
  on: string,
): Promise<Map<number, FamilyRow["children"]>> {
  const homes = new Map(
    known.persons.map((person) => [person, known.families.get(person)?.persons ?? [person]]),
  );
  const guesses = await findGuesses(db, workspace, homes, on);
  const rowChildren = ([person, home]: [number, readonly number[]]): FamilyRow["children"] => {
    const own = known.children.filter((child) => home.includes(child.person));
    const stated = childrenOn(own, on, () => null);
    const shown = stated.length > 0 ? stated : (guesses.get(person) ?? []);
    return shown.map(({ id, stage, ageDays, source, confidence }) => ({
      ...{ id, stage, ageDays, source },
      ...(source === "inferred" ? { confidence } : {}),
    }));
  };
  return new Map([...homes].map((home) => [home[0], rowChildren(home)]));
}

/** A person's id as a cursor. */
export const personCursor = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);
