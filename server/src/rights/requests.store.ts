import type { RightKind, RightState, VerifiedHow } from "@stork/contract/rights.ts";
import { sql } from "kysely";
import { dateIn } from "../catalog/calendar.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { dueOn, usualAnswerDays } from "./deadline.ts";
import { addProof } from "./proof.store.ts";

/** A request as it arrives. From the link in a message of hers she is known by the link itself. */
export interface OpenedRequest {
  readonly workspace: number;
  readonly timeZone: string;
  readonly person: number;
  readonly kind: RightKind;
  readonly by: "link" | "staff" | "api";
  readonly who: string;
  readonly at: Date;
  readonly child?: number | null;
  readonly note?: string | null;
  readonly verified?: VerifiedHow | null;
}

export interface RequestRow {
  readonly id: number;
  readonly workspace: number;
  readonly kind: RightKind;
  readonly state: RightState;
  readonly person: number | null;
  readonly child: number | null;
  readonly oneChild: boolean;
  readonly by: "link" | "staff" | "api";
  readonly openedAt: Date;
  readonly verified: VerifiedHow | null;
  readonly dueOn: string;
  readonly extended: boolean;
  readonly assignee: string | null;
  readonly assigneeName: string | null;
  readonly ground: string | null;
  readonly sealedNote: Buffer | null;
  readonly sealedReason: Buffer | null;
  readonly places: { place: string; erased: number; foundAfter: number }[];
  readonly hold: string | null;
  readonly endedAt: Date | null;
}

export async function findAnswerDays(db: Db | Tx, workspace: number): Promise<number> {
  const { rows } = await sql<{ days: number }>`
    select answer_within_days as days from rights_setting where workspace_id = ${workspace}`.execute(db);
  return rows[0]?.days ?? usualAnswerDays;
}

/** Opens a request and starts its clock. The same still open for the same person is answered with that one. */
export async function openRequest(
  { db, vault }: { db: Db; vault: Vault },
  asked: OpenedRequest,
): Promise<{ id: number; dueOn: string; fresh: boolean }> {
  const { workspace, person, kind, by, who, at, child = null, note = null } = asked;
  await vault.ready(workspace);
  const verified = by === "link" ? "link" : (asked.verified ?? null);
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7197, ${workspace}::int)`.execute(tx);
    const { rows: same } = await sql<{ id: number; due: string }>`
      select request.id, due_on as due from rights_request as request join node on node.id = request.person
      where request.workspace_id = ${workspace} and node.person = ${person} and kind = ${kind}
        and request.child is not distinct from ${child}::bigint and one_child = ${child !== null} and ended_at is null
      order by request.id limit 1`.execute(tx);
    if (same[0] !== undefined) return { id: same[0].id, dueOn: same[0].due, fresh: false };
    const due = dueOn(dateIn(asked.timeZone, at), await findAnswerDays(tx, workspace));
    const { rows } = await sql<{ id: number }>`
      insert into rights_request (workspace_id, kind, state, person, child, opened_by, who, opened_at, verified,
        verified_at, due_on, sealed_note, one_child)
      values (${workspace}, ${kind}, ${verified === null ? "open" : "verified"}, ${person}, ${child}, ${by}, ${who},
        ${at}, ${verified}, ${verified === null ? null : at}, ${due},
        ${note === null || note === "" ? null : vault.seal(workspace, note)}, ${child !== null})
      returning id`.execute(tx);
    const id = (rows[0] as { id: number }).id;
    const detail = { kind, by, dueOn: due, ...(child === null ? {} : { oneChild: true }) };
    await addProof(tx, { workspace, request: id, at, who, step: "opened", detail });
    if (verified !== null)
      await addProof(tx, { workspace, request: id, at, who, step: "verified", detail: { how: verified } });
    return { id, dueOn: due, fresh: true };
  });
}

const columns = sql`request.id, request.workspace_id as workspace, request.kind, request.state, node.person,
  request.child, request.one_child as "oneChild", request.opened_by as by, request.opened_at as "openedAt", request.verified,
  request.due_on as "dueOn", request.extended, request.assignee, assignee.name as "assigneeName", request.ground,
  request.sealed_note as "sealedNote", request.sealed_reason as "sealedReason", request.places, request.hold,
  request.ended_at as "endedAt"`;
const tables = sql`rights_request as request left join node on node.id = request.person
  left join "user" as assignee on assignee.id = request.assignee`;

export async function findRequest(db: Db | Tx, workspace: number, id: number): Promise<RequestRow | null> {
  const { rows } = await sql<RequestRow>`
    select ${columns} from ${tables} where request.workspace_id = ${workspace} and request.id = ${id}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Open ones by their deadline, the most urgent first; others newest first. */
