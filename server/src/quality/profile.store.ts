import { type ClickHouse, ch, instant, u32 } from "../platform/clickhouse.ts";
import { type Cell, minuteMs } from "./sampler.ts";

/** Adds what was counted to the minutes' profile. Rows add up: whoever tries again must know what was taken. */
export const addMinutes = (clickhouse: ClickHouse, cells: readonly Cell[]): Promise<void> =>
  clickhouse.insertLines("quality_minute", lines(cells, "minute", minuteMs));

/** The same to the hours' profile. */
export const addHours = (clickhouse: ClickHouse, cells: readonly Cell[]): Promise<void> =>
  clickhouse.insertLines("quality_hour", lines(cells, "hour", 60 * minuteMs));

/** An instant with a fraction is read from a whole number as its milliseconds. */
function lines(cells: readonly Cell[], column: "minute" | "hour", span: number): Buffer {
  let text = "";
  for (const { workspace, source, name, minute, last, counts } of cells) {
    const at = (Math.floor(minute / span) * span) / 1000;
    text += `${JSON.stringify({
      ...{ workspace, source, name, [column]: at, last: Math.round(last) },
      counts: Object.fromEntries(counts),
    })}\n`;
  }
  return Buffer.from(text);
}

interface CellRow {
  source: number;
  name: string;
  at: number;
  last: number;
  counts: Record<string, number | string>;
}

const cellOf = (workspace: number, { source, name, at, last, counts }: CellRow): Cell => ({
  ...{ workspace, source: Number(source), name, minute: Number(at) * 1000, last: Number(last) },
  counts: new Map(Object.entries(counts).map(([key, count]) => [key, Number(count)])),
});

/** The minutes from a moment on, those of all servers added up. */
export async function findMinutes(clickhouse: ClickHouse, workspace: number, from: number): Promise<Cell[]> {
  const rows = await clickhouse.query<CellRow>(ch`
    select source, name, toUnixTimestamp(minute) as at, toUnixTimestamp64Milli(max(quality_minute.last)) as last,
      sumMap(quality_minute.counts) as counts
    from quality_minute
    where workspace = ${u32(workspace)} and minute >= ${instant(new Date(from))}
    group by source, name, minute`);
  return rows.map((row) => cellOf(workspace, row));
}

/** The hours between two moments, of one source or of all. */
export async function findHours(
  clickhouse: ClickHouse,
  workspace: number,
  { from, to }: { from: number; to: number },
  source?: number,
): Promise<Cell[]> {
  const only = source === undefined ? ch`` : ch`and source = ${u32(source)}`;
  const rows = await clickhouse.query<CellRow>(ch`
    select source, name, toUnixTimestamp(hour) as at, toUnixTimestamp64Milli(max(quality_hour.last)) as last,
      sumMap(quality_hour.counts) as counts
    from quality_hour
    where workspace = ${u32(workspace)} and hour >= ${instant(new Date(from))} and hour < ${instant(new Date(to))} ${only}
    group by source, name, hour order by hour`);
  return rows.map((row) => cellOf(workspace, row));
}

export interface Seen {
  source: number;
  name: string;
  /** When the newest was received. */
  last: number;
  /** In how many minutes since `from` live events came. */
  liveMinutes: number;
}

/** What was heard of each source and event in the last days, and how lively it was in the last one. */
export async function findSeen(clickhouse: ClickHouse, workspace: number, now: number): Promise<Seen[]> {
  const day = new Date(now - 86_400_000);
  const rows = await clickhouse.query<Seen>(ch`
    with cells as (
      select source, name, minute, max(quality_minute.last) as newest, sumMap(quality_minute.counts) as c
      from quality_minute
      where workspace = ${u32(workspace)} and minute >= ${instant(new Date(now - 7 * 86_400_000))} and name != ''
      group by source, name, minute)
    select source, name, toUnixTimestamp64Milli(max(newest)) as last,
      uniqExactIf(minute, minute >= ${instant(day)} and c['events'] > c['imported'] + c['late']) as liveMinutes
    from cells group by grouping sets ((source, name), (source))`);
  return rows.map(({ source, name, last, liveMinutes }) => ({
    ...{ source: Number(source), name, last: Number(last), liveMinutes: Number(liveMinutes) },
  }));
}

/** The workspaces of which anything was counted since. */
export async function findBusyWorkspaces(clickhouse: ClickHouse, from: number): Promise<number[]> {
  const rows = await clickhouse.query<{ workspace: number }>(ch`
    select distinct workspace from quality_minute where minute >= ${instant(new Date(from))}`);
  return rows.map(({ workspace }) => Number(workspace));
}

/** All that was counted between two moments, of each source and event name. */
export async function findSums(
  clickhouse: ClickHouse,
  workspace: number,
  { from, to }: { from: number; to: number },
): Promise<Cell[]> {
  const rows = await clickhouse.query<CellRow>(ch`
    select source, name, toUnixTimestamp(${instant(new Date(from))}) as at,
      toUnixTimestamp64Milli(max(quality_hour.last)) as last, sumMap(quality_hour.counts) as counts
    from quality_hour
    where workspace = ${u32(workspace)} and hour >= ${instant(new Date(from))} and hour < ${instant(new Date(to))}
    group by source, name`);
  return rows.map((row) => cellOf(workspace, row));
}
