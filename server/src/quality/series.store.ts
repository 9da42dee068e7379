import type { Series } from "@stork/contract/quality.ts";
import { alarmLevel } from "@stork/models/watch/allowance.ts";
import { shiftOf } from "@stork/models/watch/levels.ts";
import { shareBound } from "@stork/models/watch/shares.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findBounds, streamKey } from "./bounds.store.ts";
import { expectedBetween } from "./expectation.ts";
import { type IndicatorId, indicatorOf } from "./indicators.ts";
import type { StreamModel } from "./model.ts";
import type { QualityDeps } from "./parts.ts";
import { findHours, findMinutes } from "./profile.store.ts";
import { findSettings } from "./settings.store.ts";
import { addAll, binsOf, countOf, lagBins, type Tally, withoutFields } from "./tally.ts";

interface Asked {
  indicator: IndicatorId;
  source: number;
  event: string;
  field: string;
  step: "minute" | "hour" | "day";
}

const minuteMs = 60_000;
/** How far back, and how long a step is. */
const reach = {
  minute: { step: minuteMs, back: 60 * minuteMs },
  hour: { step: 60 * minuteMs, back: 7 * 24 * 60 * minuteMs },
  day: { step: 24 * 60 * minuteMs, back: 90 * 24 * 60 * minuteMs },
};

/** One figure through time, with the bounds it is held against. */
export async function findSeries(
  { db, clickhouse, clock }: Pick<QualityDeps, "db" | "clickhouse" | "clock">,
  workspace: WorkspaceRef,
  asked: Asked,
): Promise<Series> {
  const { indicator, source, event, field, step } = asked;
  const now = clock.now().getTime();
  const { step: stepMs, back } = reach[step];
  const from = now - back;
  const cells =
    step === "minute"
      ? await findMinutes(clickhouse, workspace.id, from)
      : await findHours(clickhouse, workspace.id, { from, to: now + 1 }, source);
  const { models } = await findBounds(db, workspace.id);
  const model = models.get(streamKey(source, event)) ?? null;
  const setting = (await findSettings(db, workspace.id)).get(indicator);
  const steps = new Map<number, Tally>();
  for (const cell of cells) {
    if (cell.source !== source || (event !== "" && cell.name !== event)) continue;
    const at = Math.floor(cell.minute / stepMs) * stepMs;
    const sum = steps.get(at) ?? new Map();
    steps.set(at, sum);
    addAll(sum, event === "" ? withoutFields(cell.counts) : cell.counts);
  }
  const points = [...steps]
    .sort((x, y) => x[0] - y[0])
    .map(([at, counts]) => {
      const until = Math.min(now, at + stepMs);
      const point = pointOf(asked, counts, model, at, until, workspace.timeZone);
      return { at: new Date(at).toISOString(), ...point };
    });
  const { unit, threshold } = indicatorOf(indicator);
  return {
    ...{ indicator, source: String(source), event, field, unit, step, points },
    threshold: setting?.threshold ?? threshold,
  };
}

function pointOf(
  { indicator, field }: Asked,
  counts: Tally,
  model: StreamModel | null,
  at: number,
  until: number,
  zone: string,
) {
  const { portions, usual, unit } = indicatorOf(indicator);
  if (portions !== undefined) {
    const portion = portions(counts, model as StreamModel).get(field);
    if (portion === undefined) return { value: null, of: 0, low: null, high: null };
    const share =
      model === null ? null : (usual?.(model, field) ?? model.shares[`${indicator} ${field}`] ?? null);
    const high = share === null ? null : Math.min(1, shareBound(share, portion.of, alarmLevel(200)));
    return { value: portion.bad / portion.of, of: portion.of, low: null, high };
  }
  const events = countOf(counts, "events") - countOf(counts, "imported");
  if (unit === "level" && indicator.startsWith("volume")) {
    const seasonal = model?.seasonal ?? null;
    const mean = seasonal === null ? 0 : expectedBetween(seasonal, zone, at, until);
    return { value: mean > 0 ? events / mean : null, of: events, low: null, high: null };
  }
  const level = indicator === "lag-shift" ? (model?.lag ?? null) : (model?.levels[field] ?? null);
  const shift =
    level === null
      ? null
      : shiftOf(level, indicator === "lag-shift" ? lagBins(counts) : binsOf(counts, field));
  if (shift !== null && unit === "level") return { value: shift.factor, of: shift.of, low: null, high: null };
  return { value: unit === "count" ? events : null, of: events, low: null, high: null };
}
