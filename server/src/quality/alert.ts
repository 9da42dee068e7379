import { haveOneCause, isSameLater } from "./causes.ts";
import type { Examined } from "./examine.ts";
import type { IndicatorId } from "./indicators.ts";

/** One figure that broke: of an indicator, an event and a field. */
export interface OpenPart {
  readonly id: number;
  readonly indicator: IndicatorId;
  readonly name: string;
  readonly field: string;
  readonly lastAt: number;
  /** It is well again, though other parts of the alert are not. */
  readonly mended: boolean;
  readonly worst: number;
}

/** An alert that is not resolved, as the watch needs it: what broke together at a source, and is told and mended as one. */
export interface OpenAlert {
  readonly id: number;
  readonly source: number;
  readonly state: "open" | "acknowledged" | "snoozed";
  readonly since: number;
  readonly snoozedUntil: number | null;
  readonly parts: readonly OpenPart[];
}

export interface Changes {
  /** Each a new alert. */
  readonly open: readonly (readonly Examined[])[];
  /** What belongs to an alert there is; `part` where it was a part of it before, and was mended. */
  readonly join: readonly { alert: OpenAlert; part: OpenPart | null; figure: Examined }[];
  readonly again: readonly { alert: OpenAlert; part: OpenPart; figure: Examined }[];
  readonly mend: readonly { alert: OpenAlert; part: OpenPart }[];
  /** Nothing of it is left. */
  readonly resolve: readonly OpenAlert[];
  /** Snoozed until now, and still not well. */
  readonly wake: readonly OpenAlert[];
}

/** Well for so long before it is called well: a source that comes and goes is one alert. */
const calmMs = 3 * 60_000;
/** Nothing more was heard of it in so long: the field or event is gone for good, or was learned. */
const forgottenMs = 24 * 3_600_000;
/** What began within so long of one another, of one cause, began together. */
const togetherMs = 15 * 60_000;
/** What is surely the same may begin to show within so long; later it is told as something new. */
const sameMs = 24 * 3_600_000;

const keyOf = (source: number, one: { indicator: string; name: string; field: string }): string =>
  JSON.stringify([one.indicator, source, one.name, one.field]);

/** What the figures of one look change about the alerts. */
export function reconcile(alerts: readonly OpenAlert[], found: readonly Examined[], now: number): Changes {
  const figures = new Map(found.map((figure) => [keyOf(figure.source, figure), figure]));
  const broken = new Set<string>();
  const again: Changes["again"][number][] = [];
  const mend: Changes["mend"][number][] = [];
  const left = new Map<OpenAlert, OpenPart[]>();
  for (const alert of alerts) {
    const still: OpenPart[] = [];
    left.set(alert, still);
    for (const part of alert.parts) {
      if (part.mended) continue;
      const key = keyOf(alert.source, part);
      const figure = figures.get(key);
      broken.add(key);
      if (figure?.breached) again.push({ alert, part, figure });
      if (isWell(part, figure, now)) mend.push({ alert, part });
      else still.push(part);
    }
  }
  const fresh = found.filter((one) => one.breached && !broken.has(keyOf(one.source, one)));
  const { open, join } = placed(left, fresh);
  const goesOn = new Set([...join.map(({ alert }) => alert)]);
  const resolve = alerts.filter((alert) => left.get(alert)?.length === 0 && !goesOn.has(alert));
  const resolved = new Set(resolve);
  const wake = alerts.filter(
    (alert) => !resolved.has(alert) && alert.state === "snoozed" && (alert.snoozedUntil ?? 0) <= now,
  );
  return { open, join, again, mend, resolve, wake };
}

function isWell(part: OpenPart, figure: Examined | undefined, now: number): boolean {
  const quietFor = now - part.lastAt;
  return !figure?.breached && (figure === undefined ? quietFor > forgottenMs : quietFor >= calmMs);
}

/** To which alert each belongs: to one that is there, or to a new one together with what else is new. */
function placed(left: ReadonlyMap<OpenAlert, readonly OpenPart[]>, fresh: readonly Examined[]) {
  const open: Examined[][] = [];
  const join: Changes["join"][number][] = [];
  for (const figure of fresh.toSorted((x, y) => x.since - y.since)) {
    const alert = [...left.keys()].find((one) => belongs(one, left.get(one) ?? [], figure));
    if (alert !== undefined) {
      const key = keyOf(figure.source, figure);
      join.push({
        ...{ alert, figure },
        part: alert.parts.find((part) => keyOf(alert.source, part) === key) ?? null,
      });
      continue;
    }
    const group = open.find(
      (ones) =>
        ones[0]?.source === figure.source &&
        figure.since - ones[0].since <= togetherMs &&
        ones.some((one) => haveOneCause(one, figure)),
    );
    if (group === undefined) open.push([figure]);
    else group.push(figure);
  }
  return { open, join };
}

function belongs(alert: OpenAlert, still: readonly OpenPart[], figure: Examined): boolean {
  if (alert.source !== figure.source) return false;
  const key = keyOf(figure.source, figure);
  if (alert.parts.some((part) => keyOf(alert.source, part) === key)) return true;
  const after = figure.since - alert.since;
  if (Math.abs(after) <= togetherMs) return alert.parts.some((part) => haveOneCause(part, figure));
  return after > 0 && after <= sameMs && still.some((part) => isSameLater(part, figure));
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
