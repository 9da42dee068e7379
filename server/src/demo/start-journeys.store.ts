import { doVerb } from "../journeys/change.store.ts";
import { insertJourney, listJourneys } from "../journeys/journey.store.ts";
import type { MessagesParts } from "../messages/parts.ts";
import { demoJourneys } from "./demo-journeys.ts";

/** Makes and starts the demo's journeys; after a start that was killed in the middle, those that are missing. */
export async function startDemoJourneys(
  { db, jobs, clock }: Pick<MessagesParts, "db" | "jobs" | "clock">,
  workspace: number,
  { channel, segments }: { channel: number; segments: Readonly<Record<string, number>> },
): Promise<void> {
  const now = clock.now();
  const before = await listJourneys(db, workspace, { before: null, limit: 50 });
  for (const { name, definition } of demoJourneys(String(channel), segments)) {
    const made = before.find((one) => one.name === name);
    const id = made?.id ?? (await insertJourney(db, workspace, { name, definition }, now));
    if (made === undefined || made.status === "draft")
      await doVerb({ db, jobs }, { workspace, id }, "start", now);
  }
}
