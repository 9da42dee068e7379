import type { JourneyStatus } from "@stork/contract/journeys.ts";
import { sql } from "kysely";
import { openLine, setLines } from "../messages/lines.store.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { Tx } from "../platform/postgres.ts";
import { entryMeaning } from "./entries.ts";
import type { JourneyRecord } from "./journey.store.ts";
import { stepMeaning } from "./steps.ts";

/** From which states each verb leads where. */
const ways = {
  start: { from: ["draft", "paused"], to: "live" },
  pause: { from: ["live"], to: "paused" },
  end: { from: ["live", "paused"], to: "ended" },
} as const satisfies Record<string, { from: readonly JourneyStatus[]; to: JourneyStatus }>;
export type Verb = keyof typeof ways;

/** False when the journey's state does not allow it; then nothing has changed. The caller holds its lock. */
export async function changeStatus(
  tx: Tx,
  jobs: Jobs,
  journey: JourneyRecord,
  verb: Verb,
  now: Date,
): Promise<boolean> {
  const { id, status } = journey;
  const { from, to } = ways[verb];
  if (!(from as readonly string[]).includes(status)) return false;
  await sql`update journey set status = ${to} where id = ${id}`.execute(tx);
  if (verb === "start" && status === "draft") {
    await openLines(tx, journey, now);
    await sql`update journey set started_at = ${now} where id = ${id}`.execute(tx);
  }
  // What came while it was paused let nobody in, and does not afterwards.
  if (verb === "start") await lookFrom(tx, journey, now, status === "draft");
  if (verb === "start") await setLines(tx, jobs, id, "running", now);
  if (verb === "pause") await setLines(tx, jobs, id, "paused", now);
  if (verb === "end") {
    await sql`update journey set ended_at = ${now} where id = ${id}`.execute(tx);
    await sql`
      update journey_run set state = 'exited', reason = 'ended', ended_at = ${now}, due_at = null
      where journey_id = ${id} and state = 'waiting'`.execute(tx);
    await setLines(tx, jobs, id, "stopped", now);
  }
  return true;
}

/** Each message step of the journey's definition gets a line to hand over to. */
export async function openLines(
  tx: Tx,
  { id, workspace, name, version, definition }: JourneyRecord,
  now: Date,
): Promise<void> {
  const lines: Record<string, number> = {};
  for (const [i, step] of definition.steps.entries()) {
    const says = stepMeaning(step).says(step);
    if (says === null) continue;
    const { channel, content } = says;
    const line = { workspace, journey: id, name: `${name} · ${i + 1}`, content, at: now };
    lines[i] = await openLine(tx, { ...line, channel: Number(channel) });
  }
  await sql`
    update journey_version set lines = ${JSON.stringify(lines)}::jsonb
    where journey_id = ${id} and version = ${version}`.execute(tx);
}

/** What has to be looked for is looked for from now on; those present at the start come in once. */
export async function lookFrom(
  tx: Tx,
  { id, definition }: Pick<JourneyRecord, "id" | "definition">,
  now: Date,
  first: boolean,
): Promise<void> {
  const look = entryMeaning(definition.entry).looks(definition.entry);
  const present = first && look?.for === "segment" && look.present;
  await sql`
    update journey set looked_until = ${now},
      looked_person = case when ${present} then 0 when ${first} then -1 else looked_person end
    where id = ${id}`.execute(tx);
}
