import { setImmediate } from "node:timers/promises";
import { type ClickHouse, ch, instant, list, u32 } from "../platform/clickhouse.ts";
import { countEvent } from "./count-event.ts";
import { wallOf } from "./expectation.ts";
import { learnModel, type Past } from "./learn.ts";
import { lookAtFields } from "./look-at-fields.ts";
import type { StreamModel } from "./model.ts";
import { add, addAll, type Tally, withoutFields } from "./tally.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const weeks = 8;
/** Stored events looked into, of each source and name. */
const sampleSize = 1_500;
const mostArrivals = 20_000;
const mostFields = 1_000;
/** Requests get through between so many rows. */
const stretch = 250;

/** Where an event arrived in time: live ones when they did, those told of long afterwards when they happened. */
const arrival = ch`if(event.received - event.at < 86400, event.received, event.at)`;

export interface ToLearn {
  clickhouse: ClickHouse;
  workspace: number;
  zone: string;
  now: number;
  /** Stretches with an alert, which do not teach, by source; of when and how much came, only some alerts spoil. */
  isSpoiled(source: number, at: number, what: "flow" | "content"): boolean;
}

interface Growing extends Omit<Past, "hours" | "texts"> {
  hours: Map<number, Tally>;
  texts: Map<string, Map<string, number>>;
  volumes: Map<number, number[]>;
  arrivals: number[];
  promptArrivals: number[];
  events: number;
  liveDays: number;
  names: string[];
}

/** Learns what is usual for a source and each of its event names from the events stored. */
export async function learnSource(to: ToLearn, source: number): Promise<Map<string, StreamModel>> {
  const pasts = new Map<string, Growing>();
  const today = wallOf(to.zone, to.now).on;
  const pastOf = (name: string): Growing => {
    let past = pasts.get(name);
    if (past === undefined) {
      past = {
        ...{ hours: new Map(), texts: new Map(), volumes: new Map(), arrivals: [], promptArrivals: [] },
        ...{ events: 0, liveDays: 0, today, names: [] },
      };
      pasts.set(name, past);
    }
    return past;
  };
  await readVolumes(to, source, pastOf);
  if (pasts.size === 0) return new Map();
  const whole = pastOf("");
  whole.names = [...pasts.keys()].filter((name) => name !== "");
  await readSample(to, source, pasts, pastOf);
  await readArrivals(to, source, pastOf);
  return new Map(
    [...pasts].map(([name, past]) => [
      name,
      learnModel({ ...past, hours: [...past.hours.values()] }, to.zone),
    ]),
  );
}

async function readVolumes(to: ToLearn, source: number, pastOf: (name: string) => Growing): Promise<void> {
  const { clickhouse, workspace, zone, now } = to;
  const rows = await clickhouse.query<{
    name: string;
    hour: number;
    events: number;
    live: number;
    minutes: number;
  }>(
    ch`
    select name, intDiv(toUnixTimestamp(${arrival}), 3600) as hour, count() as events, countIf(import = 0) as live,
      uniqExactIf(intDiv(toUnixTimestamp(received), 60), import = 0 and event.received - event.at < 86400) as minutes
    from event
    where workspace = ${u32(workspace)} and source = ${u32(source)}
      and at >= ${instant(new Date(now - (weeks * 7 + 1) * dayMs))} and at < ${instant(new Date(now + dayMs))}
    group by name, hour`,
  );
  const liveDays = new Map<string, Map<number, number>>();
  for (const { name, hour, events, live, minutes } of rows) {
    const { on, hour: ofDay } = wallOf(zone, Number(hour) * hourMs + 1);
    for (const stream of [name, ""]) {
      const past = pastOf(stream);
      past.events += Number(events);
      if (Number(live) === 0) continue;
      if (to.isSpoiled(source, Number(hour) * hourMs, "flow")) continue;
      const day = past.volumes.get(on) ?? new Array<number>(24).fill(0);
      past.volumes.set(on, day);
      day[Math.floor(ofDay)] = (day[Math.floor(ofDay)] ?? 0) + Number(live);
      const lively = liveDays.get(stream) ?? new Map<number, number>();
      liveDays.set(stream, lively);
      lively.set(on, (lively.get(on) ?? 0) + Number(minutes));
    }
  }
  for (const [stream, lively] of liveDays)
    pastOf(stream).liveDays = [...lively.values()].filter((minutes) => minutes >= 5).length;
  for (const past of new Set([...liveDays.keys()].map(pastOf))) fillQuietDays(past.volumes);
}

