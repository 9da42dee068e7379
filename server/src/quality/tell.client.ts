import type { Notification } from "@stork/contract/quality.ts";
import { sql } from "kysely";
import { nextAttempt } from "../messages/backoff.ts";
import { unsealChannel } from "../messages/channel.store.ts";
import type { Outgoing } from "../messages/channel.ts";
import type { Deliverer } from "../messages/deliver.client.ts";
import { passForStaff } from "../messages/gate.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { addNote, findAlerts } from "./alerts.store.ts";
import { alertMail } from "./mail.ts";
import type { FindNaming } from "./words.ts";

export interface TellParts {
  db: Db;
  vault: Vault;
  log: Log;
  deliverer: Pick<Deliverer, "deliver">;
  publicUrl: () => string;
  naming: FindNaming;
}

interface Due {
  id: number;
  alert: number;
  workspace: number;
  slug: string;
  timeZone: string;
  what: "opened" | "resolved";
  item: Notification;
  attempts: number;
  /** As people named it; null when it is gone. */
  channelName: string | null;
}

/**
 * Tells staff what is due to be told. No mother is written to and nothing personal is in it, so it needs no consent; it
 * takes the same door as every message, with a pass for staff. Told again when nobody answered: the id stays the same.
 */
export async function tellDue(parts: TellParts, now: Date): Promise<number> {
  const { rows } = await sql<Due>`
    select delivery.id, alert.id as alert, alert.workspace_id as workspace, workspace.slug,
      workspace.time_zone as "timeZone", what, item, attempts, channel.name as "channelName"
    from quality_delivery delivery join quality_alert alert on alert.id = delivery.alert_id
      join workspace on workspace.id = alert.workspace_id
      left join channel on channel.id = (item ->> 'channel')::integer and channel.workspace_id = workspace.id
    where delivery.state = 'due' and due_at <= ${now} order by due_at, delivery.id limit 50`.execute(
    parts.db,
  );
  for (const due of rows) await tellOne(parts, due, now);
  return rows.length;
}

async function tellOne(parts: TellParts, due: Due, now: Date): Promise<void> {
  const { db, vault, log, deliverer, publicUrl } = parts;
  const [alert] = await findAlerts(db, due.workspace, { id: due.alert });
  const channel = await unsealChannel({ db, vault }, due.workspace, Number(due.item.channel));
  if (alert === undefined || channel === null) return settle(db, due, "parked", "no such channel", now);
  const url = `${publicUrl()}/w/${due.slug}/data/quality/alerts/${alert.id}`;
  const naming = await parts.naming(due.workspace);
  const mail = alertMail(alert, { ...due, language: due.item.language, url, naming });
  const message: Outgoing & { alert: object } = {
    id: `quality-${due.id}`,
    campaign: null,
    to: channel.addressedBy === null ? null : due.item.to,
    person: null,
    identifiers: [],
    unsubscribeUrl: null,
    at: now,
    ...mail,
  };
  const verdict = await deliverer
    .deliver(passForStaff(now), message, channel, async () => true)
    .catch((error: Error) => ({ verdict: "later" as const, receipt: error.name, afterSeconds: undefined }));
  if (verdict.verdict === "sent") return settle(db, due, "told", verdict.receipt, now);
  const receipt = "receipt" in verdict ? verdict.receipt : "";
  const again = verdict.verdict === "parked" ? null : nextAttempt(due.attempts + 1, now);
  if (again !== null) {
    await sql`update quality_delivery set attempts = attempts + 1, due_at = ${again}, receipt = ${receipt}
      where id = ${due.id}`.execute(db);
    return;
  }
  log.warn({ event: "quality-not-told", alert: due.alert, channel: due.item.channel }, "nobody was told");
  await settle(db, due, "parked", receipt, now);
}

async function settle(db: Db, due: Due, state: "told" | "parked", receipt: string, now: Date): Promise<void> {
  await sql`update quality_delivery set state = ${state}, attempts = attempts + 1, receipt = ${receipt}
    where id = ${due.id}`.execute(db);
  const what = state === "told" ? "told" : "not-told";
  await addNote(db, due.alert, what, now, {
    note: [due.channelName ?? due.item.channel, due.item.to].filter((one) => one !== null).join(" "),
  });
}
