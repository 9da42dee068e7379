import { type Dimension, dimensions } from "@stork/contract/quality.ts";
import { usualShare } from "@stork/models/watch/shares.ts";
import { type IndicatorId, indicatorIds, indicatorOf } from "./indicators.ts";
import type { StreamModel } from "./model.ts";
import type { Tally } from "./tally.ts";

export interface Scored {
  /** 0–100; null where nothing of that kind is known. */
  readonly dimensions: Record<Dimension, number | null>;
  readonly total: number | null;
  /** What took the most off, worst first. */
  readonly worst: readonly Weakness[];
}

export interface Weakness {
  readonly indicator: IndicatorId;
  readonly name: string;
  readonly field: string;
  readonly value: number;
  readonly of: number;
  readonly score: number;
}

export interface ToScore {
  /** What was counted in the period, by event name; "" is of the source as a whole. */
  readonly streams: ReadonlyMap<string, Tally>;
  model(name: string): StreamModel | null;
  /** Minutes with an open alert of each dimension. */
  readonly alertMinutes: Readonly<Record<Dimension, number>>;
  readonly minutes: number;
}

/** A share at its threshold is worth so much. */
const atThreshold = 80;
/** A field that is usually missing more often than this is optional: that it is missing is no fault. */
const optionalFrom = 0.25;
const leastOf = 20;
/** A whole period with an open alert costs so many points. */
const alertCost = 50;

/**
 * A dimension's score: of each of its shares 100 · 0.8^(share / threshold); half of it the mean over them, half the
 * worst, so that one broken field is neither hidden nor everything; less up to 50 points for the time with an open alert.
 */
export function scoreOf({ streams, model, alertMinutes, minutes }: ToScore): Scored {
  const found: Weakness[] = [];
  for (const [name, counts] of streams)
    for (const id of indicatorIds) {
      const { scope, threshold, portions } = indicatorOf(id);
      if (threshold === null || portions === undefined || (scope === "source") !== (name === "")) continue;
      const known = model(name) ?? null;
      if (known === null && scope === "field") continue;
      for (const [field, { bad, of }] of portions(counts, known as StreamModel)) {
        if (of < leastOf || isOptional(id, known, field)) continue;
        const value = bad / of;
        const score = 100 * (atThreshold / 100) ** (value / threshold);
        found.push({ indicator: id, name, field, value, of, score });
      }
    }
  const scores = Object.fromEntries(
    dimensions.map((dimension) => {
      const mine = found.filter(({ indicator }) => indicatorOf(indicator).dimension === dimension);
      const cost = alertCost * Math.min(1, alertMinutes[dimension] / Math.max(1, minutes));
      if (mine.length === 0) return [dimension, streams.size === 0 ? null : 100 - cost];
      const mean = mine.reduce((sum, { score }) => sum + score, 0) / mine.length;
      const least = Math.min(...mine.map(({ score }) => score));
      return [dimension, Math.max(0, (mean + least) / 2 - cost)];
    }),
  ) as Record<Dimension, number | null>;
  const worst = found.filter(({ value }) => value > 0).sort((x, y) => x.score - y.score);
  return { dimensions: scores, total: meanOf(Object.values(scores)), worst };
}

const isOptional = (id: IndicatorId, model: StreamModel | null, field: string): boolean => {
  const share = model?.shares[`${id} ${field}`];
  return id === "field-missing" && share !== undefined && usualShare(share) > optionalFrom;
};

/** Of those that are known; null when none is. */
export function meanOf(scores: readonly (number | null)[]): number | null {
  const known = scores.filter((score) => score !== null);
  return known.length === 0 ? null : known.reduce((sum, score) => sum + score, 0) / known.length;
}

export const noMinutes = (): Record<Dimension, number> => ({
  completeness: 0,
  accuracy: 0,
  consistency: 0,
  timeliness: 0,
});

/** Minutes within a period covered by any of these stretches, each counted once. */
export function minutesOf(
  stretches: readonly { readonly from: number; readonly to: number }[],
  from: number,
  to: number,
): number {
  let covered = 0;
  let reached = from;
  for (const one of stretches.toSorted((x, y) => x.from - y.from)) {
    const begin = Math.max(one.from, reached);
    const end = Math.min(one.to, to);
    if (end <= begin) continue;
    covered += end - begin;
    reached = end;
  }
  return covered / 60_000;
}