/** A day without an event is a day of none, not a day unknown. */
function fillQuietDays(volumes: Map<number, number[]>): void {
  const days = [...volumes.keys()].sort((x, y) => x - y);
  for (let on = days[0] ?? 0; on < (days.at(-1) ?? 0); on += 1)
    if (!volumes.has(on)) volumes.set(on, new Array<number>(24).fill(0));
}

interface SampleRow {
  name: string;
  at: number;
  received: number;
  import: number;
  arrival: number;
  orderId: string;
  amountFen: number;
  marks: string[];
  excluded: number;
  properties: string;
  categories: string[];
  amounts: number[];
}

/** A sample by the hash of the message, which is as good as chance; rare names whole, frequent ones thinned by tens. */
async function readSample(
  to: ToLearn,
  source: number,
  pasts: ReadonlyMap<string, Growing>,
  pastOf: (name: string) => Growing,
): Promise<void> {
  const byThinning = new Map<number, string[]>();
  for (const [name, { events }] of pasts) {
    if (name === "" || events === 0) continue;
    const thinning = 10 ** Math.max(0, Math.floor(Math.log10(events / sampleSize)));
    byThinning.set(thinning, [...(byThinning.get(thinning) ?? []), name]);
  }
  for (const [thinning, names] of byThinning) {
    const rows = await to.clickhouse.query<SampleRow>(
      ch`
      select name, toUnixTimestamp64Milli(event.at) as at, toUnixTimestamp64Milli(event.received) as received, import,
        toUnixTimestamp64Milli(${arrival}) as arrival, order_id as orderId, amount_fen as amountFen, marks, excluded,
        properties, item.category as categories, item.amount_fen as amounts
      from event
      where workspace = ${u32(to.workspace)} and source = ${u32(source)} and name in ${list("String", names)}
        and event.at >= ${instant(new Date(to.now - weeks * 7 * dayMs))} and message % ${u32(thinning)} = 0
      limit ${u32(sampleSize * 2)} by name`,
    );
    for (const [i, row] of rows.entries()) {
      if (i % stretch === 0) await setImmediate();
      if (!to.isSpoiled(source, Number(row.arrival), "content")) learnFrom(row, pastOf);
    }
  }
}

function learnFrom(row: SampleRow, pastOf: (name: string) => Growing): void {
  const past = pastOf(row.name);
  const hour = Math.floor(Number(row.arrival) / hourMs);
  const counts: Tally = new Map();
  const items = row.amounts.map((amount, i) => ({
    ...{ sku: "", quantity: 1, amountFen: Number(amount), category: row.categories[i] ?? "" },
  }));
  const event = { ...row, at: Number(row.at), amountFen: Number(row.amountFen), items, identifiers: null };
  const imported = Number(row.import) > 0;
  // What was told in bulk long afterwards says nothing about how late live events are.
  const bulk = imported || Number(row.received) - event.at > dayMs;
  countEvent(counts, { ...event, excluded: Number(row.excluded) > 0 }, Number(row.received), bulk);
  lookAtFields(counts, event, {
    onText: (field, hash) => {
      const values = past.texts.get(field) ?? new Map<string, number>();
      // Fields beyond are not fields but data, and come once.
      if (values.size === 0 && past.texts.size >= mostFields) return;
      past.texts.set(field, values);
      // Enough to see that it is no enumeration.
      if (values.has(hash) || values.size < 200) add(values, hash);
    },
  });
  addTo(past, hour, counts);
  addTo(pastOf(""), hour, withoutFields(counts));
}

function addTo(past: Growing, hour: number, counts: Tally): void {
  const tally = past.hours.get(hour);
  if (tally === undefined) past.hours.set(hour, new Map(counts));
  else addAll(tally, counts);
}

/** Of what came as it happened: the gaps of what was told in bulk are those of another world. */
async function readArrivals(to: ToLearn, source: number, pastOf: (name: string) => Growing): Promise<void> {
  const rows = await to.clickhouse.query<{ name: string; arrival: number; prompt: number }>(
    ch`
    select name, toUnixTimestamp64Milli(event.received) as arrival, event.received - event.at < 600 as prompt
    from event
    where workspace = ${u32(to.workspace)} and source = ${u32(source)} and import = 0
      and event.received - event.at < 86400 and event.at >= ${instant(new Date(to.now - 14 * dayMs))}
      and event.at <= ${instant(new Date(to.now))}
    order by arrival desc limit ${u32(mostArrivals)}`,
  );
  for (const { name, arrival, prompt } of rows.reverse()) {
    if (to.isSpoiled(source, Number(arrival), "flow")) continue;
    for (const past of [pastOf(name), pastOf("")]) {
      past.arrivals.push(Number(arrival));
      if (Number(prompt) === 1) past.promptArrivals.push(Number(arrival));
    }
  }
}
