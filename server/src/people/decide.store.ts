import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { tiesToCut } from "./components.ts";
import type { Change, ChangeKind, ChangeOf, Done, EdgeKey } from "./decision.ts";
import { type Deciding, findApart, setState } from "./decision-parts.store.ts";
import { link } from "./decisions/link.store.ts";
import { merge } from "./decisions/merge.store.ts";
import { neverSame } from "./decisions/never-same.store.ts";
import { share } from "./decisions/share.store.ts";
import { split } from "./decisions/split.store.ts";
import { unshare } from "./decisions/unshare.store.ts";
import { giveBack } from "./give-back.store.ts";
import { judgeAgain, mostAtOnce, mostLater } from "./judge-again.store.ts";
import { tieToOther } from "./meanwhile.store.ts";
import { findPersonsOf } from "./node.store.ts";
import { refusals } from "./refusals.ts";
import { findLiveTies, type Reshaped, reshape } from "./reshape.store.ts";
import type { RuleSet } from "./rule-book.store.ts";

const kinds = { merge, split, "never-same": neverSame, link, share, unshare } satisfies {
  [Kind in ChangeKind]: (tx: Tx, deciding: Deciding, change: ChangeOf<Kind>) => Promise<Done>;
};

/** Who decided, why and when. */
export interface Word {
  readonly who: string;
  readonly reason: string;
  readonly at: Date;
  /** Of undoing a merge: merges of a third person since then, by their numbers, that meant the side they do not hang at. */
  readonly otherSide?: readonly number[] | undefined;
}

/** Makes a change and keeps what it did. The caller holds the workspace's identity lock. */
export async function decide(
  tx: Tx,
  workspace: number,
  change: Change,
  { who, reason, at }: Word,
  rules: RuleSet,
): Promise<{ decision: number; shaped: Reshaped }> {
  const { rows } = await sql<{ id: number }>`
    insert into identity_decision (workspace_id, kind, who, reason, at)
    values (${workspace}, ${change.kind}, ${who}, ${reason}, ${at}) returning id`.execute(tx);
  const decision = rows[0]?.id as number;
  const make = kinds[change.kind] as (tx: Tx, deciding: Deciding, change: Change) => Promise<Done>;
  const done = await make(tx, { workspace, rules, decision, at }, change);
  const shaped = await reshape(tx, workspace, done.touched, at);
  await sql`
    update identity_decision set nodes = ${[...shaped.nodes.keys()]}::bigint[], detail = ${JSON.stringify(done)}::jsonb
    where id = ${decision}`.execute(tx);
  return { decision, shaped };
}

/**
 * Takes a decision back. Whoever it made one is two again, also where later messages tied them once more: what came
 * later goes with the side that it was tied to first. `isWhole` false: what was told meanwhile was too much to be judged
 * once more here, and is left to judgeTheRest.
 */
export async function undoDecision(
  tx: Tx,
  workspace: number,
  decision: number,
  { who, reason, at, otherSide = [] }: Word,
  rules: RuleSet,
): Promise<{ shaped: Reshaped; isWhole: boolean }> {
  const { rows } = await sql<{ detail: Partial<Done>; undone: boolean; nodes: number[] }>`
    select detail, nodes, undone_at is not null as undone from identity_decision
    where id = ${decision} and workspace_id = ${workspace} and kind <> 'rules' for update`.execute(tx);
  const [found] = rows;
  if (found === undefined) throw new Refusal(refusals.unknownDecision);
  if (found.undone) throw new Refusal(refusals.undoneAlready);
  const { made = [], cut = [] } = found.detail;
  const deciding = { workspace, rules, decision, at };
  await sql`delete from never_same where decision = ${decision}`.execute(tx);
  await sql`delete from shared_value where decision = ${decision}`.execute(tx);
  await shareAgain(tx, workspace, decision, at);
  await setState(tx, deciding, await stillOf(tx, decision, made), "cut");
  const mine = new Set((await stillOf(tx, decision, cut)).map(keyOf));
  await giveBack(
    tx,
    deciding,
    cut.filter((edge) => mine.has(keyOf(edge))),
  );
  const touched = found.nodes.map(Number);
  const more = await partSides(tx, deciding, touched, { ...found.detail, otherSide });
  const shaped = await reshape(tx, workspace, [...touched, ...(more ?? [])], at);
  await neverApart(tx, shaped);
  await sql`
    update identity_decision set undone_at = ${at}, undone_by = ${who}, undone_reason = ${reason}
    where id = ${decision}`.execute(tx);
  if (more === null) await noteAgain(tx, decision, "waiting");
  return { shaped, isWhole: more !== null };
}

