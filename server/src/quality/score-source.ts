import { dimensions } from "@stork/contract/quality.ts";
import type { AlertRow } from "./alerts.store.ts";
import { indicatorOf } from "./indicators.ts";
import type { StreamModel } from "./model.ts";
import type { Cell } from "./sampler.ts";
import { minutesOf, noMinutes, type Scored, scoreOf } from "./score.ts";
import { addAll, type Tally, withoutFields } from "./tally.ts";

export interface SourcePeriod {
  readonly source: number;
  readonly cells: readonly Cell[];
  readonly models: ReadonlyMap<string, StreamModel>;
  readonly alerts: readonly Pick<AlertRow, "source" | "parts">[];
  readonly from: number;
  readonly to: number;
}

/** A source's score over a period, from what was counted and what was wrong in it. */
export function scoreSource({ source, cells, models, alerts, from, to }: SourcePeriod): Scored {
  const streams = new Map<string, Tally>();
  const into = (name: string, counts: Tally): void => {
    const sum = streams.get(name) ?? new Map();
    streams.set(name, sum);
    addAll(sum, counts);
  };
  for (const { name, counts } of cells) {
    if (name !== "") into(name, counts);
    into("", withoutFields(counts));
  }
  const minutes = noMinutes();
  for (const dimension of dimensions)
    minutes[dimension] = minutesOf(
      alerts
        .filter((alert) => alert.source === source)
        .flatMap(({ parts }) => parts)
        .filter(({ indicator }) => indicatorOf(indicator).dimension === dimension)
        .map(({ since, resolvedAt }) => ({ from: since.getTime(), to: resolvedAt?.getTime() ?? to })),
      from,
      to,
    );
  const model = (name: string): StreamModel | null => models.get(`${source} ${name}`) ?? null;
  return scoreOf({ streams, model, alertMinutes: minutes, minutes: (to - from) / 60_000 });
}
