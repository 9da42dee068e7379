import { purposeFacts } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { dayNumber } from "../catalog/calendar.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import {
  findSharedChildren,
  findStatedChildren,
  lockChildren,
  type MirroredChild,
  mirrorChildren,
  type NewChild,
  upsertChildren,
} from "./child.store.ts";
import { dateKey, dateMarks, type KeptChild, mergeChild } from "./children.ts";
import { recordConsents } from "./consent.store.ts";
import { findHouseholds } from "./household.store.ts";
import { findHushed } from "./hush.store.ts";
import { owedRows } from "./owed.ts";
import { changeTraits } from "./profile-change.store.ts";
import { keepAside, type WordAside } from "./same-child.store.ts";
import { type ObeyWords, type Settle, settleAll } from "./settle.ts";
import type {
  ChildStatement,
  ConsentStatement,
  ProfileStatement,
  Recorded,
  Statement,
  TraitsStatement,
} from "./statements.ts";
import { recordTraits } from "./trait.store.ts";
import type { Vault } from "./vault.store.ts";

/** Takes down what was said of persons: traits, children, consent. All committed, and copied, when it answers. */
export type RecordStatements = (workspace: number, statements: readonly Statement[]) => Promise<Recorded>;

export interface StatementParts {
  db: Db;
  clickhouse: ClickHouse;
  vault: Vault;
  clock: Clock;
  /** Told of whom something was said of a child, once it is committed. */
  childrenChanged?: (workspace: number, nodes: readonly number[]) => void;
  settling?: readonly Settle[];
  obeying?: readonly ObeyWords[];
}

const slice = 5_000;

export function createRecorder(parts: StatementParts): RecordStatements {
  const { db, clickhouse, vault, clock, settling = [] } = parts;
  const copies = owedRows<MirroredChild>(
    ({ id }) => id,
    (rows) => mirrorChildren(clickhouse, rows),
  );
  return async (workspace, statements) => {
    const recorded: Recorded = { childrenAdded: 0, childrenChanged: 0, childrenMarked: 0 };
    if (statements.length === 0) return recorded;
    await vault.ready(workspace);
    for (let from = 0; from < statements.length; from += slice) {
      const some = statements.slice(from, from + slice);
      const traits = some.filter((one): one is TraitsStatement => one.kind === "traits");
      const children = some.filter((one): one is ChildStatement => one.kind === "child");
      const consents = some.filter((one): one is ConsentStatement => one.kind === "consent");
      const changes = some.filter((one): one is ProfileStatement => one.kind === "profile");
      if (traits.length > 0) await recordTraits(parts, workspace, traits);
      if (changes.length > 0) await changeTraits(parts, workspace, changes);
      if (consents.length > 0) {
        const { rows, heard } = await hearConsents(parts, workspace, consents);
        await copies.write(rows);
        if (heard.length > 0) parts.childrenChanged?.(workspace, heard);
      }
      if (children.length > 0) {
        const rows = await db
          .transaction()
          .execute((tx) => recordChildren(tx, { vault, clock, settling }, workspace, children, recorded));
        await copies.write(rows);
        if (rows.length > 0) parts.childrenChanged?.(workspace, [...new Set(rows.map(({ node }) => node))]);
      }
    }
    return recorded;
  };
}

/**
 * A no, and what may be said of one child alone, is obeyed in the transaction that keeps it: a system's as much as hers.
 */
async function hearConsents(
  { db, clock, settling = [], obeying = [] }: StatementParts,
  workspace: number,
  consents: readonly ConsentStatement[],
): Promise<{ rows: readonly MirroredChild[]; heard: readonly number[] }> {
  const nothing = { rows: [], heard: [] };
  const bearing = consents.filter(({ purpose }) => purposeFacts[purpose].perChild);
  const some = bearing.length > 0 || consents.some(({ state }) => state === "withdrawn");
  if (!some || settling.length + obeying.length === 0) {
    await recordConsents(db, workspace, consents);
    return nothing;
  }
  return db.transaction().execute(async (tx) => {
    if (bearing.length > 0) await lockChildren(tx, workspace);
    const kept = await recordConsents(tx, workspace, consents);
    if (kept.length === 0) return nothing;
    const heard = [...new Set(bearing.map(({ node }) => node))];
    const persons = await personsOf(tx, [...new Set([...heard, ...kept.map(({ node }) => node)])]);
    const words = kept.flatMap(({ node, ...word }) => {
      const person = persons.get(node);
      return person === undefined ? [] : { ...word, person };
    });
    const at = clock.now();
    for (const obey of obeying) await obey(tx, workspace, words, at);
    if (heard.length === 0) return nothing;
    const bearers = heard.flatMap((node) => persons.get(node) ?? []);
    return { rows: await settleAll(settling, tx, workspace, [...new Set(bearers)], at), heard };
  });
}

