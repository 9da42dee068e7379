import type { GapModel } from "@stork/models/watch/gaps.ts";
import type { LevelModel } from "@stork/models/watch/levels.ts";
import type { SeasonalModel } from "@stork/models/watch/seasonal.ts";
import type { ShareModel } from "@stork/models/watch/shares.ts";
import type { Vocabulary } from "@stork/models/watch/unseen.ts";

/** What is usual for one source and event name (name "": for the source as a whole). Kept as JSON in quality_bounds. */
export interface StreamModel {
  /** Events it was learned from. */
  events: number;
  /** Fields that come with at least one event in fifty. */
  fields: string[];
  /** The type a field usually has, where it has one. */
  types: Record<string, string>;
  /** Half-octave bins within which all but one number in a thousand lay. */
  ranges: Record<string, [number, number]>;
  levels: Record<string, LevelModel>;
  vocabularies: Record<string, Vocabulary>;
  /** By indicator and field: "field-missing price". */
  shares: Record<string, ShareModel>;
  lag: LevelModel | null;
  seasonal: SeasonalModel | null;
  gaps: GapModel | null;
  /** Days on which data arrived as it happened, not in bulk: volumes are judged from three on. */
  liveDays: number;
  /** Of a source: the event names it is known to send. */
  names: string[];
}

export const emptyModel = (): StreamModel => ({
  events: 0,
  fields: [],
  types: {},
  ranges: {},
  levels: {},
  vocabularies: {},
  shares: {},
  lag: null,
  seasonal: null,
  gaps: null,
  liveDays: 0,
  names: [],
});

/** Whether enough days of live data say what an hour brings; before, the last hour itself is gone by. */
export const knowsRhythm = (model: StreamModel | null): boolean =>
  model !== null && model.seasonal !== null && model.liveDays >= 3;

/** Fewer events than this teach nothing about shares and fields. */
export const leastEvents = 100;
