import type { Preview, PreviewRequest } from "@stork/contract/campaigns.ts";
import { sql } from "kysely";
import type { z } from "zod";
import { ch, u64 } from "../platform/clickhouse.ts";
import { Refusal } from "../platform/refusal.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { maskIdentifier, maskName } from "../privacy/masking.ts";
import { unknownSegment } from "../segments/refusals.ts";
import { audienceOf } from "./audience.store.ts";
import { findChannel } from "./channel.store.ts";
import { channels } from "./channels.ts";
import type { Values } from "./content/variables.ts";
import { compile } from "./content.ts";
import type { MessagesParts } from "./parts.ts";
import { calendarDay } from "./quiet-hours.ts";
import { loadRecipients, type Recipient } from "./recipients.store.ts";
import { missingValue, nobodyToPreview, templateStopped, unknownChannel } from "./refusals.ts";

/**
 * The message as one family would get it, for staff to look at: names and the address are masked, links lead where they
 * were written to.
 */
export async function previewContent(
  parts: MessagesParts,
  workspace: WorkspaceRef,
  { content, person, segment, channel }: z.infer<typeof PreviewRequest>,
): Promise<Preview> {
  const compiled = compile(content);
  const addressedBy = channel === undefined ? "email" : await addressedIn(parts, workspace.id, channel);
  const chosen = await choose(parts, workspace, person, segment);
  if (chosen === null) throw new Refusal(nobodyToPreview);
  const today = calendarDay(parts.clock.now(), workspace.timeZone);
  const recipient = (await loadRecipients(parts, workspace.id, [chosen], today)).get(chosen);
  if (recipient === undefined) throw new Refusal(nobodyToPreview);
  const rendering = compiled.render(masked(recipient.values), {
    link: (index) => compiled.links[index] ?? "",
    unsubscribe: `${parts.publicUrl()}/u/preview`,
    preferences: `${parts.publicUrl()}/p/preview`,
  });
  if (rendering.outcome === "missing") throw new Refusal(missingValue, { name: rendering.variable });
  if (rendering.outcome === "broken") throw new Refusal(templateStopped);
  const { subject, html, text } = rendering;
  return { person: String(chosen), to: addressOf(recipient, addressedBy), subject, html, text };
}

async function addressedIn({ db }: MessagesParts, workspace: number, id: string): Promise<string | null> {
  const channel = /^\d{1,9}$/.test(id) ? await findChannel(db, workspace, Number(id)) : null;
  if (channel === null) throw new Refusal(unknownChannel);
  return channels[channel.kind].addressedBy;
}

const masked = ({ person, child }: Values): Values => ({
  person: { ...person, ...(person.name === undefined ? {} : { name: maskName(person.name) }) },
  child: { ...child, ...(child.name === undefined ? {} : { name: maskName(child.name) }) },
});

function addressOf({ identifiers }: Recipient, addressedBy: string | null): string {
  const found = identifiers.findLast(({ namespace }) => namespace === addressedBy) ?? identifiers[0];
  const fits = found !== undefined && (addressedBy === null || found.namespace === addressedBy);
  return fits ? maskIdentifier(found.namespace, found.value) : "";
}

/** The person asked for as known today, or one of the segment, or anyone, rather with a child. */
async function choose(
  { db, clickhouse, clock }: MessagesParts,
  workspace: WorkspaceRef,
  person: string | undefined,
  segment: string | undefined,
): Promise<number | null> {
  if (person !== undefined) {
    if (!/^\d{1,15}$/.test(person)) return null;
    const { rows } = await sql<{ person: number }>`
      select person from node where id = ${Number(person)} and workspace_id = ${workspace.id}`.execute(db);
    return rows[0]?.person ?? null;
  }
  if (segment !== undefined) {
    const audience = /^\d{1,9}$/.test(segment)
      ? await audienceOf(db, workspace.id, Number(segment), clock.now())
      : null;
    if (audience === null) throw new Refusal(unknownSegment);
    const [one] = await clickhouse.query<{ person: number }>(
      ch`select person from (${audience}) where person > ${u64(0)} order by person limit 1`,
    );
    return one === undefined ? null : Number(one.person);
  }
  const { rows } = await sql<{ person: number }>`
    (select node.person, 0 as rank from child join node on node.id = child.node
      where child.workspace_id = ${workspace.id} and child.removed_at is null order by child.id desc limit 1)
    union all (select person, 1 from node where workspace_id = ${workspace.id} order by id limit 1)
    order by rank limit 1`.execute(db);
  return rows[0]?.person ?? null;
}
