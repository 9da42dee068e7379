import type { Examined } from "./examine.ts";
import type { IndicatorId } from "./indicators.ts";

/** An alert that is not resolved, as the watch needs it. */
export interface OpenAlert {
  readonly id: number;
  readonly indicator: string;
  readonly source: number;
  readonly name: string;
  readonly field: string;
  readonly state: "open" | "acknowledged" | "snoozed";
  readonly lastAt: number;
  readonly snoozedUntil: number | null;
  readonly worst: number;
}

export interface Changes {
  readonly open: readonly Examined[];
  readonly again: readonly { alert: OpenAlert; figure: Examined }[];
  readonly resolve: readonly OpenAlert[];
  /** Snoozed until now, and still not well. */
  readonly wake: readonly OpenAlert[];
}

/** Well for so long before it is called well: a source that comes and goes is one alert. */
const calmMs = 3 * 60_000;
/** Nothing more was heard of it in so long: the field or event is gone for good, or was learned. */
const forgottenMs = 24 * 3_600_000;

const keyOf = (one: { indicator: string; source: number; name: string; field: string }): string =>
  JSON.stringify([one.indicator, one.source, one.name, one.field]);

/** What the figures of one look change about the alerts. */
export function reconcile(alerts: readonly OpenAlert[], found: readonly Examined[], now: number): Changes {
  const figures = new Map(found.map((figure) => [keyOf(figure), figure]));
  const known = new Map(alerts.map((alert) => [keyOf(alert), alert]));
  const open = found.filter((figure) => figure.breached && !known.has(keyOf(figure)));
  const again: { alert: OpenAlert; figure: Examined }[] = [];
  const resolve: OpenAlert[] = [];
  const wake: OpenAlert[] = [];
  for (const alert of alerts) {
    const figure = figures.get(keyOf(alert));
    const quietFor = now - alert.lastAt;
    const isWell = !figure?.breached && (figure === undefined ? quietFor > forgottenMs : quietFor >= calmMs);
    if (isWell) resolve.push(alert);
    else if (alert.state === "snoozed" && (alert.snoozedUntil ?? 0) <= now) wake.push(alert);
    if (figure?.breached) again.push({ alert, figure });
  }
  return { open, again, resolve, wake };
}

/** From which value on it is critical: people act at once. */
const criticalFrom: Partial<Record<IndicatorId, number>> = {
  "source-silent": 0,
  "price-shift": 0,
  "refused-share": 0.5,
  "field-missing": 0.5,
  "amount-missing": 0.5,
  "items-missing": 0.5,
  "text-garbled": 0.3,
  "late-share": 0.8,
  "order-in-two-shops": 0.5,
};

export function severityOf(indicator: IndicatorId, value: number): "warning" | "critical" {
  const from = criticalFrom[indicator];
  return from !== undefined && value >= from ? "critical" : "warning";
}

/** Of two values, the one further from what is usual. */
export function worseOf(usual: number | null, before: number, now: number): number {
  const from = usual ?? 0;
  return Math.abs(now - from) >= Math.abs(before - from) ? now : before;
}
