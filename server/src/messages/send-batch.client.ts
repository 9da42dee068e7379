import { findAskedAgain } from "../privacy/owing.store.ts";
import { addressesOf } from "./addresses.ts";
import { nextAttempt } from "./backoff.ts";
import type { CampaignRecord } from "./campaign.store.ts";
import type { Outgoing, Verdict } from "./channel.ts";
import type { OpenChannel } from "./channels.ts";
import { type Claimed, markHeld, renewClaims, type Sending } from "./claim.store.ts";
import type { Compiled } from "./content.ts";
import type { Deliverer } from "./deliver.client.ts";
import { earliest, findBarredNow } from "./gate.store.ts";
import { barredReason } from "./gate.ts";
import { grouped } from "./grouped.ts";
import type { MessagesParts } from "./parts.ts";
import { calendarDay } from "./quiet-hours.ts";
import type { Reason } from "./reasons.ts";
import { loadRecipients } from "./recipients.store.ts";
import { handOver, release, type Settled, settle } from "./settle.store.ts";

/** What the messages of one campaign have in common while they are sent. */
export interface Batch {
  readonly campaign: CampaignRecord;
  readonly channel: OpenChannel;
  readonly sending: Sending;
  readonly deliverer: Deliverer;
  readonly hashKey: Buffer;
  readonly compiled: Compiled;
}

export interface Trouble {
  readonly reason: Reason;
  readonly receipt: string;
  readonly afterSeconds: number;
}

interface Ready {
  readonly claimed: Claimed;
  readonly outgoing: Outgoing;
}

const defaultConcurrency = 8;

/** Sends what was claimed, several at a time; stops early, and says why, when the channel itself is in trouble. */
export async function sendBatch(
  parts: MessagesParts,
  batch: Batch,
  claimed: readonly Claimed[],
  signal: AbortSignal,
): Promise<Trouble | null> {
  const { db, clock, concurrency = defaultConcurrency } = parts;
  const { sending, channel, deliverer } = batch;
  if (claimed.length === 0) return null;
  const waiting = await makeReady(parts, batch, claimed);
  const personOf = new Map(claimed.map(({ id, person }) => [id, person]));
  const byChildrenAt = earliest(claimed.map(({ person, chosenAt }) => [person, chosenAt]));
  const letGo = grouped(async (ids: number[]) => {
    // Asked again at the last moment: a word said since the claim is obeyed.
    const persons = ids.flatMap((id) => personOf.get(id) ?? []);
    const { workspace, addressedBy } = sending;
    const barred = await findBarredNow(db, workspace, persons, { addressedBy, byChildrenAt });
    const held = ids.flatMap((id) => {
      const why = barred.get(personOf.get(id) as number);
      return why === undefined ? [] : [{ id, reason: barredReason(why) }];
    });
    await markHeld(db, held);
    const kept = new Set(held.map(({ id }) => id));
    const gone = await handOver(
      db,
      sending.owner,
      ids.filter((id) => !kept.has(id)),
      clock.now(),
    );
    return ids.map((id) => gone.has(id));
  });
  const writeDown = grouped(async (ends: Settled[]) => {
    await settle(db, sending.owner, ends, clock.now());
    return ends;
  });
  let trouble: Trouble | null = null;
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { claimed: one, outgoing } = next;
      if (trouble !== null || signal.aborted) {
        await release(db, sending.owner, [one.id]);
        continue;
      }
      const verdict = await deliverer.deliver(one.pass, outgoing, channel, () => letGo(one.id));
      if (verdict.verdict === "withdrawn") await release(db, sending.owner, [one.id]);
      else if (verdict.verdict === "later" && verdict.whole) {
        const { reason, receipt, afterSeconds = 0 } = verdict;
        trouble = { reason, receipt, afterSeconds };
        await takeBack(parts, batch, one);
      } else await writeDown(settledOf(one, verdict, clock.now()));
    }
  };
  const renewal = setInterval(
    () => {
      renewClaims(db, sending).catch((error: Error) =>
        parts.log.warn(
          { event: "claim-not-renewed", campaign: sending.campaign, error: error.message },
          "not renewed",
        ),
      );
    },
    (sending.leaseSeconds * 1000) / 3,
  );
  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    clearInterval(renewal);
  }
  return trouble;
}

/** Nobody's fault but the channel's: as if it had not been tried. Only what may be repeated can have been handed over. */
async function takeBack({ db, clock }: MessagesParts, { sending }: Batch, { id }: Claimed): Promise<void> {
  const back: Settled = {
    id,
    state: "planned",
    reason: null,
    receipt: null,
    dueAt: null,
    attempts: 0,
    bounced: false,
  };
  await settle(db, sending.owner, [back], clock.now());
}

/** Renders each message; whoever lacks what the template needs is held. */
async function makeReady(parts: MessagesParts, batch: Batch, claimed: readonly Claimed[]): Promise<Ready[]> {
  const { campaign, channel, compiled, hashKey, sending } = batch;
  const now = parts.clock.now();
  const today = calendarDay(now, sending.timeZone);
  const recipients = await loadRecipients(
    parts,
    sending.workspace,
    claimed.map(({ person }) => person),
    today,
  );
  const asked = await findAskedAgain(parts.db, sending.workspace, [...recipients.keys()]);
  const held: { id: number; reason: string }[] = [];
  const ready: Ready[] = [];
  for (const one of claimed) {
    const recipient = recipients.get(one.person);
    if (recipient === undefined) continue;
    const addresses = addressesOf(parts.publicUrl(), hashKey, {
      ...{ message: one.id, workspace: sending.workspace, person: one.person, now },
    });
    const decideUntil = asked.get(one.person);
    const rendering = compiled.render(recipient.values, { ...addresses, decideUntil });
    if (rendering.outcome === "missing")
      held.push({ id: one.id, reason: `missing-value:${rendering.variable}` });
    else if (rendering.outcome === "broken") held.push({ id: one.id, reason: "broken-template" });
    else {
      const to = recipient.identifiers.find(({ node }) => node === one.pass.address)?.value ?? null;
      const identifiers = channel.addressedBy === null ? recipient.identifiers : [];
      const outgoing: Outgoing = {
        id: `stork-${campaign.workspace}-${one.id}`,
        campaign: String(campaign.id),
        to,
        person: String(one.person),
        identifiers: identifiers.map(({ namespace, value }) => ({ namespace, value })),
        subject: rendering.subject,
        html: rendering.html,
        text: rendering.text,
        unsubscribeUrl: addresses.unsubscribe,
        at: now,
      };
      ready.push({ claimed: one, outgoing });
    }
  }
  await markHeld(parts.db, held);
  return ready;
}

function settledOf({ id, attempts }: Claimed, verdict: Verdict, now: Date): Settled {
  const blank: Settled = {
    id,
    state: "sent",
    reason: null,
    receipt: null,
    dueAt: null,
    bounced: false,
    attempts: 1,
  };
  switch (verdict.verdict) {
    case "sent":
      return { ...blank, receipt: verdict.receipt };
    case "unknown":
      return { ...blank, state: "unknown", reason: verdict.reason };
    case "parked": {
      const { reason, receipt, bounced = false } = verdict;
      return { ...blank, state: "parked", reason, receipt, bounced };
    }
    case "later": {
      const { reason, receipt, afterSeconds } = verdict;
      const dueAt = nextAttempt(attempts + 1, now, afterSeconds);
      return { ...blank, state: dueAt === null ? "parked" : "planned", reason, receipt, dueAt };
    }
    case "withdrawn":
      throw new Error("what was withdrawn has no end to write down");
  }
}
