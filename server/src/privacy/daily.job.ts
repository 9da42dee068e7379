import { sql } from "kysely";
import { DateTime } from "luxon";
import { dateIn } from "../catalog/calendar.ts";
import type { Jobs, Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import { againTasks, endOldYes } from "./again.job.ts";
import { findLapsing, openConsentRequest } from "./lapse.store.ts";
import type { Quiet, QuietParts } from "./quiet.store.ts";
import { chainReceipts } from "./receipts.store.ts";
import { findExpecting, findRefuted } from "./signs.store.ts";
import { signOf } from "./signs.ts";
import { sayConsent } from "./word.store.ts";

export interface DailyParts extends QuietParts {
  readonly quiet: Quiet;
  readonly jobs: Jobs;
  readonly log: Log;
}

const task = "privacy.daily";
const slice = 500;
/** What is over is taken up the next day. */
const mostADay = 2_000;

/** What nobody asks for in person: signs that silence, guardians' words that end at 14, receipts of systems' words. */
export function privacyTasks(parts: DailyParts): Tasks {
  return {
    ...againTasks(parts),
    [task]: async (_payload, { signal }) => {
      const { rows } = await sql<{ id: number; zone: string }>`
        select id, time_zone as zone from workspace order by id`.execute(parts.db);
      for (const { id, zone } of rows) {
        if (signal.aborted) return;
        const today = dateIn(zone, parts.clock.now());
        await believeBirths(parts, id);
        const silenced = await obeySigns(parts, id, today, signal);
        const place = { id, timeZone: zone };
        const lapsed = (await endAt14(parts, id, today, signal)) + (await endOldYes(parts, place, signal));
        await chainReceipts(parts.db, id);
        if (silenced + lapsed > 0)
          parts.log.info({ event: "privacy-daily", workspace: id, silenced, lapsed }, "privacy looked after");
      }
      await schedulePrivacy(parts);
    },
  };
}

/** Four in the morning in China; one job, however many servers start. */
export async function schedulePrivacy({
  db,
  jobs,
  clock,
}: Pick<DailyParts, "db" | "jobs" | "clock">): Promise<void> {
  const now = DateTime.fromJSDate(clock.now(), { zone: "Asia/Shanghai" });
  const four = now.set({ hour: 4, minute: 0, second: 0, millisecond: 0 });
  const next = four > now ? four : four.plus({ days: 1 });
  await jobs.add(db, task, {}, { key: task, runAt: next.toJSDate() });
}

async function believeBirths(parts: DailyParts, workspace: number): Promise<void> {
  const { db, clock, quiet, stoppers } = parts;
  for (const { id, nodes } of await findRefuted(db, workspace)) {
    const at = clock.now();
    const end = { by: "signs", reason: "a birth was stated", at };
    await quiet.end(workspace, id, end);
    for (const look of stoppers.after) await look({ workspace, persons: [], nodes }, "silence", at);
  }
}

async function obeySigns(
  parts: DailyParts,
  workspace: number,
  today: string,
  signal: AbortSignal,
): Promise<number> {
  let silenced = 0;
  for (let after = 0; !signal.aborted && silenced < mostADay; ) {
    const { candidates, last } = await findExpecting(parts, workspace, { after, limit: slice, today });
    for (const one of candidates) {
      const sign = signOf(one);
      if (sign === null) continue;
      const { person, child } = one;
      await parts.quiet.keep(workspace, { person, child, why: "signs", by: "signs", sign });
      silenced += 1;
    }
    if (last === null) return silenced;
    after = last;
  }
  return silenced;
}

async function endAt14(
  parts: DailyParts,
  workspace: number,
  today: string,
  signal: AbortSignal,
): Promise<number> {
  let lapsed = 0;
  for (let after: number | null = 0; after !== null && !signal.aborted && lapsed < mostADay; ) {
    const { items, last } = await findLapsing(parts.db, workspace, today, { after, limit: slice });
    for (const one of items) {
      const said = { state: "withdrawn", by: "law:14", at: parts.clock.now(), child: one.child } as const;
      for (const { person, purposes } of one.words)
        for (const purpose of purposes) await sayConsent(parts, workspace, person, { ...said, purpose });
      await openConsentRequest(parts.db, workspace, one);
    }
    lapsed += items.length;
    after = last;
  }
  return lapsed;
}
