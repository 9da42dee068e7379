import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import type { SuggestionKind } from "./review.store.ts";

export interface StoredReview {
  readonly id: number;
  readonly kind: SuggestionKind;
  readonly a: number;
  readonly b: number;
  /** Today's persons. */
  readonly aPerson: number;
  readonly bPerson: number;
  readonly score: number | null;
  readonly evidence: Record<string, unknown>;
  readonly state: string;
  readonly foundAt: Date;
  readonly answeredAt: Date | null;
  readonly answeredBy: string | null;
  readonly reason: string | null;
}

const columns =
  sql.raw(`item.id, item.kind, item.a, item.b, one.person as "aPerson", other.person as "bPerson",
  score, evidence, state, found_at as "foundAt", answered_at as "answeredAt", answered_by as "answeredBy", reason`);

export interface ReviewFilter {
  readonly states: readonly string[];
  readonly kind: SuggestionKind | null;
  readonly person: number | null;
  readonly after: number | null;
  readonly limit: number;
}

/**
 * What is asked about two that became one meanwhile, or of whom somebody said that they never are, is settled by itself.
 */
const stillAsked = sql`(item.kind = 'shared' or one.person <> other.person and (item.kind = 'household' or not exists (
  select from node as mine join never_same as apart on mine.id in (apart.a, apart.b)
  join node as theirs on theirs.id in (apart.a, apart.b) and theirs.person = other.person
  where mine.person = one.person)))`;

/** Questions, the likeliest first where something was computed, then the oldest. */
export async function findReviews(
  db: Db,
  workspace: number,
  { states, kind, person, after, limit }: ReviewFilter,
): Promise<StoredReview[]> {
  const { rows } = await sql<StoredReview>`
    select ${columns} from review_item as item
    join node as one on one.id = item.a join node as other on other.id = item.b
    where item.workspace_id = ${workspace} and state = any(${states}::text[])
      and ${kind === null ? sql`true` : sql`item.kind = ${kind}`}
      and ${person === null ? sql`true` : sql`${person} in (one.person, other.person)`}
      and (state not in ('open', 'later') or ${stillAsked})
    order by (state = 'later'), score desc nulls last, item.id
    offset ${after ?? 0} limit ${limit}`.execute(db);
  return rows;
}

export async function countReviews(
  db: Db,
  workspace: number,
): Promise<{ kind: SuggestionKind; open: number }[]> {
  const { rows } = await sql<{ kind: SuggestionKind; open: number }>`
    select item.kind, count(*)::int as open from review_item as item
    join node as one on one.id = item.a join node as other on other.id = item.b
    where item.workspace_id = ${workspace} and state in ('open', 'later') and ${stillAsked}
    group by 1 order by 1`.execute(db);
  return rows;
}

export async function findReview(db: Db | Tx, workspace: number, id: number): Promise<StoredReview | null> {
  const { rows } = await sql<StoredReview>`
    select ${columns} from review_item as item
    join node as one on one.id = item.a join node as other on other.id = item.b
    where item.workspace_id = ${workspace} and item.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Takes an answer down; false when somebody was faster. */
export async function answerReview(
  db: Db | Tx,
  workspace: number,
  id: number,
  said: { state: string; who: string; reason: string; at: Date; decision: number | null },
): Promise<boolean> {
  const { rows } = await sql<{ id: number }>`
    update review_item set state = ${said.state}, answered_by = ${said.who}, reason = ${said.reason},
      answered_at = ${said.at}, decision = ${said.decision}
    where id = ${id} and workspace_id = ${workspace} and state in ('open', 'later') returning id`.execute(db);
  return rows.length > 0;
}

/** An answer whose decision is taken back is asked again. */
export async function askAgain(db: Db | Tx, decision: number): Promise<void> {
  await sql`
    update review_item set state = 'open', answered_by = null, answered_at = null, reason = null, decision = null
    where decision = ${decision}`.execute(db);
}
