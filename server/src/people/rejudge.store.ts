import type { IdentityRule, RulesEffect } from "@stork/contract/identity.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/postgres.ts";
import { findBars, findNeighbours, findUnshared } from "./bars.store.ts";
import { rulesWith } from "./identity.ts";
import { planJoins, type TieRule } from "./joins.ts";
import { findPersonsOf } from "./node.store.ts";
import type { Reshaped } from "./reshape.store.ts";
import { suggest } from "./review.store.ts";
import type { RuleSet } from "./rule-book.store.ts";
import { shareValue } from "./share.store.ts";
import { personsShowing } from "./sharing.ts";

/** So many ties that were held back, and values shown often, are looked at. */
const most = 20_000;

/**
 * Holds what is there against other rules. Nothing is merged: a tie that was held back and would join now becomes a
 * question. Values that are shared by the new rules stop joining as those say; values that no longer are become questions.
 */
export async function rejudge(
  tx: Tx,
  workspace: number,
  rules: RuleSet,
  at: Date,
): Promise<{ effect: RulesEffect; shaped: Reshaped[] }> {
  const shared = await shareNow(tx, workspace, rules, at);
  const freed = await freeNow(tx, workspace, rules);
  const asked = await askNow(tx, workspace, rules, at);
  const parting = shared.shaped.flatMap(({ nodes }) => [...nodes.values()]);
  return {
    shaped: shared.shaped,
    effect: {
      joinable: asked.count,
      shared: shared.count,
      parting: new Set(parting.filter(({ before, now }) => before !== now).map(({ now }) => now)).size,
      freed,
      truncated: asked.truncated || shared.truncated,
    },
  };
}

async function shareNow(tx: Tx, workspace: number, rules: RuleSet, at: Date) {
  const { rows } = await sql<{ id: number; namespace: string }>`
    select node.id, node.namespace from (
      select id from (
        select a as id from edge where workspace_id = ${workspace} and state in ('live', 'conflict')
        union all select b from edge where workspace_id = ${workspace} and state in ('live', 'conflict')
      ) as ends group by id having count(*) > 1 limit ${most}
    ) as often join node on node.id = often.id
    where not exists (select from shared_value where shared_value.node = node.id)`.execute(tx);
  const counted = rows.filter(({ namespace }) => rules.of(namespace).mostPersons !== null);
  const unshared = await findUnshared(
    tx,
    counted.map(({ id }) => id),
  );
  const near = await neighboursOf(
    tx,
    counted.filter(({ id }) => !unshared.has(id)).map(({ id }) => id),
  );
  const shaped: Reshaped[] = [];
  let count = 0;
  for (const { id, namespace } of counted) {
    const persons = shownBy(near.get(id) ?? [], namespace, rules);
    if (persons <= (rules.of(namespace).mostPersons ?? Number.POSITIVE_INFINITY)) continue;
    count += 1;
    shaped.push(await shareValue(tx, workspace, { node: id, namespace, persons }, rules, at));
  }
  return { shaped, count, truncated: rows.length === most };
}

async function freeNow(tx: Tx, workspace: number, rules: RuleSet): Promise<number> {
  const { rows } = await sql<{ id: number; namespace: string }>`
    select node.id, node.namespace from shared_value join node on node.id = shared_value.node
    where shared_value.workspace_id = ${workspace} and decision is null limit ${most}`.execute(tx);
  const near = await neighboursOf(
    tx,
    rows.map(({ id }) => id),
  );
  const freed = rows.filter(({ id, namespace }) => {
    const { mostPersons } = rules.of(namespace);
    return mostPersons === null || shownBy(near.get(id) ?? [], namespace, rules) <= mostPersons;
  });
  const ids = freed.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await sql`delete from shared_value where node = any(${ids}::bigint[])`.execute(tx);
  await sql`
    update edge set state = 'conflict' where state = 'shared' and decision is null
      and (a = any(${ids}::bigint[]) or b = any(${ids}::bigint[]))`.execute(tx);
  return ids.length;
}

