import { binOf } from "@stork/models/watch/levels.ts";
import { type Examined, examine } from "./examine.ts";
import { wallOf } from "./expectation.ts";
import { learnModel, type Past } from "./learn.ts";
import type { StreamModel } from "./model.ts";
import { Recent } from "./recent.ts";
import { type Cell, minuteMs } from "./sampler.ts";
import { add, addAll, type Tally, withoutFields } from "./tally.ts";

/**
 * A shop's sources as the watch sees them, minute by minute, with nothing wrong: to try bounds on. Days and hours vary
 * more than chance alone, sales multiply, optional fields come and go, and now and then a value is odd.
 */
export interface RehearsedSource {
  readonly source: number;
  readonly events: readonly { readonly name: string; readonly perDay: number; readonly order: boolean }[];
}

export const rehearsedSources: readonly RehearsedSource[] = [
  { source: 1, events: shop(9_000, 240) },
  { source: 2, events: shop(40_000, 900) },
  { source: 3, events: shop(1_500, 60) },
  { source: 4, events: [{ name: "Order Completed", perDay: 120, order: true }] },
  { source: 5, events: shop(4_000, 150) },
];

function shop(viewed: number, orders: number) {
  return [
    { name: "Product Viewed", perDay: viewed, order: false },
    { name: "Product Added", perDay: viewed / 12, order: false },
    { name: "Page Viewed", perDay: viewed * 1.5, order: false },
    { name: "Order Completed", perDay: orders, order: true },
  ];
}

type Growing = Omit<Past, "hours" | "volumes" | "arrivals" | "promptArrivals"> & {
  hours: Tally[];
  volumes: Map<number, number[]>;
  arrivals: number[];
};

const zone = "Asia/Shanghai";
const dayMs = 86_400_000;
const hours = [4, 2, 1, 1, 1, 2, 6, 12, 18, 24, 28, 28, 26, 24, 24, 25, 26, 28, 32, 40, 48, 50, 36, 14];
const allHours = hours.reduce((sum, share) => sum + share, 0);
const weekdays = [0.95, 0.94, 0.95, 0.96, 1, 1.12, 1.08];
const specials: Readonly<Record<string, number>> = {
  "618": 5,
  "618-eve": 1.8,
  "618-opening": 1.6,
  "61": 1.4,
};
const statuses = ["paid", "shipped", "closed"];
const mostLooked = 60;

/** Numbers between 0 and 1 from a seed (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const normal = (draw: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

function poisson(draw: () => number, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(draw)));
  let count = 0;
  let product = draw();
  for (const limit = Math.exp(-mean); product > limit; count += 1) product *= draw();
  return count;
}

/** A moment within a minute. */
const placeIn = (seed: number): number => Math.floor(chanceFrom(seed)() * minuteMs);

/** A factor around 1 that is the same throughout one stretch of time. */
function wobble(seed: number, spread: number): number {
  const draw = chanceFrom(Math.imul(seed, 2_654_435_761));
  draw();
  return Math.exp(spread * normal(draw) - (spread * spread) / 2);
}

/** Events of one kind in the minute that begins at `minute`. */
function countIn(draw: () => number, source: number, index: number, perDay: number, minute: number): number {
  const { day, hour, on } = wallOf(zone, minute);
  const special = day.special === null ? 1 : (specials[day.special] ?? 0.85);
  const share = (hours[Math.floor(hour)] as number) / allHours / 60;
  const today =
    wobble(on * 31 + source, 0.12) * wobble(on * 24 + Math.floor(hour) + source * 7 + index, 0.15);
  return poisson(draw, perDay * (weekdays[day.weekday] as number) * special * share * today);
}

function countFields(tally: Tally, draw: () => number, count: number, order: boolean): void {
  const looked = Math.min(count, mostLooked);
  add(tally, "sampled", looked);
  for (let i = 0; i < looked; i += 1) {
    for (const field of ["sku", "name", "category", "channel"]) {
      if (draw() < 0.002) continue;
      add(tally, `there ${field}`);
      add(tally, `text ${field}`);
      if (field === "name" && draw() < 0.0005) add(tally, "damaged name");
    }
    if (draw() < 0.3) {
      add(tally, "there coupon");
      add(tally, "text coupon");
    }
    const price = Math.exp(4.6 + 0.9 * normal(draw));
    add(tally, "there price");
    add(tally, "number price");
    add(tally, `v${binOf(price)} price`);
    if (!order) continue;
    add(tally, "there status");
    add(tally, "text status");
    add(tally, "values status");
    add(tally, "sums");
    if (draw() < 0.15) add(tally, "sums-off");
  }
}

/** What one minute brings, of all sources. */
function rehearseMinute(seed: number, minute: number, sources = rehearsedSources): Cell[] {
  const draw = chanceFrom(seed + minute / minuteMs);
  const cells: Cell[] = [];
  for (const { source, events } of sources)
    for (const [index, { name, perDay, order }] of events.entries()) {
      const count = countIn(draw, source, index, perDay, minute);
      if (count === 0) continue;
      const counts: Tally = new Map([["events", count]]);
      for (let i = 0; i < count; i += 1) {
        const u = draw();
        const lag = u < 0.003 ? 14 : u < 0.05 ? 6 : u < 0.4 ? 2 : 1;
        add(counts, `lag${lag}`);
        if (lag >= 13) add(counts, "late");
        if (draw() < 0.004) add(counts, "excluded");
      }
      add(counts, "named", count);
      for (let i = 0; i < count; i += 1) if (draw() < (order ? 0.01 : 0.55)) add(counts, "anonymous");
      if (order) {
        add(counts, "orders", count);
        add(counts, "items", count * 2);
        if (draw() < 0.01) add(counts, "orders-without-items", 1);
      }
      countFields(counts, draw, count, order);
      const last = minute + Math.floor((count / (count + 1)) * minuteMs);
      cells.push({ workspace: 1, source, name, minute, last, counts });
    }
  return cells;
}