export async function listRequests(
  db: Db,
  workspace: number,
  {
    show,
    kind,
    after,
    limit,
  }: { show: "open" | "ended" | "all"; kind: RightKind | null; after: string | null; limit: number },
): Promise<RequestRow[]> {
  const [day = null, id = null] = after?.split("_") ?? [];
  const ended =
    show === "all"
      ? sql`true`
      : show === "open"
        ? sql`request.ended_at is null`
        : sql`request.ended_at is not null`;
  const further =
    after === null
      ? sql`true`
      : show === "open"
        ? sql`(request.due_on, request.id) > (${day}::date, ${id}::bigint)`
        : sql`request.id < ${id}::bigint`;
  const order = show === "open" ? sql`request.due_on, request.id` : sql`request.id desc`;
  const { rows } = await sql<RequestRow>`
    select ${columns} from ${tables}
    where request.workspace_id = ${workspace} and ${ended} and ${further}
      and (${kind}::text is null or request.kind = ${kind}::text)
    order by ${order} limit ${limit}`.execute(db);
  return rows;
}

/** What a person has asked for and how it stands, newest first; of what is over the last month's. */
export async function findRequestsOf(
  db: Db,
  workspace: number,
  person: number,
  since: Date,
): Promise<Pick<RequestRow, "kind" | "state" | "openedAt" | "dueOn" | "endedAt">[]> {
  const { rows } = await sql<RequestRow>`
    select ${columns} from ${tables}
    where request.workspace_id = ${workspace} and node.person = ${person}
      and (request.ended_at is null or request.ended_at >= ${since})
    order by request.id desc limit 20`.execute(db);
  return rows;
}

export const cursorOf = ({ dueOn: due, id }: RequestRow): string => `${due}_${id}`;

/** How many stand at each due day, and how many are over. */
export async function countRequests(
  db: Db,
  workspace: number,
): Promise<{ due: { dueOn: string; count: number }[]; ended: number }> {
  const { rows } = await sql<{ dueOn: string | null; count: number }>`
    select case when ended_at is null then due_on end as "dueOn", count(*)::int as count
    from rights_request where workspace_id = ${workspace} group by 1`.execute(db);
  return {
    due: rows.flatMap(({ dueOn: on, count }) => (on === null ? [] : [{ dueOn: on, count }])),
    ended: rows.find(({ dueOn: on }) => on === null)?.count ?? 0,
  };
}

/** What a step changes; what is not named stays. */
export type Change = Partial<{
  state: RightState;
  verified: VerifiedHow;
  verified_at: Date;
  due_on: string;
  extended: boolean;
  assignee: string | null;
  ground: string;
  sealed_reason: Buffer;
  sealed_note: null;
  sealed_subject: Buffer | null;
  sealed_beside: null;
  looked_at: Date;
  places: string;
  hold: string | null;
  person: null;
  child: null;
  ended_at: Date;
}>;

/** One step: the change and its proof in one transaction, unless somebody else was faster (`from` no longer holds). */
export async function takeStep(
  db: Db,
  { workspace, id, from }: { workspace: number; id: number; from: readonly RightState[] },
  change: Change,
  proof: { at: Date; who: string; step: string; detail: Record<string, unknown> },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const sets = Object.entries(change).map(([name, value]) =>
      name === "places" ? sql`places = ${value}::jsonb` : sql`${sql.ref(name)} = ${value}`,
    );
    const { rows } = await sql`
      update rights_request set ${sql.join(sets)}
      where workspace_id = ${workspace} and id = ${id} and state = any(${[...from]}::text[])
      returning id`.execute(tx);
    if (rows.length === 0) return false;
    await addProof(tx, { workspace, request: id, ...proof });
    return true;
  });
}
