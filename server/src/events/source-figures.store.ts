import type { Sending } from "@stork/contract/sources.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { lagAt, promptClasses, type Sdk } from "./source-tally.ts";

/** What has arrived from a source. */
export interface Standing {
  source: number;
  firstAt: Date | null;
  firstSdk: Sdk | null;
  lastAt: Date | null;
  sdk: Sdk | null;
  refused: { code: string; at: Date } | null;
  total: number;
  today: number;
  hour: { events: number; live: number; refused: number };
  sending: Sending;
}

interface Row {
  source: number;
  firstAt: Date | null;
  firstSdk: string | null;
  firstSdkVersion: string | null;
  lastAt: Date | null;
  sdk: string | null;
  sdkVersion: string | null;
  refusedAt: Date | null;
  refusedCode: string | null;
  total: number;
  today: number;
  hourEvents: number;
  hourPrompt: number;
  hourRefused: number;
}

const hourMs = 3_600_000;
const prompt: ReadonlySet<string> = new Set(promptClasses);

/** From the written counts alone: the facts are not asked. */
export async function findStandings(
  db: Db,
  sources: readonly number[],
  { now, todayFrom }: { now: Date; todayFrom: Date },
): Promise<Map<number, Standing>> {
  const hour = new Date(now.getTime() - hourMs);
  const { rows } = await sql<Row>`
    select seen.source_id as source, first_at as "firstAt", first_sdk as "firstSdk",
      first_sdk_version as "firstSdkVersion", last_at as "lastAt", sdk, sdk_version as "sdkVersion",
      refused_at as "refusedAt", refused_code as "refusedCode",
      seen.counted + coalesce(sum(c.count) filter (where c.what = 'events'
        and (seen.counted_to is null or c.minute >= seen.counted_to)), 0)::bigint as total,
      coalesce(sum(c.count) filter (where c.what = 'events' and c.minute >= ${todayFrom}), 0)::bigint as today,
      coalesce(sum(c.count) filter (where c.what = 'events' and c.minute > ${hour}), 0)::bigint as "hourEvents",
      coalesce(sum(c.count) filter (where c.what = any(${promptClasses}::text[]) and c.minute > ${hour}), 0)::bigint as "hourPrompt",
      coalesce(sum(c.count) filter (where c.what like 'refused:%' and c.minute > ${hour}), 0)::bigint as "hourRefused"
    from source_seen seen left join source_count c on c.source_id = seen.source_id
    where seen.source_id = any(${sources}::int[])
    group by seen.source_id`.execute(db);
  return new Map(rows.map((row) => [row.source, standingOf(row)]));
}

function standingOf(row: Row): Standing {
  const { source, firstAt, lastAt } = row;
  return {
    ...{ source, firstAt, lastAt },
    firstSdk: row.firstSdk === null ? null : { name: row.firstSdk, version: row.firstSdkVersion },
    sdk: row.sdk === null ? null : { name: row.sdk, version: row.sdkVersion },
    refused:
      row.refusedAt === null || row.refusedCode === null
        ? null
        : { code: row.refusedCode, at: row.refusedAt },
    total: Number(row.total),
    today: Number(row.today),
    hour: { events: Number(row.hourEvents), live: Number(row.hourPrompt), refused: Number(row.hourRefused) },
    sending: sendingOf(row),
  };
}

const sendingOf = ({ lastAt, hourEvents, hourPrompt }: Row): Sending =>
  lastAt === null ? "never" : hourPrompt > 0 ? "live" : hourEvents > 0 ? "loaded" : "quiet";

export interface Figures {
  /** live: of the events those that came as they happened; a past that is brought in is no pulse. */
  minutes: { at: Date; events: number; live: number; refused: number }[];
  refused: { code: string; count: number }[];
  lag: { medianSeconds: number; p95Seconds: number } | null;
}

/** The last sixty minutes of a source. */
export async function findFigures(db: Db, source: number, now: Date): Promise<Figures> {
  const to = now.getTime() - (now.getTime() % 60_000);
  const { rows } = await sql<{ minute: Date; what: string; count: number }>`
    select minute, what, count from source_count
    where source_id = ${source} and minute > ${new Date(to - hourMs)} and minute <= ${new Date(to)}`.execute(
    db,
  );
  const minutes = Array.from({ length: 60 }, (_, i) => ({
    at: new Date(to - (59 - i) * 60_000),
    events: 0,
    live: 0,
    refused: 0,
  }));
  const refused = new Map<string, number>();
  const lag = new Map<number, number>();
  for (const { minute, what, count } of rows) {
    const place = minutes[59 - (to - minute.getTime()) / 60_000];
    const [kind = "", detail = ""] = what.split(/:(.*)/s);
    if (kind === "events" && place !== undefined) place.events += Number(count);
    if (prompt.has(what) && place !== undefined) place.live += Number(count);
    if (kind === "refused" && place !== undefined) place.refused += Number(count);
    if (kind === "refused") refused.set(detail, (refused.get(detail) ?? 0) + Number(count));
    if (kind === "lag") lag.set(Number(detail), (lag.get(Number(detail)) ?? 0) + Number(count));
  }
  const medianSeconds = lagAt(lag, 0.5);
  const p95Seconds = lagAt(lag, 0.95);
  return {
    minutes,
    refused: [...refused].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
    lag: medianSeconds === null || p95Seconds === null ? null : { medianSeconds, p95Seconds },
  };
}
