import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { gatherFacts } from "./gate.store.ts";
import { decide, type GatePass } from "./gate.ts";
import { lives } from "./presence.store.ts";
import { calendarDay } from "./quiet-hours.ts";

/** Which campaign's messages are being sent, by whom. */
export interface Sending {
  readonly campaign: number;
  readonly workspace: number;
  readonly timeZone: string;
  readonly addressedBy: string | null;
  readonly byChildrenAt: Date | null;
  /** Nobody is reached twice: a campaign. A journey's line writes to her again when she comes in again. */
  readonly once: boolean;
  /** This run of the sender; a claim is kept by renewing it. */
  readonly owner: string;
  readonly leaseSeconds: number;
}

export interface Claimed {
  readonly id: number;
  /** The person as known today. */
  readonly person: number;
  readonly attempts: number;
  /** When this person was chosen by a child's date. */
  readonly chosenAt: Date | null;
  readonly pass: GatePass;
}

interface Due {
  id: number;
  person: number;
  attempts: number;
  chosenAt: Date | null;
}

/**
 * Takes due messages through the gate: those it lets pass are ours to send, the others are held or put off.
 * Claims of one workspace take turns, so that two campaigns cannot both find that a person had nothing today.
 */
export async function claimDue(
  db: Db,
  sending: Sending,
  size: number,
  now: Date,
): Promise<{ claimed: Claimed[]; looked: number }> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('stork.messages.claim'), ${sending.workspace})`.execute(
      tx,
    );
    const due = await findDue(tx, sending.campaign, size, now);
    if (due.length === 0) return { claimed: [], looked: 0 };
    const day = calendarDay(now, sending.timeZone);
    const facts = await gatherFacts(
      tx,
      { ...sending, campaign: sending.once ? sending.campaign : null, day },
      due.map(({ person }) => person),
      due.map(({ chosenAt }) => chosenAt ?? sending.byChildrenAt),
    );
    const claimed: Claimed[] = [];
    const held: { id: number; reason: string }[] = [];
    const later: { id: number; reason: string; at: Date }[] = [];
    const taken = new Set<number>();
    for (const [i, { id, attempts, chosenAt }] of due.entries()) {
      const known = facts[i];
      if (known === undefined) continue;
      const twice = known.person !== null && taken.has(known.person);
      const decision = decide(
        id,
        twice ? { ...known, reachedByCampaign: true } : known,
        sending.timeZone,
        now,
      );
      if (decision.decision === "held") held.push({ id, reason: decision.reason });
      else if (decision.decision === "later") later.push({ id, reason: decision.reason, at: decision.at });
      else if (known.person !== null) {
        taken.add(known.person);
        const chosen = chosenAt ?? sending.byChildrenAt;
        claimed.push({ id, person: known.person, attempts, chosenAt: chosen, pass: decision.pass });
      }
    }
    await markHeld(tx, held);
    await putOff(tx, later);
    await markSending(tx, sending, claimed, day);
    return { claimed, looked: due.length };
  });
}

/** None when the campaign is not running; locking its row makes a pause wait for this claim and then find its rows. */
async function findDue(tx: Tx, campaign: number, size: number, now: Date): Promise<Due[]> {
  const running = await sql<{ id: number }>`
    select id from campaign where id = ${campaign} and status = 'running' for share`.execute(tx);
  if (running.rows.length === 0) return [];
  const { rows } = await sql<Due>`
    select id, person, attempts, chosen_at as "chosenAt" from message
    where campaign_id = ${campaign} and state = 'planned' and due_at <= ${now}
    order by due_at, id limit ${size} for update skip locked`.execute(tx);
  return rows;
}

export async function markHeld(tx: Db | Tx, held: readonly { id: number; reason: string }[]): Promise<void> {
  if (held.length === 0) return;
  await sql`
    update message set state = 'held', reason = list.reason, owner = null, lease_until = null, day = null
    from unnest(${held.map(({ id }) => id)}::bigint[], ${held.map(({ reason }) => reason)}::text[]) as list (id, reason)
    where message.id = list.id and message.handed_at is null and message.state in ('planned', 'sending')`.execute(
    tx,
  );
}

async function putOff(tx: Tx, later: readonly { id: number; reason: string; at: Date }[]): Promise<void> {
  if (later.length === 0) return;
  await sql`
    update message set due_at = list.at, reason = list.reason
    from unnest(${later.map(({ id }) => id)}::bigint[], ${later.map(({ reason }) => reason)}::text[],
      ${later.map(({ at }) => at)}::timestamptz[]) as list (id, reason, at)
    where message.id = list.id`.execute(tx);
}

async function markSending(
  tx: Tx,
  { owner, leaseSeconds }: Sending,
  claimed: readonly Claimed[],
  day: string,
): Promise<void> {
  if (claimed.length === 0) return;
  await sql`
    update message set state = 'sending', reason = null, node = list.node, day = ${day}::date, owner = ${owner},
      lease_until = now() + make_interval(secs => ${leaseSeconds}), handed_at = null
    from unnest(${claimed.map(({ id }) => id)}::bigint[],
      ${claimed.map(({ pass }) => pass.address)}::bigint[]) as list (id, node)
    where message.id = list.id`.execute(tx);
}

/** Keeps this sender's claims while it works on them. */
export async function renewClaims(db: Db, { campaign, owner, leaseSeconds }: Sending): Promise<void> {
  await sql`
    update message set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where campaign_id = ${campaign} and state = 'sending' and owner = ${owner}`.execute(db);
  await beat(db, campaign, owner);
}

export async function beat(db: Db, campaign: number, owner: string): Promise<void> {
  await sql`update campaign set beat_at = now(), beat_by = ${owner} where id = ${campaign}`.execute(db);
}

/**
 * Takes back what a dead sender had claimed. Not handed over: nothing left, so it is planned again. Handed over: it may
 * have arrived. Where the receiver drops repeats it is planned again too, otherwise it is unknown and stays so.
 */
export async function recoverClaims(db: Db, campaign: number, repeatable: boolean): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    update message set
      state = case when handed_at is null or ${repeatable} then 'planned' else 'unknown' end,
      reason = case when handed_at is null or ${repeatable} then null else 'died' end,
      day = case when handed_at is null or ${repeatable} then null else day end,
      handed_at = case when ${repeatable} then null else handed_at end,
      attempts = case when handed_at is null then attempts else attempts + 1 end,
      owner = null, lease_until = null
    where campaign_id = ${campaign} and state = 'sending' and (lease_until < now() or not ${lives("message.owner")})
    returning id`.execute(db);
  return rows.length;
}
