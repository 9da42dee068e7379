import type { Child } from "@stork/contract/people.ts";
import { sql } from "kysely";
import { addDays } from "../catalog/calendar.ts";
import { ageDays, nextStage, stageOn } from "../catalog/stages.ts";
import type { StoredChild } from "../people/child.store.ts";
import { numberList } from "../people/lists.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { silencesOf } from "../privacy/silence.store.ts";
import { childrenOn } from "./shown-children.ts";

/** A guess as stored; dates as text. */
export interface InferredChild {
  readonly person: number;
  readonly ordinal: number;
  readonly bornOn: string;
  readonly from: string;
  readonly to: string;
  readonly confidence: number;
  readonly months: readonly number[];
  readonly share: number;
  readonly purchases: number;
}

interface Mirrored {
  node: number;
  ordinal: number;
  bornOn: string;
  confidence: number;
  removed: boolean;
  version: number;
}

/**
 * Replaces all guesses about some persons: those of every node of theirs go, the new ones stand under the person. A
 * guess that stays the same is not written again. Answers the persons for whom something changed.
 */
export async function replaceInferred(
  { db, clickhouse }: { db: Db; clickhouse: ClickHouse },
  workspace: number,
  persons: readonly number[],
  guesses: readonly InferredChild[],
  { version, at }: { version: number; at: Date },
): Promise<number> {
  const written = await db.transaction().execute(async (tx) => {
    const gone = await takeAway(tx, workspace, persons, guesses);
    const made = await write(tx, workspace, guesses, version, at);
    return [...gone, ...made];
  });
  await mirror(clickhouse, workspace, written);
  return written.length;
}

/** The children that were stated; where there is none, those guessed, if nobody asked for silence. */
export async function childrenOrGuesses(
  db: Db,
  workspace: number,
  { children, persons }: { children: readonly StoredChild[]; persons: readonly number[] },
  on: string,
  nameOf: (child: StoredChild) => string | null,
): Promise<Child[]> {
  const stated = childrenOn(children, on, nameOf);
  if (stated.length > 0) return stated;
  const guesses = await findGuesses(db, workspace, new Map([[0, persons]]), on);
  return guesses.get(0) ?? [];
}

async function takeAway(
  tx: Tx,
  workspace: number,
  persons: readonly number[],
  kept: readonly InferredChild[],
): Promise<Mirrored[]> {
  const { rows } = await sql<Mirrored>`
    update inferred_child as one set removed = true, version = nextval('inferred_child_version')
    from node
    where node.workspace_id = ${workspace} and node.person = any(${numberList(persons)}::bigint[])
      and one.workspace_id = ${workspace} and one.node = node.id and not one.removed
      and (one.node, one.ordinal) not in (select * from unnest(
        ${numberList(kept.map(({ person }) => person))}::bigint[], ${numberList(kept.map(({ ordinal }) => ordinal))}::smallint[]))
    returning one.node, one.ordinal, born_on as "bornOn", confidence, removed, version`.execute(tx);
  return rows;
}