/** The latest calendar date anywhere on earth: what is later than that is surely in the future. */
export const latestToday = (now: Date): string =>
  new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);

async function recordChildren(
  tx: Tx,
  { vault, clock, settling = [] }: Pick<StatementParts, "vault" | "clock" | "settling">,
  workspace: number,
  statements: readonly ChildStatement[],
  recorded: Recorded,
): Promise<MirroredChild[]> {
  const today = latestToday(clock.now());
  await lockChildren(tx, workspace);
  const persons = await personsOf(tx, [...new Set(statements.map(({ node }) => node))]);
  const kept = await familiesChildren(tx, vault, workspace, [...new Set(persons.values())]);
  const sealed = (child: KeptChild): NewChild => ({
    ...child,
    sealedName: child.name === null ? null : vault.seal(workspace, child.name),
  });
  const written = new Map<string, KeptChild>();
  const asides: WordAside[] = [];
  const all = statements.map((statement) => saidChild(statement, today));
  const hushed = await findHushed(tx, vault, workspace, all, clock.now());
  for (const [i, said] of all.entries()) {
    const person = persons.get(said.node);
    if (person === undefined) continue;
    const own = kept.get(person) as KeptChild[];
    const merge = mergeChild(own, said);
    // Whoever parts one day has what was said at their own nodes.
    if (merge.change !== "add" && merge.child.node !== said.node && !merge.child.removed)
      asides.push({ word: sealed(said), of: merge.child });
    if (merge.change === "none") continue;
    // A child that is silenced is not brought back by a system that had not heard of it.
    if (merge.change === "add" && hushed.has(i)) continue;
    const child = merge.change === "add" ? said : { ...merge.child, marks: dateMarks(merge.child, today) };
    if (merge.change === "add") own.push(child);
    else own[merge.index] = child;
    recorded[merge.change === "add" ? "childrenAdded" : "childrenChanged"] += 1;
    recorded.childrenMarked += child.marks.length > 0 ? 1 : 0;
    written.set(`${child.node}\n${child.key}`, child);
  }
  const rows = await upsertChildren(tx, workspace, [...written.values()].map(sealed), clock.now());
  const aside = await keepAside(tx, workspace, asides, clock.now());
  if (rows.length + aside.length === 0) return [];
  const settled = await settleAll(settling, tx, workspace, [...new Set(persons.values())], clock.now());
  return [...rows, ...aside, ...settled];
}

/**
 * The children that a word of each of these persons may be about: their own and those of the carers they share a
 * family or a child with. One list for all of a family, so that a child said by two of them in one batch is one.
 */
async function familiesChildren(
  tx: Tx,
  vault: Vault,
  workspace: number,
  persons: readonly number[],
): Promise<Map<number, KeptChild[]>> {
  const households = await findHouseholds(tx, workspace, persons);
  const everybody = [...new Set([...households.values()].flatMap((one) => one.persons))];
  const stored = await findStatedChildren(tx, workspace, everybody);
  const shared = await findSharedChildren(tx, workspace, everybody);
  const byPerson = Map.groupBy([...stored, ...shared], ({ person }) => person);
  const lists = new Map<number, KeptChild[]>();
  for (const { family, persons: members } of households.values()) {
    if (lists.has(family)) continue;
    const known = new Map(
      members.flatMap((one) => byPerson.get(one) ?? []).map((child) => [child.id, child]),
    );
    lists.set(
      family,
      [...known.values()].map(({ sealedName, ...child }) => ({
        ...child,
        name: sealedName === null ? null : vault.open(workspace, sealedName),
      })),
    );
  }
  return new Map([...households].map(([person, { family }]) => [person, lists.get(family) as KeptChild[]]));
}

function saidChild(statement: ChildStatement, today: string): KeptChild {
  const dates = { bornOn: realDate(statement.bornOn), dueOn: realDate(statement.dueOn) };
  return {
    node: statement.node,
    key:
      statement.key ??
      dateKey(dates.bornOn ?? statement.bornOn ?? null, dates.dueOn ?? statement.dueOn ?? null),
    ...dates,
    gender: statement.gender ?? (statement.genderCode === undefined ? null : "unknown"),
    genderCode: statement.genderCode ?? null,
    name: statement.name ?? null,
    gestationDays: statement.gestationDays ?? null,
    adoptedOn: realDate(statement.adoptedOn),
    birthOrder: null,
    marks: dateMarks(dates, today),
    statedBy: statement.statedBy,
    statedAt: statement.at,
  };
}

/** A date that does not exist (2026-02-30) is kept as the child's key only; the child is marked. */
const realDate = (date: string | undefined): string | null =>
  date === undefined || dayNumber(date) === null ? null : date;

async function personsOf(tx: Tx, nodes: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; person: number }>`
    select id, person from node where id = any(${nodes}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, person }) => [id, person]));
}
