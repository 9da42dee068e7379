import type {
  Figure,
  Indicator as IndicatorShown,
  QualityAlert,
  AlertPart as ShownPart,
} from "@stork/contract/quality.ts";
import type { AlertPart, AlertRow } from "./alerts.store.ts";
import type { Examined } from "./examine.ts";
import { type IndicatorId, indicatorOf } from "./indicators.ts";
import type { Setting } from "./settings.store.ts";
import { type Naming, titleOf, toldOf } from "./words.ts";

/** Row and figure as the interface answers them. */
export function shownAlert(row: AlertRow, naming: Naming): QualityAlert {
  const { id, source, sourceName, state, severity, since, openedAt, resolvedAt, snoozedUntil, by, note } =
    row;
  const parts = row.parts.map((part) => shownPart(part, naming));
  const [{ what: _, place: __, ...lead }] = parts as [ShownPart];
  return {
    ...lead,
    ...{ id: String(id), source: String(source), sourceName, state, severity, by, note, parts },
    title: titleOf(toldOf(row, "value"), naming),
    since: since.toISOString(),
    openedAt: openedAt.toISOString(),
    lastAt: new Date(Math.max(...row.parts.map(({ lastAt }) => lastAt.getTime()))).toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    snoozedUntil: snoozedUntil?.toISOString() ?? null,
  };
}

function shownPart(part: AlertPart, naming: Naming): ShownPart {
  const { indicator, name, field, severity, since, lastAt, resolvedAt, figure } = part;
  const { dimension, unit, name: what } = indicatorOf(indicator);
  return {
    ...figure,
    ...{ indicator, event: name, field, dimension, unit, severity },
    ...{ what, place: naming(name, field) },
    since: since.toISOString(),
    lastAt: lastAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
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
