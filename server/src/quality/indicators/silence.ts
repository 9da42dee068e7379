import { type GapModel, gapBound, gapTail } from "@stork/models/watch/gaps.ts";
import type { Found, Indicator, Sight } from "../indicator.ts";
import { knowsRhythm } from "../model.ts";

/** Shops restart their servers too: nothing shorter is called silence. */
const leastMs = 30_000;
/** A source seen too shortly to know its gaps: as if they came one by one, with room. */
const unknownGaps: GapModel = { from: 3, over: 0.05, scale: 3, shape: 0.1, of: 0 };
const unknownSpread = 0.5;

/**
 * How long nothing came, in events that would have come meanwhile: at three in the morning an hour may be less than one.
 * Days differ, so the bound is widened by the spread of whole days; where the last hour is what says how much would have
 * come, by how much hours may differ.
 */
function lookForSilence(sight: Sight): Found[] {
  const { view, model, now } = sight;
  if (model === null || !sight.live || view.last === 0) return [];
  const from = Math.max(view.last, sight.awakeSince);
  const missed = sight.expected(from, now);
  if (missed === null) return [];
  const spread = knowsRhythm(model) ? model.seasonal?.dispersion : undefined;
  const wide = 1 + 2 * Math.sqrt(spread ?? unknownSpread);
  const gaps = model.gaps ?? unknownGaps;
  const bound = gapBound(gaps, gapLevel(sight)) * wide;
  const silentMs = now - view.last;
  const breached = now - from >= leastMs && missed > bound;
  return [
    {
      field: "",
      value: Math.max(0, silentMs / 60_000),
      of: Math.round(missed),
      usual: null,
      breached,
      chance: breached ? Math.min(sight.level, gapTail(gaps, missed / wide)) : 1,
      since: view.last,
      // In minutes at the rate of now.
      bounds: () => ({ low: null, high: missed > 0 ? (bound / missed) * ((now - from) / 60_000) : null }),
    },
  ];
}

/** Silence has no rows that show it; the last ones before it tell where it broke off. */
const lastOnes = (): boolean => true;

/** Each gap is one chance to be wrong: the allowance is divided among all gaps of a week and all that is watched. */
function gapLevel({ model, streams }: Sight): number {
  const gapsAWeek = Math.max(500, 7 * (model?.seasonal?.level ?? 10_000));
  return 0.1 / (Math.max(5, streams) * gapsAWeek);
}

const needs = {
  zh: "一天以上、50 个间隔以上的历史；且最近 24 小时确实在实时发送",
  en: "A day and 50 gaps of history, and that it has been sending live in the last 24 hours",
};

export const sourceSilent: Indicator = {
  dimension: "timeliness",
  scope: "source",
  unit: "minutes",
  name: { zh: "来源中断", en: "Source silent" },
  definition: {
    zh: "多少分钟没有收到该来源的任何事件；界限随时段而变，夜里安静不算中断",
    en: "Minutes without any event of the source; the bound follows the hour, a quiet night is no silence",
  },
  needs,
  threshold: null,
  look: lookForSilence,
  shows: lastOnes,
};

export const eventSilent: Indicator = {
  dimension: "timeliness",
  scope: "event",
  unit: "minutes",
  name: { zh: "某种事件中断", en: "Event silent" },
  definition: {
    zh: "来源仍在发送，但多少分钟没有收到这种事件",
    en: "Minutes without this event while its source still sends others",
  },
  needs,
  threshold: null,
  look: lookForSilence,
  shows: lastOnes,
};