/** What undoing a merge left to be judged once more; null where somebody made the two one again meanwhile. */
export async function judgeTheRest(
  tx: Tx,
  workspace: number,
  decision: number,
  rules: RuleSet,
  at: Date,
): Promise<Reshaped | null> {
  const { rows } = await sql<{ detail: Partial<Done> }>`
    select detail from identity_decision
    where id = ${decision} and workspace_id = ${workspace} and detail->>'again' = 'waiting' for update`.execute(
    tx,
  );
  const { one = [], other = [], told } = rows[0]?.detail ?? {};
  const persons = await findPersonsOf(tx, workspace, [...one, ...other]);
  const personOf = (node: number | undefined) => persons.find(({ id }) => id === node)?.person;
  // The map needs no putting right where one of the two has been erased, or is the other again by somebody's word.
  const areTwo = personOf(one[0]) !== undefined && personOf(one[0]) !== personOf(other[0]);
  const more =
    told == null || !areTwo || personOf(other[0]) === undefined
      ? []
      : await judgeAgain(tx, workspace, { one, other }, told, rules, mostLater);
  if (rows.length > 0) await noteAgain(tx, decision, more === null ? "too-much" : "done");
  return more === null || more.length === 0 ? null : reshape(tx, workspace, more, at);
}

async function noteAgain(tx: Tx, decision: number, again: NonNullable<Done["again"]>): Promise<void> {
  await sql`
    update identity_decision set detail = detail || jsonb_build_object('again', ${again}::text)
    where id = ${decision}`.execute(tx);
}

/** Parts whom a merge made one, with all that came since; answers whom that touches besides. */
async function partSides(
  tx: Tx,
  deciding: Deciding,
  touched: readonly number[],
  { one = [], other = [], told, otherSide }: Partial<Done> & { otherSide: readonly number[] },
): Promise<number[] | null> {
  if (one.length === 0 || other.length === 0) return [];
  const known = await findPersonsOf(tx, deciding.workspace, touched);
  const ties = await findLiveTies(
    tx,
    known.map(({ id }) => id),
  );
  await setState(tx, deciding, tiesToCut(ties, one, other), "cut");
  await tieToOther(tx, deciding, { one, other }, otherSide);
  // Merges made before this was kept have nothing to be judged by.
  return told == null
    ? []
    : judgeAgain(tx, deciding.workspace, { one, other }, told, deciding.rules, mostAtOnce);
}

const keyOf = ({ a, b, rule }: EdgeKey): string => `${a}:${b}:${rule}`;

/** Edges whose last word was this decision's: what another decided since stays as it is. */
async function stillOf(tx: Tx, decision: number, edges: readonly EdgeKey[]): Promise<EdgeKey[]> {
  if (edges.length === 0) return [];
  const { rows } = await sql<EdgeKey>`select a, b, rule from edge where decision = ${decision}`.execute(tx);
  const own = new Set(rows.map(keyOf));
  return edges.filter((edge) => own.has(keyOf(edge)));
}

/** A value that was said to be no shared one counts as shared again. */
async function shareAgain(tx: Tx, workspace: number, decision: number, at: Date): Promise<void> {
  await sql`
    with again as (delete from unshared_value where decision = ${decision} returning node)
    insert into shared_value (node, workspace_id, persons, since) select node, ${workspace}, 0, ${at} from again
    on conflict do nothing`.execute(tx);
}

/** Taking back a parting must not join two that somebody else keeps apart. */
async function neverApart(tx: Tx, { nodes }: Reshaped): Promise<void> {
  const byPerson = Map.groupBy(nodes, ([, { now }]) => now);
  for (const own of byPerson.values()) {
    const ids = own.map(([id]) => id);
    if (ids.length > 1 && (await findApart(tx, ids, ids)).length > 0) throw new Refusal(refusals.neverSame);
  }
}