async function write(
  tx: Tx,
  workspace: number,
  guesses: readonly InferredChild[],
  model: number,
  at: Date,
): Promise<Mirrored[]> {
  if (guesses.length === 0) return [];
  const texts = (values: readonly string[]) => `{${values.join(",")}}`;
  const { rows } = await sql<Mirrored>`
    insert into inferred_child (workspace_id, node, ordinal, born_on, from_on, to_on, confidence, months,
      children_share, purchases, model_version, at, version)
    select ${workspace}, node, ordinal, born_on, from_on, to_on, confidence, string_to_array(months, ' ')::smallint[],
      share, purchases, ${model}, ${at}, nextval('inferred_child_version')
    from unnest(
      ${numberList(guesses.map((one) => one.person))}::bigint[], ${numberList(guesses.map((one) => one.ordinal))}::smallint[],
      ${texts(guesses.map((one) => one.bornOn))}::date[], ${texts(guesses.map((one) => one.from))}::date[],
      ${texts(guesses.map((one) => one.to))}::date[], ${numberList(guesses.map((one) => one.confidence))}::real[],
      ${texts(guesses.map((one) => `"${one.months.join(" ")}"`))}::text[], ${numberList(guesses.map((one) => one.share))}::real[],
      ${numberList(guesses.map((one) => one.purchases))}::integer[]
    ) as guess (node, ordinal, born_on, from_on, to_on, confidence, months, share, purchases)
    on conflict (workspace_id, node, ordinal) do update set born_on = excluded.born_on, from_on = excluded.from_on,
      to_on = excluded.to_on, confidence = excluded.confidence, months = excluded.months,
      children_share = excluded.children_share, purchases = excluded.purchases,
      model_version = excluded.model_version, at = excluded.at, removed = false, version = excluded.version
    where inferred_child.removed or (inferred_child.born_on, inferred_child.from_on, inferred_child.to_on,
      inferred_child.confidence, inferred_child.purchases)
      is distinct from (excluded.born_on, excluded.from_on, excluded.to_on, excluded.confidence, excluded.purchases)
    returning node, ordinal, born_on as "bornOn", confidence, removed, version`.execute(tx);
  return rows;
}

async function mirror(clickhouse: ClickHouse, workspace: number, rows: readonly Mirrored[]): Promise<void> {
  if (rows.length === 0) return;
  await clickhouse.insert(
    "inferred_child",
    rows.map(({ node, ordinal, bornOn, confidence, removed, version }) => ({
      ...{ workspace, node, ordinal, born_on: bornOn, confidence, removed: removed ? 1 : 0, version },
    })),
  );
}

/**
 * Guesses about the children of each of these homes, by what the caller knows them by, as shown on a date; none where
 * somebody there asked for silence.
 */
export async function findGuesses(
  db: Db,
  workspace: number,
  homes: ReadonlyMap<number, readonly number[]>,
  on: string,
): Promise<Map<number, Child[]>> {
  const persons = [...new Set([...homes.values()].flat())];
  const { rows } = await sql<Omit<InferredChild, "months" | "share"> & { id: string; at: Date }>`
    select 'guess-' || one.node || '-' || ordinal as id, person, ordinal, born_on as "bornOn", from_on as "from",
      to_on as "to", confidence, purchases, at
    from inferred_child as one join node on node.id = one.node and node.workspace_id = one.workspace_id
    where one.workspace_id = ${workspace} and person = any(${numberList(persons)}::bigint[]) and not removed
    order by at desc, ordinal`.execute(db);
  const silenced = rows.length === 0 ? null : await silencesOf(db, workspace, persons);
  const guessesOf = (home: readonly number[]): Child[] => {
    if (home.some((person) => silenced?.has(person))) return [];
    const own = rows.filter(({ person }) => home.includes(person));
    const [first] = own;
    if (first === undefined) return [];
    // Two carers of one child bought for it: the guess that rests on more purchases stands.
    const best = own.reduce((most, row) => (row.purchases > most.purchases ? row : most), first);
    return own.filter(({ person }) => person === best.person).map((row) => shown(row, on));
  };
  return new Map([...homes].map(([key, home]) => [key, guessesOf(home)]));
}

function shown(
  {
    id,
    bornOn,
    from,
    to,
    confidence,
    at,
  }: Pick<InferredChild, "bornOn" | "from" | "to" | "confidence"> & { id: string; at: Date },
  on: string,
): Child {
  const born = bornOn <= on;
  const dates = born ? { bornOn } : { dueOn: bornOn };
  return {
    id,
    ...dates,
    gender: "unknown",
    source: "inferred",
    confidence: Math.round(confidence * 1000) / 1000,
    interval80: [from, to],
    stage: stageOn(dates, on),
    ageDays: ageDays(dates, on) ?? 0,
    next: nextStage(dates, on),
    marks: [],
    statedAt: at.toISOString(),
  };
}

/** The calendar date of a day counted from 1970. */
export const dateOfDay = (day: number): string => addDays("1970-01-01", Math.round(day));