async function askNow(tx: Tx, workspace: number, rules: RuleSet, at: Date) {
  const { rows } = await sql<{ a: number; b: number; rule: string }>`
    select a, b, rule from edge where workspace_id = ${workspace} and state = 'conflict'
    order by at, a, b limit ${most}`.execute(tx);
  const ends = [...new Set(rows.flatMap(({ a, b }) => [a, b]))];
  const existing = await findPersonsOf(tx, workspace, ends);
  const bars = await findBars(
    tx,
    ends,
    existing.map(({ id }) => id),
  );
  const persons = new Map(existing.map(({ id, person }) => [id, person]));
  const apart = rows.filter(({ a, b }) => persons.get(a) !== persons.get(b));
  // Each by itself: what is only asked about does not join, and so stands in no other's way.
  const joinable = apart.filter(({ a, b, rule }) => {
    const own = existing.filter(({ person }) => person === persons.get(a) || person === persons.get(b));
    const pair = { a, b, rule: (rule === "conflict" ? "same-message" : rule) as TieRule };
    return planJoins(own, [pair], rules.of, rules.mostNodes, bars).verdicts[0] === "live";
  });
  const items = joinable.map(({ a, b, rule }) => ({
    ...{ kind: "conflict" as const, a, b, score: null },
    evidence: { rule, rulesChanged: true },
  }));
  await suggest(tx, workspace, items, at);
  return { count: joinable.length, truncated: rows.length === most };
}

type Near = Awaited<ReturnType<typeof findNeighbours>>;

async function neighboursOf(tx: Tx, values: readonly number[]): Promise<Map<number, Near>> {
  return Map.groupBy(await findNeighbours(tx, values), ({ of }) => of);
}

/** By the busiest window that ends with anything seen. */
function shownBy(near: Near, namespace: string, rules: RuleSet): number {
  const { windowDays } = rules.of(namespace);
  const seen = near.map(({ at, ...rest }) => ({ ...rest, at: at.getTime() }));
  return seen.reduce((most, { at }) => Math.max(most, personsShowing(seen, rules.of, at, windowDays)), 0);
}

/** Keeps a workspace's own rules; what servers remember is judged by them from the next look on. */
export async function keepRules(
  tx: Tx,
  workspace: number,
  kept: { rules: readonly IdentityRule[]; mostNodes: number; who: string; reason: string; at: Date },
): Promise<RuleSet> {
  const { rules, mostNodes, who, reason, at } = kept;
  const { rows } = await sql<{ version: number; epoch: number }>`
    insert into identity_setting (workspace_id, rules, most_nodes, version, changed_at, changed_by)
    values (${workspace}, ${JSON.stringify(rules)}::jsonb, ${mostNodes}, 1, ${at}, ${who})
    on conflict (workspace_id) do update set rules = excluded.rules, most_nodes = excluded.most_nodes,
      version = identity_setting.version + 1, epoch = identity_setting.epoch + 1, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
    returning version, epoch`.execute(tx);
  await sql`
    insert into identity_decision (workspace_id, kind, who, reason, at, detail)
    values (${workspace}, 'rules', ${who}, ${reason}, ${at}, ${JSON.stringify({ rules, mostNodes })}::jsonb)`.execute(
    tx,
  );
  const { version, epoch } = rows[0] as { version: number; epoch: number };
  return { own: rules, of: rulesWith(rules), mostNodes, version, epoch };
}

export async function findRulesChange(
  tx: Tx,
  workspace: number,
): Promise<{ changedAt: Date | null; changedBy: string | null } | null> {
  const { rows } = await sql<{ changedAt: Date | null; changedBy: string | null }>`
    select changed_at as "changedAt", changed_by as "changedBy" from identity_setting
    where workspace_id = ${workspace}`.execute(tx);
  return rows[0] ?? null;
}
