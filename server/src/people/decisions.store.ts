import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import type { Done } from "./decision.ts";

export interface StoredDecision {
  readonly id: number;
  readonly kind: string;
  readonly who: string;
  readonly reason: string;
  readonly at: Date;
  /** Today's persons of those it was about. */
  readonly persons: readonly number[];
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly undoneReason: string | null;
  readonly again: Done["again"] | null;
}

const columns = sql.raw(`decision.id, kind, who, reason, at,
  array(select distinct node.person from node where node.id = any (decision.nodes) order by 1) as persons,
  undone_at as "undoneAt", undone_by as "undoneBy", undone_reason as "undoneReason",
  detail->>'again' as again`);

/** What was decided, newest first: of one person (as of any node of today's) or of all. */
export async function findDecisions(
  db: Db,
  workspace: number,
  { person, before, limit }: { person: number | null; before: number | null; limit: number },
): Promise<StoredDecision[]> {
  const about =
    person === null
      ? sql`true`
      : sql`decision.nodes && array(select id from node where workspace_id = ${workspace} and person = ${person})`;
  const { rows } = await sql<StoredDecision>`
    select ${columns} from identity_decision as decision
    where workspace_id = ${workspace} and ${before === null ? sql`true` : sql`decision.id < ${before}`} and ${about}
    order by decision.id desc limit ${limit}`.execute(db);
  return rows;
}

export async function findDecision(db: Db, workspace: number, id: number): Promise<StoredDecision | null> {
  const { rows } = await sql<StoredDecision>`
    select ${columns} from identity_decision as decision
    where workspace_id = ${workspace} and decision.id = ${id}`.execute(db);
  return rows[0] ?? null;
}
