import { alarmLevel } from "@stork/models/watch/allowance.ts";
import { expectedBetween, wallOf } from "./expectation.ts";
import type { Found, ImportsSeen, Sight } from "./indicator.ts";
import { explainedBy, type IndicatorId, indicatorIds, indicatorOf } from "./indicators.ts";
import { knowsRhythm, type StreamModel } from "./model.ts";
import type { StreamView } from "./recent.ts";
import { countOf } from "./tally.ts";

/** A figure with what it is of. */
export interface Examined extends Found {
  readonly indicator: IndicatorId;
  readonly source: number;
  readonly name: string;
}

/** Everything one look at a workspace rests on. */
export interface Scene {
  readonly views: readonly StreamView[];
  readonly now: number;
  readonly zone: string;
  readonly awakeSince: number;
  model(source: number, name: string): StreamModel | null;
  /** Minutes of the last 24 hours in which live events arrived. */
  liveMinutes(source: number, name: string): number;
  imports(source: number): ImportsSeen | null;
  setting(indicator: IndicatorId): { off: boolean; threshold: number | null };
}

/** A source that sent in at least so many minutes of the last day is live: it sends as things happen. */
export const leastLiveMinutes = 3;
const leastSeen = 20;

/** Works out every figure; a breach that a worse one explains is not held to be one. */
export function examine(scene: Scene): Examined[] {
  const level = alarmLevel(scene.views.length * 12);
  const found: Examined[] = [];
  for (const view of scene.views) {
    const sight = sightOf(scene, view, level);
    for (const id of indicatorIds) {
      const indicator = indicatorOf(id);
      if ((indicator.scope === "source") !== (view.name === "")) continue;
      const { off, threshold } = scene.setting(id);
      if (off) continue;
      const own = threshold !== null;
      for (const one of indicator.look({ ...sight, threshold: threshold ?? indicator.threshold, own }))
        found.push({ ...one, indicator: id, source: view.source, name: view.name });
    }
  }
  return withoutExplained(found);
}

function sightOf(scene: Scene, view: StreamView, level: number): Omit<Sight, "threshold" | "own"> {
  const { now, awakeSince, zone } = scene;
  const model = scene.model(view.source, view.name);
  const { day } = wallOf(zone, now);
  const known = day.special === null || (model?.seasonal?.special[day.special] ?? null) !== null;
  return {
    ...{ view, model, level, now, awakeSince, streams: scene.views.length },
    sourceModel: scene.model(view.source, ""),
    imports: scene.imports(view.source),
    expected: (from, to) => expectedOf(view, model, zone, from, to),
    live: scene.liveMinutes(view.source, view.name) >= leastLiveMinutes,
    strangeDay: !known,
  };
}

/**
 * What the seasons say, where they were learned from live data. Where history came in bulk, or there is little of it, the
 * last hour's own rate says how far today is from it.
 */
function expectedOf(
  view: StreamView,
  model: StreamModel | null,
  zone: string,
  from: number,
  to: number,
): number | null {
  const seasonal = model?.seasonal ?? null;
  if (seasonal !== null && knowsRhythm(model)) return expectedBetween(seasonal, zone, from, to);
  const first = view.minutes()[0]?.[0];
  const seen = countOf(view.counted(60), "events") - countOf(view.counted(60), "imported");
  if (first === undefined || seen < leastSeen || view.last <= first) return null;
  if (seasonal === null) return ((to - from) * seen) / (view.last - first + 60_000);
  const usual = expectedBetween(seasonal, zone, first, view.last);
  if (usual <= 0) return null;
  return (expectedBetween(seasonal, zone, from, to) * seen) / usual;
}

function withoutExplained(found: readonly Examined[]): Examined[] {
  const breached = new Set<string>();
  for (const one of found) {
    if (!one.breached) continue;
    breached.add(`${one.indicator} ${one.source} ${one.name}`);
  }
  const explained = ({ indicator, source, name }: Examined): boolean =>
    (explainedBy[indicator] ?? []).some(
      (cause) => breached.has(`${cause} ${source} ${name}`) || breached.has(`${cause} ${source} `),
    );
  return found.map((one) => (one.breached && explained(one) ? { ...one, breached: false } : one));
}