/** Learns from the weeks before a moment, as the server does from what is stored. */
function rehearsedModels(
  seed: number,
  until: number,
  { weeks = 8, sources = rehearsedSources } = {},
): Map<string, StreamModel> {
  const from = until - weeks * 7 * dayMs;
  const pasts = new Map<string, Growing>();
  const pastOf = (source: number, name: string) => {
    const key = `${source} ${name}`;
    let past = pasts.get(key);
    if (past === undefined) {
      const texts = new Map([["status", new Map(statuses.map((status) => [status, 400]))]]);
      const common = { texts, events: 5000, liveDays: weeks * 7, today: wallOf(zone, until).on, names: [] };
      past = { ...common, hours: [], volumes: new Map(), arrivals: [] };
      pasts.set(key, past);
    }
    return past;
  };
  for (let minute = from; minute < until; minute += minuteMs) {
    const { on, hour } = wallOf(zone, minute);
    // Fields are learned from the last two weeks, volumes from all of them.
    const whole = minute >= until - 14 * dayMs;
    const cells = whole ? rehearseMinute(seed, minute, sources) : volumesOf(seed, minute, sources);
    for (const { source, name, counts } of cells) {
      for (const [stream, tally] of [
        [name, counts],
        ["", withoutFields(counts)],
      ] as const) {
        const past = pastOf(source, stream);
        const day = past.volumes.get(on) ?? new Array<number>(24).fill(0);
        past.volumes.set(on, day);
        const events = counts.get("events") ?? 0;
        day[Math.floor(hour)] = (day[Math.floor(hour)] as number) + events;
        if (!whole) continue;
        if (minute >= until - 2 * dayMs)
          for (let i = 0; i < events; i += 1) past.arrivals.push(minute + placeIn(minute + i * 977 + source));
        const at = past.hours.length - 1;
        const hourOn = on * 24 + Math.floor(hour);
        if (lastHour.get(past) === hourOn) addAll(past.hours[at] as Tally, tally);
        else past.hours.push(new Map(tally));
        lastHour.set(past, hourOn);
      }
    }
  }
  return new Map(
    [...pasts].map(([key, past]) => [key, learnModel({ ...past, ...inOrder(past.arrivals) }, zone)]),
  );
}

function inOrder(times: readonly number[]): Pick<Past, "arrivals" | "promptArrivals"> {
  const arrivals = times.toSorted((x, y) => x - y);
  return { arrivals, promptArrivals: arrivals };
}

const lastHour = new WeakMap<Growing, number>();

function volumesOf(seed: number, minute: number, sources: readonly RehearsedSource[]): Cell[] {
  const draw = chanceFrom(seed + minute / minuteMs);
  return sources.flatMap(({ source, events }) =>
    events.map(({ name, perDay }, index) => {
      const counts: Tally = new Map([["events", countIn(draw, source, index, perDay, minute)]]);
      return { workspace: 1, source, name, minute, last: minute, counts };
    }),
  );
}

export interface Rehearsal {
  readonly seed: number;
  readonly from: number;
  readonly days: number;
  readonly sources?: readonly RehearsedSource[];
  /** What becomes of a minute before the watch sees it: nothing, or a breakage. */
  readonly change?: (cells: Cell[], minute: number) => Cell[];
}

export interface Alarm {
  readonly at: number;
  readonly figure: Examined;
}

/** How long a figure has to be well before the same breach is another alarm. */
const sameAlarmMs = 10 * minuteMs;

/** Lets the watch look once a minute, at its end, and answers what it would have raised. */
export function rehearse({ seed, from, days, sources = rehearsedSources, change }: Rehearsal): Alarm[] {
  const models = rehearsedModels(seed, from, { sources });
  const recent = new Recent();
  const lastAt = new Map<string, number>();
  const alarms: Alarm[] = [];
  for (let minute = from; minute < from + days * dayMs; minute += minuteMs) {
    recent.advance(minute);
    const cells = rehearseMinute(seed, minute, sources);
    recent.put(change === undefined ? cells : change(cells, minute));
    const now = minute + minuteMs - 1;
    const found = examine({
      ...{ views: recent.views(), now, zone, awakeSince: from },
      model: (source, name) => models.get(`${source} ${name}`) ?? null,
      liveMinutes: () => 60,
      imports: () => null,
      setting: () => ({ off: false, threshold: null }),
    });
    for (const figure of found) {
      if (!figure.breached) continue;
      const key = JSON.stringify([figure.indicator, figure.source, figure.name, figure.field]);
      if (minute - (lastAt.get(key) ?? 0) > sameAlarmMs) alarms.push({ at: now, figure });
      lastAt.set(key, minute);
    }
  }
  return alarms;
}
