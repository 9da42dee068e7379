import { purposes } from "@stork/contract/privacy.ts";
import { DateTime } from "luxon";
import { dateIn } from "../catalog/calendar.ts";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import type { Db } from "../platform/postgres.ts";
import { findOwing } from "./owing.store.ts";
import type { Quiet, QuietParts } from "./quiet.store.ts";
import { sayConsent } from "./word.store.ts";

const task = "privacy.end-old-yes";
const slice = 500;

type Parts = QuietParts & { readonly quiet: Quiet };
interface Place {
  readonly id: number;
  readonly timeZone: string;
}

/** When the day is over on which an older yes counts for the last time, it ends at once. */
export async function endOldYesAt(
  { db, jobs }: { readonly db: Db; readonly jobs: Jobs },
  { id, timeZone }: Place,
  until: string,
): Promise<void> {
  const runAt = DateTime.fromISO(until, { zone: timeZone }).plus({ days: 1 }).startOf("day").toJSDate();
  await jobs.add(db, task, { workspace: id, timeZone }, { key: `${task}:${id}:${until}`, runAt });
}

export const againTasks = (parts: Parts): Tasks => ({
  [task]: async (payload, { signal }) => {
    const { workspace, timeZone } = payload as { workspace: number; timeZone: string };
    await endOldYes(parts, { id: workspace, timeZone }, signal);
  },
});

/**
 * Who was asked again and did not answer has not agreed to what is done now (PIPL 14): the older yes ends as a no that
 * says why, with its receipt. Answers how many.
 */
export async function endOldYes(
  parts: Parts,
  { id: workspace, timeZone }: Place,
  signal: AbortSignal,
): Promise<number> {
  const today = dateIn(timeZone, parts.clock.now());
  let ended = 0;
  for (const purpose of purposes) {
    for (let after: number | null = 0; after !== null && !signal.aborted; ) {
      const { items, last } = await findOwing(parts.db, workspace, purpose, { after, limit: slice });
      for (const { person, child, channel } of items.filter((one) => one.until < today)) {
        const about = { child: child ?? undefined, channel: channel ?? undefined };
        const said = { purpose, state: "withdrawn", by: "law:text", at: parts.clock.now() } as const;
        await sayConsent(parts, workspace, person, { ...said, ...about });
        ended += 1;
      }
      after = last;
    }
  }
  return ended;
}
