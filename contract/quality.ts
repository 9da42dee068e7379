import { z } from "zod";
import { Instant, Words } from "./common.ts";
import { RecentEvent, Sending } from "./sources.ts";

export const dimensions = ["completeness", "accuracy", "consistency", "timeliness"] as const;
export const Dimension = z.enum(dimensions);
export type Dimension = z.infer<typeof Dimension>;

/** share: 0–1; count: events; level: a factor against what is usual (1 = as usual); minutes; hours. */
export const IndicatorUnit = z.enum(["share", "count", "level", "minutes"]);
export type IndicatorUnit = z.infer<typeof IndicatorUnit>;
/** What an indicator is worked out for: a source as a whole, one event name of it, or one field of that event. */
export const IndicatorScope = z.enum(["source", "event", "field"]);

/** One of the things watched, with its definition and this workspace's settings. */
export const Indicator = z.object({
  id: z.string(),
  dimension: Dimension,
  scope: IndicatorScope,
  unit: IndicatorUnit,
  name: Words,
  /** One sentence: what is counted, over what. */
  definition: Words,
  /** How much has to be there before it says anything. */
  needs: Words,
  /** The fixed threshold; null where only learned bounds apply. */
  threshold: z.number().nullable(),
  /** The workspace's own threshold; null: the default. */
  ownThreshold: z.number().nullable(),
  off: z.boolean(),
});
export type Indicator = z.infer<typeof Indicator>;
export const ChangeIndicator = z.object({
  off: z.boolean().optional(),
  ownThreshold: z.number().min(0).nullable().optional(),
});

/** What a figure is of. `event` and `field` are "" where the indicator is of the whole source, or the whole event. */
export const Subject = z.object({
  indicator: z.string(),
  source: z.string(),
  event: z.string(),
  field: z.string(),
});
export type Subject = z.infer<typeof Subject>;

/** A figure as it is now. `low` and `high` are the learned bounds; null: none learned yet, or none on that side. */
export const Figure = Subject.extend({
  dimension: Dimension,
  unit: IndicatorUnit,
  value: z.number().nullable(),
  /** Of how many events or values. */
  of: z.number(),
  usual: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  threshold: z.number().nullable(),
  state: z.enum(["well", "breached", "learning", "off"]),
  alert: z.string().nullable(),
});
export type Figure = z.infer<typeof Figure>;

export const SourceHealth = z.object({
  source: z.string(),
  name: z.string(),
  kind: z.string(),
  sending: Sending,
  /** Of the last 24 hours; null while nothing has arrived in them. */
  score: z.number().nullable(),
  dimensions: z.record(Dimension, z.number().nullable()),
  /** As the watch counted them: a past that is brought in is not watched. */
  eventsLastHour: z.number(),
  lastEventAt: Instant.nullable(),
  /** Since when bounds are known; null: still learning. */
  learnedAt: Instant.nullable(),
  openAlerts: z.number(),
});
export type SourceHealth = z.infer<typeof SourceHealth>;

export const AlertState = z.enum(["open", "acknowledged", "snoozed", "resolved"]);
export type AlertState = z.infer<typeof AlertState>;

/** Who uses what is broken. */
export const Downstream = z.object({
  segments: z.array(z.object({ id: z.string(), name: z.string(), families: z.number() })),
  campaigns: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })),
  journeys: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })),
  /** Families in any of these segments, each counted once. */
  families: z.number(),
});
export type Downstream = z.infer<typeof Downstream>;

/** One figure that broke: of an indicator, an event and a field. */
export const AlertPart = z.object({
  indicator: z.string(),
  event: z.string(),
  field: z.string(),
  /** What is wrong, and with what, as people call it; `place` is "" where it is of the whole source. */
  what: Words,
  place: Words,
  dimension: Dimension,
  unit: IndicatorUnit,
  severity: z.enum(["warning", "critical"]),
  /** Since when, as well as can be told. */
  since: Instant,
  /** When it was last seen breached. */
  lastAt: Instant,
  /** It is well again, though other parts may not be. */
  resolvedAt: Instant.nullable(),
  value: z.number(),
  /** The value furthest from usual while it was open. */
  worst: z.number(),
  usual: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  threshold: z.number().nullable(),
  of: z.number(),
  /** How sure: 1 − the chance of seeing this if nothing were wrong. */
  certainty: z.number(),
});
export type AlertPart = z.infer<typeof AlertPart>;

/**
 * What broke together at one source, of one cause: one alert, told, acknowledged, snoozed and mended as one. Indicator,
 * event, field and figures are those of the part that speaks for it, the first of `parts`: not well yet, the most severe.
 */
export const QualityAlert = AlertPart.omit({ what: true, place: true }).extend({
  id: z.string(),
  source: z.string(),
  state: AlertState,
  sourceName: z.string(),
  /** What is wrong, in one sentence. */
  title: Words,
  openedAt: Instant,
  by: z.string().nullable(),
  note: z.string().nullable(),
  snoozedUntil: Instant.nullable(),
  /** Everything that broke; what shows later joins it without being told again. */
  parts: z.array(AlertPart),
});
export type QualityAlert = z.infer<typeof QualityAlert>;

/** One line of an alert's history: opened, joined by further parts, some of them mended, taken in hand, told (by channel) … */
export const AlertNote = z.object({
  at: Instant,
  what: z.enum([
    "opened",
    "joined",
    "mended",
    "acknowledged",
    "snoozed",
    "reopened",
    "woken",
    "resolved",
    "told",
    "not-told",
  ]),
  by: z.string().nullable(),
  note: z.string().nullable(),
  /** Of which parts it speaks, where it is not of all. */
  places: z.array(Words),
});
export const QualityAlertPage = QualityAlert.extend({
  parts: z.array(AlertPart.extend({ examples: z.array(RecentEvent) })),
  /** Rows that show the first part, masked; for refused ones see the quarantine of the source. */
  examples: z.array(RecentEvent),
  downstream: Downstream,
  notes: z.array(AlertNote),
});
export type QualityAlertPage = z.infer<typeof QualityAlertPage>;
export const AcknowledgeAlert = z.object({ note: z.string().max(500).default("") });
export const SnoozeAlert = z.object({ until: Instant, note: z.string().min(1).max(500) });

export const QualityOverview = z.object({
  asOf: Instant,
  /** When the watch last looked; null: never. */
  watchedAt: Instant.nullable(),
  sources: z.array(SourceHealth),
  alerts: z.object({ open: z.number(), acknowledged: z.number(), snoozed: z.number() }),
  newest: z.array(QualityAlert),
});
export type QualityOverview = z.infer<typeof QualityOverview>;

export const SeriesPoint = z.object({
  at: Instant,
  value: z.number().nullable(),
  of: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export const Series = Subject.extend({
  unit: IndicatorUnit,
  step: z.enum(["minute", "hour", "day"]),
  threshold: z.number().nullable(),
  points: z.array(SeriesPoint),
});
export type Series = z.infer<typeof Series>;

/** Where alerts go besides the console. For an e-mail channel `to` is a colleague's address. */
export const Notification = z.object({
  channel: z.string(),
  to: z.email().nullable(),
  severity: z.enum(["warning", "critical"]),
  /** Also when it is well again. */
  resolved: z.boolean(),
  language: z.enum(["zh", "en"]),
});
export type Notification = z.infer<typeof Notification>;
export const Notifications = z.object({ items: z.array(Notification).max(20) });
