import { Webhook as Signer } from "standardwebhooks";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { claimDue, type Due, endDelivery, forgetOld, withhold } from "./deliveries.store.ts";
import { settleForetold } from "./foretold.store.ts";
import { type Posted, postOnce } from "./post.client.ts";
import { nextOf, patienceMs } from "./schedule.ts";
import { findLive, noteHealth, pauseWebhook, type WebhookRow } from "./webhooks.store.ts";
import { findWithheld } from "./withheld.store.ts";

export interface SenderDeps {
  db: Db;
  clickhouse: Pick<ClickHouse, "query">;
  clock: Clock;
  log: Log;
  vault: Pick<Vault, "ready" | "open">;
  /** In [0, 1). */
  chance: () => number;
}

/** Taken at once, and of one webhook; a receiver that takes its time holds up nobody but itself. */
const most = 64;
const mostEach = 8;
const leaseMs = 60_000;
const everyMs = 500;
const forgetEveryMs = 3_600_000;

export interface Sender {
  /** Sends what is due until nothing is. */
  run(): Promise<void>;
  /** Something new is due. */
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

/** Delivers what is due, at least once each: what this process takes with it when it dies is due again in a minute. */
export function createSender(deps: SenderDeps): Sender {
  const { db, clock, log } = deps;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let forgottenAt = 0;
  let stopped = false;
  const work = async (): Promise<void> => {
    const now = clock.now();
    if (now.getTime() - forgottenAt > forgetEveryMs) {
      forgottenAt = now.getTime();
      await forgetOld(db, now);
    }
    while (!stopped) {
      const due = await claimDue(db, clock.now(), leaseMs, most, mostEach);
      if (due.length === 0) return;
      const webhooks = new Map((await findLive(db)).map((one) => [one.id, one]));
      const free = await withoutBarred(deps, due, webhooks);
      await Promise.all(free.map((one) => deliver(deps, one, webhooks.get(one.webhook))));
    }
  };
  const run = (): Promise<void> => {
    running ??= work()
      .catch((error: Error) =>
        log.warn({ event: "webhooks-not-sent", error: error.name }, "will be tried again"),
      )
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  return {
    run,
    wake: () => void (stopped || run()),
    start() {
      timer = setInterval(() => void run(), everyMs).unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Asked right before sending: whoever said no while it waited is not told of. */
async function withoutBarred(
  { db, clickhouse }: Pick<SenderDeps, "db" | "clickhouse">,
  due: readonly Due[],
  webhooks: ReadonlyMap<number, WebhookRow>,
): Promise<Due[]> {
  const those = due.flatMap((one) => {
    const to = webhooks.get(one.webhook);
    return to === undefined ? [] : [{ ...one, to }];
  });
  const known = await settleForetold(db, clickhouse, those);
  const withheld = await findWithheld(db, known);
  await withhold(
    db,
    [...withheld].flatMap(([place, reason]) => {
      const one = known[place];
      return one === undefined ? [] : [{ webhook: one.webhook, id: one.id, reason }];
    }),
  );
  return known.filter((_, place) => !withheld.has(place));
}

async function deliver(deps: SenderDeps, due: Due, webhook: WebhookRow | undefined): Promise<void> {
  // Paused or removed since: it keeps its place in the queue.
  if (webhook === undefined) return;
  const came = await attempt(deps, webhook, due.id, due.body);
  const { db, clock, chance } = deps;
  const at = clock.now();
  const next = nextOf(came, due.attempts, at, chance());
  const since = await noteHealth(db, webhook.id, next.do === "done", at);
  const state = next.do === "done" ? "delivered" : next.do === "again" ? "waiting" : "failed";
  await endDelivery(db, due, {
    state,
    answer: came.answer,
    nextAt: next.do === "again" ? next.at : null,
    at,
  });
  if (next.do === "stop") await pauseWebhook(db, webhook.id, "gone", at);
  else if (since !== null && at.getTime() - since.getTime() > patienceMs)
    await pauseWebhook(db, webhook.id, "failing", at);
}

/** One signed request (Standard Webhooks 1.0). */
export async function attempt(
  { clock, vault }: Pick<SenderDeps, "clock" | "vault">,
  webhook: Pick<WebhookRow, "workspace" | "url" | "sealedSecret">,
  id: string,
  content: object,
): Promise<Posted> {
  await vault.ready(webhook.workspace);
  const secret = vault.open(webhook.workspace, webhook.sealedSecret);
  const at = clock.now();
  const body = JSON.stringify(content);
  return postOnce(
    webhook.url,
    {
      "content-type": "application/json",
      "user-agent": "Stork-Webhooks",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Signer(secret).sign(id, at, body),
    },
    body,
  );
}
