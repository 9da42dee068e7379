import { fitGaps } from "@stork/models/watch/gaps.ts";
import { fitLevel } from "@stork/models/watch/levels.ts";
import { type CountedDay, fitSeasonal, type SeasonalModel } from "@stork/models/watch/seasonal.ts";
import { fitShare, type Portion } from "@stork/models/watch/shares.ts";
import { fitVocabulary } from "@stork/models/watch/unseen.ts";
import { dayOf, expectedBetween } from "./expectation.ts";
import { indicatorIds, indicatorOf } from "./indicators.ts";
import { emptyModel, knowsRhythm, leastEvents, type StreamModel } from "./model.ts";
import { addAll, binsOf, countOf, fieldsOf, lagBins, type Tally } from "./tally.ts";

/** What is known of the past of a source and event name. */
export interface Past {
  /** Counted by the hour: of the profile where there is one, else of a sample of stored events. */
  readonly hours: readonly Tally[];
  /** Hashes of short texts by field, with how often each came. */
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Live events by day (counted from 1970-01-01 in the workspace's zone) and hour of the day. */
  readonly volumes: ReadonlyMap<number, readonly number[]>;
  /** When the newest live events arrived, in order. */
  readonly arrivals: readonly number[];
  /** Those of them that came within minutes: not the last day of a past that was told at once. */
  readonly promptArrivals: readonly number[];
  readonly events: number;
  readonly liveDays: number;
  /** The day under way, which is not over and teaches nothing yet. */
  readonly today: number;
  readonly names: readonly string[];
}

/** A sender whose field names are data has rare ones without end. */
const mostRare = 300;

const types = ["text", "number", "digits", "flag", "list", "object"] as const;

/** Learns what is usual for one stream. With little data the model says little, and the watch keeps quiet about it. */
export function learnModel(past: Past, zone: string): StreamModel {
  const model = { ...emptyModel(), events: past.events, liveDays: past.liveDays, names: [...past.names] };
  const whole: Tally = new Map();
  for (const hour of past.hours) addAll(whole, hour);
  if (countOf(whole, "sampled") >= leastEvents / 2) learnFields(model, whole, past);
  if (countOf(whole, "events") >= leastEvents) {
    model.lag = fitLevel(lagBins(whole));
    model.shares = learnShares(model, past.hours);
  }
  model.seasonal = fitSeasonal(daysOf(past));
  model.gaps =
    model.seasonal !== null && knowsRhythm(model)
      ? learnGaps(model.seasonal, past.arrivals, zone)
      : learnGapsOfHours(past.promptArrivals);
  return model;
}

function learnFields(model: StreamModel, whole: Tally, { texts }: Past): void {
  const sampled = countOf(whole, "sampled");
  let rare = 0;
  const byCount = [...fieldsOf(whole, "there")].sort((x, y) => y[1] - x[1]);
  for (const [field, there] of byCount) {
    // A rare field is known, so that it is not new, but never missed.
    if (there < sampled * 0.02) {
      rare += 1;
      if (rare > mostRare) return;
      model.shares[`field-rare ${field}`] = { a: there, b: sampled - there, of: sampled };
      continue;
    }
    model.fields.push(field);
    const type = types.find((one) => countOf(whole, `${one} ${field}`) >= there * 0.95);
    if (type !== undefined) model.types[field] = type;
    const values = fitVocabulary(texts.get(field) ?? new Map());
    if (values !== null) model.vocabularies[field] = values;
    learnNumbers(model, whole, field);
  }
}

function learnNumbers(model: StreamModel, whole: Tally, field: string): void {
  const bins = binsOf(whole, field);
  const level = fitLevel(bins);
  if (level === null) return;
  model.levels[field] = level;
  const sorted = [...bins].sort((x, y) => x[0] - y[0]);
  const spare = level.of / 1000;
  const first = edge(sorted, spare);
  const last = edge(sorted.toReversed(), spare);
  // One octave of room beyond what was seen.
  model.ranges[field] = [first - 2, last + 2];
}

/** The first bin after at most `spare` numbers. */
function edge(bins: readonly (readonly [number, number])[], spare: number): number {
  let passed = 0;
  for (const [bin, count] of bins) {
    passed += count;
    if (passed > spare) return bin;
  }
  return bins.at(-1)?.[0] ?? 0;
}

function learnShares(model: StreamModel, hours: readonly Tally[]): StreamModel["shares"] {
  const found = new Map<string, Portion[]>();
  for (const hour of hours)
    for (const id of indicatorIds) {
      for (const [field, portion] of indicatorOf(id).portions?.(hour, model) ?? []) {
        const key = `${id} ${field}`;
        const portions = found.get(key);
        if (portions === undefined) found.set(key, [portion]);
        else portions.push(portion);
      }
    }
  const shares = { ...model.shares };
  for (const [key, portions] of found) shares[key] = fitShare(portions);
  return shares;
}

function daysOf({ volumes, today }: Past): CountedDay[] {
  // The first day is rarely a whole one.
  return [...volumes.keys()]
    .sort((x, y) => x - y)
    .slice(1)
    .filter((on) => on < today)
    .map((on) => ({ ...dayOf(on), hours: volumes.get(on) as readonly number[] }));
}

/** Gaps between arrivals, each in the events expected meanwhile. What comes in one batch comes at one moment. */
function learnGaps(model: SeasonalModel, arrivals: readonly number[], zone: string) {
  return fitGaps(gapsOf(arrivals, (from, to) => expectedBetween(model, zone, from, to)));
}

const hourMs = 3_600_000;
/** Fewer in an hour say little of how fast it went, and fewer gaps in all little of how long one may be. */
const leastOfHour = 20;
const leastEventsOfHours = 200;

/** The same where what an hour brings is not known yet: each gap in the mean gap of its own hour, as it will be judged. */
function learnGapsOfHours(arrivals: readonly number[]) {
  if (arrivals.length < leastEventsOfHours) return null;
  const gaps: number[] = [];
  for (const hour of Map.groupBy(arrivals, (at) => Math.floor(at / hourMs)).values()) {
    const mean = ((hour.at(-1) as number) - (hour[0] as number)) / (hour.length - 1);
    if (hour.length >= leastOfHour) gaps.push(...gapsOf(hour, (from, to) => (to - from) / mean));
  }
  return fitGaps(gaps);
}

function gapsOf(arrivals: readonly number[], expected: (from: number, to: number) => number): number[] {
  const gaps: number[] = [];
  for (let i = 1; i < arrivals.length; i += 1) {
    const [from, to] = [arrivals[i - 1] as number, arrivals[i] as number];
    if (to > from) gaps.push(expected(from, to));
  }
  return gaps;
}
