import { sql } from "kysely";
import { DateTime } from "luxon";
import { ch, instant, u32, u64 } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { writingSince } from "../segments/writing.store.ts";
import { type Coming, enterRuns } from "./enter.store.ts";
import { entryMeaning } from "./entries.ts";
import type { Look } from "./entry.ts";
import type { LiveJourney } from "./live.store.ts";
import type { JourneysParts } from "./parts.ts";

type Parts = Pick<JourneysParts, "db" | "clickhouse" | "clock">;
type LookFor<Kind extends Look["for"]> = Extract<Look, { for: Kind }>;
interface Cursor {
  readonly until: Date;
  readonly person: number;
}

/** Who comes in by what no event tells. Looked at again after a kill, the same cause lets nobody in twice. */
const looks = { segment: lookAtSegment, date: lookAtDates } satisfies {
  [K in Look["for"]]: (parts: Parts, journey: LiveJourney, look: LookFor<K>, from: Cursor) => Promise<number>;
};

export async function lookFor(parts: Parts, journey: LiveJourney): Promise<number> {
  const { entry } = journey.definition;
  const look = entryMeaning(entry).looks(entry);
  if (look === null) return 0;
  const { rows } = await sql<Cursor>`
    select looked_until as until, looked_person as person from journey
    where id = ${journey.id} and status = 'live' and looked_until is not null`.execute(parts.db);
  const looking = looks[look.for] as (
    parts: Parts,
    journey: LiveJourney,
    look: Look,
    from: Cursor,
  ) => Promise<number>;
  return rows[0] === undefined ? 0 : looking(parts, journey, look, rows[0]);
}

/** A change of membership may be written this long after the time it bears. */
const lateMs = 30_000;
const slice = 1_000;

async function lookAtSegment(
  parts: Parts,
  journey: LiveJourney,
  look: LookFor<"segment">,
  { until, person }: Cursor,
): Promise<number> {
  const { db, clickhouse, clock } = parts;
  const now = clock.now();
  if (person >= 0) return letInPresent(parts, journey, look, person);
  const writing = (await writingSince(db, journey.workspace)) ?? now;
  const next = new Date(Math.min(now.getTime() - lateMs, writing.getTime() - 1));
  let [at, after, came] = [until, 0, 0];
  for (;;) {
    const rows = await clickhouse.query<{ person: number; ms: number }>(ch`
      select person, toUnixTimestamp64Milli(change.at) as ms from membership_change as change
      where workspace = ${u32(journey.workspace)} and segment = ${u32(look.segment)} and member = 1
        and (change.at, person) > (${instant(at)}, ${u64(after)}) and change.at <= ${instant(now)}
      order by change.at, person limit ${u32(slice)}`);
    const coming = rows.map((row) => comingBy(Number(row.person), `segment ${row.ms}`));
    came += (await enterRuns(db, journey, coming, { now, dueAt: now })).length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) break;
    [at, after] = [new Date(Number(last.ms)), Number(last.person)];
  }
  // Not each second for a segment into which nobody comes.
  if (came > 0 || next.getTime() - until.getTime() > 60_000) await lookedUntil(db, journey.id, next);
  return came;
}

/** Those who are in it when the journey starts, slice by slice; a kill in between goes on where it stopped. */
async function letInPresent(
  { db, clickhouse, clock }: Parts,
  journey: LiveJourney,
  look: LookFor<"segment">,
  after: number,
): Promise<number> {
  const now = clock.now();
  const rows = await clickhouse.query<{ person: number }>(ch`
    select person from membership final
    where workspace = ${u32(journey.workspace)} and segment = ${u32(look.segment)} and member = 1
      and person > ${u64(after)}
    order by person limit ${u32(slice)}`);
  const coming = rows.map(({ person }) => comingBy(Number(person), "present"));
  const came = await enterRuns(db, journey, coming, { now, dueAt: now });
  const last = rows.length < slice ? -1 : Number(rows.at(-1)?.person);
  await sql`update journey set looked_person = ${last} where id = ${journey.id}`.execute(db);
  return came.length;
}

/** Days that went by while no server ran are made up for, but not older ones. */
const mostDaysLate = 2;

async function lookAtDates(
  { db, clock }: Parts,
  journey: LiveJourney,
  { date }: LookFor<"date">,
  { until }: Cursor,
): Promise<number> {
  const now = clock.now();
  const [hour = 0, minute = 0] = date.at.split(":").map(Number);
  const today = DateTime.fromJSDate(now, { zone: journey.timeZone }).set({
    hour,
    minute,
    second: 0,
    millisecond: 0,
  });
  let came = 0;
  for (let late = mostDaysLate; late >= 0; late -= 1) {
    const day = today.minus({ days: late });
    if (day.toJSDate() <= until || day.toJSDate() > now) continue;
    const children = await findChildren(db, journey.workspace, date.of, day.minus({ days: date.offsetDays }));
    for (let from = 0; from < children.length; from += slice) {
      const coming = children.slice(from, from + slice).map(({ node, child }) => ({
        ...comingBy(node, `date ${child} ${day.toISODate()}`),
        child,
      }));
      came += (await enterRuns(db, journey, coming, { now, dueAt: now })).length;
    }
    await lookedUntil(db, journey.id, day.toJSDate());
  }
  return came;
}

/** Children of whom a date was told, and may be used, that falls on this day; a birthday from the first one on. */
async function findChildren(db: Db, workspace: number, of: "due" | "birthday", day: DateTime) {
  const on = day.toISODate();
  // Who was born on 29 February has the 28th in other years.
  const days = [day.toFormat("MM-dd")];
  if (days[0] === "02-28" && !day.isInLeapYear) days.push("02-29");
  const falls =
    of === "due"
      ? sql`child.due_on = ${on}::date and child.born_on is null`
      : sql`to_char(child.born_on, 'MM-DD') = any(${days}::text[]) and child.born_on < ${on}::date`;
  const { rows } = await sql<{ node: number; child: number }>`
    select child.node, child.id as child from child join node on node.id = child.node
    where node.workspace_id = ${workspace} and child.removed_at is null and child.withheld_at is null and ${falls}
    order by child.id`.execute(db);
  return rows;
}

const comingBy = (node: number, cause: string): Coming => ({ node, cause, child: null, fact: null });

/** Never back: another server may have gone further. */
const lookedUntil = (db: Db, journey: number, until: Date) =>
  sql`update journey set looked_until = greatest(looked_until, ${until}) where id = ${journey}`.execute(db);
