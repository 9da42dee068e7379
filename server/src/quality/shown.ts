import type { Figure, Indicator as IndicatorShown, QualityAlert } from "@stork/contract/quality.ts";
import type { AlertRow } from "./alerts.store.ts";
import type { Examined } from "./examine.ts";
import { type IndicatorId, indicatorOf } from "./indicators.ts";
import type { Setting } from "./settings.store.ts";
import { type Naming, titleOf } from "./words.ts";

/** Row and figure as the interface answers them. */
export function shownAlert(row: AlertRow, naming: Naming): QualityAlert {
  const {
    id,
    source,
    name,
    figure,
    since,
    openedAt,
    lastAt,
    resolvedAt,
    snoozedUntil,
    examples: _,
    ...rest
  } = row;
  const { dimension, unit } = indicatorOf(row.indicator);
  return {
    ...rest,
    ...figure,
    ...{ id: String(id), source: String(source), event: name, dimension, unit },
    title: titleOf({ ...row, ...figure }, naming),
    since: since.toISOString(),
    openedAt: openedAt.toISOString(),
    lastAt: lastAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    snoozedUntil: snoozedUntil?.toISOString() ?? null,
  };
}

export function shownIndicator(id: IndicatorId, setting: Setting | undefined): IndicatorShown {
  const { dimension, scope, unit, name, definition, needs, threshold } = indicatorOf(id);
  const { off = false, threshold: ownThreshold = null } = setting ?? {};
  return { id, dimension, scope, unit, name, definition, needs, threshold, ownThreshold, off };
}

export function shownFigure(found: Examined, threshold: number | null, alert: number | null): Figure {
  const { indicator, source, name, field, value, of, usual, breached } = found;
  const { dimension, unit } = indicatorOf(indicator);
  const { low, high } = found.bounds();
  const known = usual !== null || low !== null || high !== null || threshold !== null;
  return {
    ...{
      indicator,
      source: String(source),
      event: name,
      field,
      dimension,
      unit,
      value,
      of,
      usual,
      low,
      high,
      threshold,
    },
    state: breached ? "breached" : known ? "well" : "learning",
    alert: alert === null ? null : String(alert),
  };
}
