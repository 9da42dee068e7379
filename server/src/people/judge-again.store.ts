import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { findBars } from "./bars.store.ts";
import { componentsOf } from "./components.ts";
import type { EdgeKey, Told } from "./decision.ts";
import { type MappedNode, planJoins, type TieRule, type Verdict } from "./joins.ts";
import { numberList } from "./lists.ts";
import { findPersonsOf } from "./node.store.ts";
import type { RuleSet } from "./rule-book.store.ts";

/** Ties, or nodes, that are judged again at once; more than these are left to a job, which takes so many. */
export const mostAtOnce = 2_000;
export const mostLater = 50_000;
/** Ties that are kept with a merge: of more nobody could say afterwards which came later. */
const mostKept = 20_000;

interface FoundTie extends EdgeKey {
  readonly rule: TieRule;
  readonly state: Verdict;
  /** By a source; and nobody has decided anything of it since. */
  readonly isTold: boolean;
}

/** What was told of these nodes so far, to be kept with a merge of them; null where it is too much. */
export async function findTold(tx: Tx, nodes: readonly number[]): Promise<Told | null> {
  const ties = (await findTies(tx, nodes, "some", mostKept + 1)).filter(({ isTold }) => isTold);
  if (ties.length > mostKept) return null;
  const { rows } = await sql<{ newest: number }>`select last_value as newest from node_id`.execute(tx);
  const newest = Number(rows[0]?.newest);
  return { ties: ties.map(({ a, b, rule }) => ({ a, b, rule })), newest };
}

/**
 * What was told of two while they were wrongly one was judged of one person: a third card of one shop was held back that
 * would have joined one of two. Judges it once more, as it was told, with the two kept apart, so that undoing leaves
 * what would be without the merge. Answers the nodes that are affected; null where there is more to judge than `most`.
 */
export async function judgeAgain(
  tx: Tx,
  workspace: number,
  { one, other }: { readonly one: readonly number[]; readonly other: readonly number[] },
  before: Told,
  rules: RuleSet,
  most: number,
): Promise<number[] | null> {
  const isFresh = sinceThen([...one, ...other], before);
  const nodes = await nodesAround(tx, workspace, [...one, ...other], isFresh, most);
  const ids = [...nodes.keys()];
  const ties = ids.length > most ? [] : await findTies(tx, ids, "both", most + 1);
  if (ids.length > most || ties.length > most) return null;
  const fresh = ties.filter(isFresh);
  if (fresh.length === 0) return [];
  const still = ties.filter((tie) => tie.state === "live" && !isFresh(tie));
  const persons = componentsOf(ids, still);
  const bars = await findBars(tx, ids, ids);
  const apart = new Map(bars.apart);
  const keepApart = (x: number, y: number) => apart.set(x, [...(apart.get(x) ?? []), y]);
  keepApart(one[0] as number, other[0] as number);
  keepApart(other[0] as number, one[0] as number);
  const parted = [...nodes.values()].map((node) => ({ ...node, person: persons.get(node.id) as number }));
  const { verdicts } = planJoins(parted, fresh, rules.of, rules.mostNodes, { ...bars, apart });
  const changed = fresh
    .map((tie, i) => ({ ...tie, was: tie.state, state: verdicts[i] as Verdict }))
    .filter(({ state, was }) => state !== was);
  await setStates(tx, changed);
  return changed.flatMap(({ a, b }) => [a, b]);
}

/** Ties that were told since a merge: of those merged, or of what was first seen later. */
function sinceThen(merged: readonly number[], { ties, newest }: Told): (tie: FoundTie) => boolean {
  const old = new Set(ties.map(keyOf));
  const own = new Set(merged);
  const isNew = (node: number) => own.has(node) || node > newest;
  return (tie) => tie.isTold && !old.has(keyOf(tie)) && (isNew(tie.a) || isNew(tie.b));
}

const keyOf = ({ a, b, rule }: EdgeKey): string => `${a}:${b}:${rule}`;

/** Everybody who was joined to them since then, or was held back from it; and so on from there. */
async function nodesAround(
  tx: Tx,
  workspace: number,
  from: readonly number[],
  isFresh: (tie: FoundTie) => boolean,
  most: number,
): Promise<Map<number, MappedNode>> {
  const known = new Map<number, MappedNode>();
  for (let next = from; next.length > 0 && known.size <= most; ) {
    for (const node of await findPersonsOf(tx, workspace, next)) known.set(node.id, node);
    const fresh = (await findTies(tx, [...known.keys()], "some", most * 5)).filter(isFresh);
    next = [...new Set(fresh.flatMap(({ a, b }) => [a, b]))].filter((id) => !known.has(id));
  }
  return known;
}

/** Ties that join or were held back, with one end or both ends among these nodes, in the order in which they were told. */
async function findTies(
  tx: Tx,
  nodes: readonly number[],
  ends: "some" | "both",
  limit: number,
): Promise<FoundTie[]> {
  const list = sql`any(${numberList(nodes)}::bigint[])`;
  const columns = sql`a, b, rule, state, at,
    decision is null and rule in ('same-message', 'same-row', 'alias') as "isTold"`;
  const { rows } = await sql<FoundTie>`
    select ${columns} from edge
    where a = ${list} and state in ('live', 'conflict') and ${ends === "some" ? sql`true` : sql`b = ${list}`}
    union select ${columns} from edge
    where b = ${list} and state in ('live', 'conflict') and ${ends === "some" ? sql`true` : sql`a = ${list}`}
    order by at, a, b, rule limit ${limit}`.execute(tx);
  return rows;
}

async function setStates(tx: Tx, edges: readonly FoundTie[]): Promise<void> {
  await sql`
    update edge set state = judged.state from unnest(
      ${numberList(edges.map(({ a }) => a))}::bigint[], ${numberList(edges.map(({ b }) => b))}::bigint[],
      ${edges.map(({ rule }) => rule)}::text[], ${edges.map(({ state }) => state)}::text[]
    ) as judged (a, b, rule, state)
    where edge.a = judged.a and edge.b = judged.b and edge.rule = judged.rule`.execute(tx);
}
