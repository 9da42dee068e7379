import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { nameList, numberList } from "./lists.ts";

export type SuggestionKind = "conflict" | "shared" | "same-person" | "household";

/** A question for a person to answer: are these two one, or of one household? */
export interface Suggestion {
  readonly kind: SuggestionKind;
  /** Nodes; today's persons are found through them when it is asked. */
  readonly a: number;
  readonly b: number;
  /** How likely, 0 to 1; null where nothing was computed. */
  readonly score: number | null;
  /** What speaks for it: no personal data, codes and figures only. */
  readonly evidence: object;
}

/**
 * Puts questions into the queue. One that is there already is told again with its newest score and evidence; one that
 * was answered is never asked again.
 */
export async function suggest(
  db: Db | Tx,
  workspace: number,
  items: readonly Suggestion[],
  at: Date,
): Promise<void> {
  const asked = new Map<string, Suggestion>();
  for (const item of items) {
    const [a, b] = [Math.min(item.a, item.b), Math.max(item.a, item.b)];
    asked.set(`${item.kind} ${a} ${b}`, { ...item, a, b });
  }
  const list = [...asked.values()].sort((x, y) => x.a - y.a || x.b - y.b);
  if (list.length === 0) return;
  await sql`
    insert into review_item (workspace_id, kind, a, b, score, evidence, found_at)
    select ${workspace}, kind, a, b, score, evidence::jsonb, ${at}
    from unnest(
      ${nameList(list.map(({ kind }) => kind))}::text[], ${numberList(list.map(({ a }) => a))}::bigint[],
      ${numberList(list.map(({ b }) => b))}::bigint[], ${list.map(({ score }) => score)}::real[],
      ${list.map(({ evidence }) => JSON.stringify(evidence))}::text[]
    ) as asked (kind, a, b, score, evidence)
    on conflict (workspace_id, kind, a, b) do update
      set score = excluded.score, evidence = excluded.evidence
      where review_item.state in ('open', 'later')`.execute(db);
}
