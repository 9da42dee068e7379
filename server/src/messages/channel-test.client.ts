import { randomUUID } from "node:crypto";
import type { ChannelTest } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import { Refusal } from "../platform/refusal.ts";
import { unsealChannel } from "./channel.store.ts";
import type { Outgoing } from "./channel.ts";
import type { Deliverer } from "./deliver.client.ts";
import { passForOwnTest } from "./gate.ts";
import type { MessagesParts } from "./parts.ts";
import { reasonWords } from "./reasons.ts";
import { testNeedsUser, unknownChannel } from "./refusals.ts";

const subject = "渠道测试 Channel test";
const text =
  "这是一条来自育见的测试消息，收到即表示渠道可用。\nA test from Stork: if you can read this, the channel works.";

/** Tries a channel on the user who asks, at their own address, so that a test can reach no customer. */
export async function sendTest(
  { db, vault, clock }: MessagesParts,
  deliverer: Deliverer,
  workspace: number,
  id: number,
  userId: string | null,
): Promise<ChannelTest> {
  const channel = await unsealChannel({ db, vault }, workspace, id);
  if (channel === null) throw new Refusal(unknownChannel);
  const to = channel.addressedBy === null ? null : await findEmail(userId === null ? null : { db, userId });
  const now = clock.now();
  const message: Outgoing = {
    id: `stork-test-${randomUUID()}`,
    campaign: null,
    to,
    person: null,
    identifiers: [],
    subject,
    text,
    html: `<p>${text.replace("\n", "<br>")}</p>`,
    unsubscribeUrl: null,
    at: now,
  };
  const verdict = await deliverer.deliver(passForOwnTest(now), message, channel, async () => true);
  if (verdict.verdict === "sent") return { ok: true, reason: null, detail: verdict.receipt };
  const reason = "reason" in verdict ? reasonWords(verdict.reason) : null;
  return { ok: false, reason, detail: "receipt" in verdict ? verdict.receipt || null : null };
}

async function findEmail(from: { db: MessagesParts["db"]; userId: string } | null): Promise<string> {
  if (from === null) throw new Refusal(testNeedsUser);
  const { rows } = await sql<{ email: string }>`select email from "user" where id = ${from.userId}`.execute(
    from.db,
  );
  if (rows[0] === undefined) throw new Refusal(testNeedsUser);
  return rows[0].email;
}
