import { createNotices } from "../webhooks/notices.job.ts";
import { createSender } from "../webhooks/sender.job.ts";
import { webhooksRoutes } from "../webhooks/webhooks.routes.ts";
import { withholdQueued } from "../webhooks/withheld.store.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** Whom to tell, outside, that something changed. */
export function tellOthers(
  house: House,
  { people, stoppers }: Known,
  { onCommitting, onCommitted }: Collected,
): void {
  const { db, clickhouse, clock, log, http } = house;
  const sending = { db, clickhouse, clock, log, vault: people.vault, chance: Math.random };
  const sender = createSender(sending);
  const notices = createNotices({ db, clickhouse, clock, log, wake: sender.wake });
  onCommitting.push(notices.onCommitting);
  onCommitted.push(notices.onCommitted);
  webhooksRoutes(http, { ...sending, changed: notices.changed, wake: sender.wake });
  stoppers.inside.push(withholdQueued);
  sender.start();
  notices.start();
  house.closing.push(() => sender.stop());
  house.closing.push(() => notices.stop());
}
