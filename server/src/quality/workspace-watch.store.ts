import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { reconcile } from "./alert.ts";
import { findOpenAlerts, findSpoiled, keepExamples } from "./alerts.store.ts";
import { applyChanges } from "./apply-changes.store.ts";
import { type Bounds, findBounds, saveBounds, streamKey } from "./bounds.store.ts";
import { type Examined, examine, leastLiveMinutes, type Scene } from "./examine.ts";
import { findShowing } from "./examples.store.ts";
import { type IndicatorId, indicatorOf } from "./indicators.ts";
import { learnSource } from "./learn.store.ts";
import { leastEvents, type StreamModel } from "./model.ts";
import { findMinutes, findSeen } from "./profile.store.ts";
import { Recent, type StreamView } from "./recent.ts";
import { minuteMs } from "./sampler.ts";
import { findSettings } from "./settings.store.ts";
import { findImports, type WatchedWorkspace } from "./sources-watched.store.ts";
import { countOf } from "./tally.ts";

export interface WatchParts {
  db: Db;
  clickhouse: ClickHouse;
  log: Log;
}

const refreshMs = 5 * minuteMs;
const relearnMs = 6 * 60 * minuteMs;
/** A source that is not known well yet is looked at again soon, and at once when there is twice as much to learn from. */
const relearnYoungMs = 5 * minuteMs;
const relearnGrownMs = minuteMs;
const fewEvents = 5_000;
/** Live for so many minutes, with so many events: its gaps can be learned; later it is not new any more. */
const newlyLive = { from: leastLiveMinutes, to: 60, events: 200 };
const importDays = 400;
/** Learning looks eight weeks back; what spoilt a day then began at most two days before. */
const spoiledMs = 60 * 86_400_000;
const nothing: ReadonlyMap<string, number> = new Map();

/** Wrong values say nothing against when and how much came; an alert of an indicator that is no more, neither. */
const spoilsFlow = (indicator: IndicatorId): boolean =>
  indicator === "refused-share" ||
  indicator === "unattributed" ||
  indicatorOf(indicator)?.dimension === "timeliness";

/** What the watch keeps in memory of one workspace; all of it can be read again. */
export class WorkspaceWatch {
  readonly #parts: WatchParts;
  readonly #workspace: WatchedWorkspace;
  readonly #recent = new Recent();
  readonly #seen = new Map<string, { source: number; name: string; last: number; liveMinutes: number }>();
  readonly #triedAt = new Map<number, number>();
  #bounds: Bounds = { models: new Map(), learnedAt: new Map() };
  #imports: Awaited<ReturnType<typeof findImports>> = new Map();
  #readTo = 0;
  #refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: WatchParts, workspace: WatchedWorkspace) {
    this.#parts = parts;
    this.#workspace = workspace;
  }

  get bounds(): Bounds {
    return this.#bounds;
  }

  /** One look: reads what came, works out the figures, changes the alerts. */
  async look(now: Date, awakeSince: Date): Promise<void> {
    const { db, clickhouse } = this.#parts;
    const { id } = this.#workspace;
    await this.#read(now.getTime());
    await this.#learn(now);
    const { found, threshold } = await this.examined(now, awakeSince);
    const alerts = await findOpenAlerts(db, id);
    const changes = reconcile(alerts, found, now.getTime());
    if (Object.values(changes).every((some) => some.length === 0)) return;
    const shown = await applyChanges(db, id, changes, threshold, now);
    for (const { part, figure } of shown) {
      const model = this.#bounds.models.get(streamKey(figure.source, figure.name)) ?? null;
      await keepExamples(db, part, await findShowing(clickhouse, id, figure, model, now));
    }
  }

  /** Reads what is needed to look on without changing anything. */
  open(now: Date): Promise<void> {
    return this.#read(now.getTime());
  }

  /** All figures as they are now. */
  async examined(now: Date, awakeSince: Date) {
    const settings = await findSettings(this.#parts.db, this.#workspace.id);
    const scene = this.#scene(now.getTime(), awakeSince.getTime(), settings);
    const found: Examined[] = examine(scene);
    const threshold = (indicator: Examined["indicator"]): number | null =>
      settings.get(indicator)?.threshold ?? indicatorOf(indicator).threshold;
    return { found, threshold, settings };
  }

  /** Brings the copy of the last hour up to now; for looking on without changing anything, too. */
  async #read(now: number): Promise<void> {
    const { db, clickhouse } = this.#parts;
    const { id } = this.#workspace;
    const minute = Math.floor(now / minuteMs) * minuteMs;
    this.#recent.advance(now);
    // Other servers, and this one after trouble, may write a minute late.
    const from =
      this.#readTo === 0 || minute < this.#readTo ? minute - 60 * minuteMs : this.#readTo - 3 * minuteMs;
    this.#recent.put(await findMinutes(clickhouse, id, Math.max(from, minute - 60 * minuteMs)));
    this.#readTo = minute;
    if (Math.abs(now - this.#refreshedAt) >= refreshMs || this.#bounds.models.size === 0) {
      this.#refreshedAt = now;
      this.#bounds = await findBounds(db, id);
      this.#imports = await findImports(db, id, new Date(now - importDays * 86_400_000));
      this.#seen.clear();
      for (const seen of await findSeen(clickhouse, id, now))
        this.#seen.set(streamKey(seen.source, seen.name), seen);
    }
  }

  /** Learns sources never learned at once, others one at a time. */
  async #learn(now: Date): Promise<void> {
    const { db, clickhouse, log } = this.#parts;
    const { id, timeZone } = this.#workspace;
    const sources = [...new Set([...this.#seen.values()].map(({ source }) => source))];
    const due = sources.filter((source) => this.#isDue(source, now.getTime()));
    const fresh = due.filter((source) => !this.#bounds.learnedAt.has(source));
    const chosen = fresh.length > 0 ? fresh : due.slice(0, 1);
    if (chosen.length === 0) return;
    const spoiled = await findSpoiled(db, id, new Date(now.getTime() - spoiledMs));
    for (const source of chosen) {
      this.#triedAt.set(source, now.getTime());
      const began = performance.now();
      const isSpoiled = (of: number, at: number, what: "flow" | "content"): boolean =>
        spoiled.some(
          ({ indicator, source: bad, from, to: until }) =>
            bad === of &&
            (what === "content" || spoilsFlow(indicator as IndicatorId)) &&
            at >= from.getTime() - 3_600_000 &&
            at < Number(until),
        );
      const to = { clickhouse, workspace: id, zone: timeZone, now: now.getTime(), isSpoiled };
      const models = await learnSource(to, source);
      this.#keepKnown(source, models);
      if (models.size > 0) await saveBounds(db, id, source, models, now);
      const tookMs = Math.round(performance.now() - began);
      log.debug({ event: "quality-learned", source, streams: models.size, tookMs }, "bounds learned");
    }
    this.#bounds = await findBounds(db, id);
  }

  /** What a breakage leaves nothing to learn of stays as it was known: a young source is spoilt from its beginning on. */
  #keepKnown(source: number, models: ReadonlyMap<string, StreamModel>): void {
    for (const [name, model] of models) {
      const before = this.#bounds.models.get(streamKey(source, name));
      if (before === undefined) continue;
      model.gaps ??= before.gaps;
      if (Object.keys(model.shares).length > 0) continue;
      const { fields, types, ranges, levels, vocabularies, shares, lag } = before;
      Object.assign(model, { fields, types, ranges, levels, vocabularies, shares, lag });
    }
  }

  #isDue(source: number, now: number): boolean {
    const learnedAt = this.#bounds.learnedAt.get(source)?.getTime();
    const lately = Math.max(learnedAt ?? 0, this.#triedAt.get(source) ?? 0);
    const passed = lately > now ? Number.POSITIVE_INFINITY : now - lately;
    if (learnedAt === undefined) return passed >= relearnYoungMs;
    const events = this.#bounds.models.get(streamKey(source, ""))?.events ?? 0;
    const everyMs = this.#hasGrown(source) ? relearnGrownMs : events < fewEvents ? relearnYoungMs : relearnMs;
    return passed >= everyMs;
  }

  /** Twice as much has come as it was learned from; or it has begun to send live, after a past that came in bulk. */
  #hasGrown(source: number): boolean {
    const model = this.#bounds.models.get(streamKey(source, ""));
    const counts = this.#recent.view(source, "")?.counted(60) ?? nothing;
    const come = countOf(counts, "events") - countOf(counts, "imported");
    if (come >= leastEvents && come >= 2 * (model?.events ?? 0)) return true;
    const minutes = this.#seen.get(streamKey(source, ""))?.liveMinutes ?? 0;
    const isNew = minutes >= newlyLive.from && minutes <= newlyLive.to;
    return isNew && come >= newlyLive.events && (model?.gaps ?? null) === null;
  }

  #scene(now: number, awakeSince: number, settings: Awaited<ReturnType<typeof findSettings>>): Scene {
    const views = this.#recent.views();
    const there = new Set(views.map((view) => streamKey(view.source, view.name)));
    for (const view of views) this.#noteSeen(view);
    for (const [key, { source, name, last }] of this.#seen)
      if (!there.has(key)) views.push(silentView(source, name, last));
    for (const source of this.#imports.keys()) {
      if (there.has(streamKey(source, "")) || this.#seen.has(streamKey(source, ""))) continue;
      views.push(silentView(source, "", 0));
    }
    const off = { off: false, threshold: null };
    return {
      ...{ views, now, awakeSince, zone: this.#workspace.timeZone },
      model: (source, name) => this.#bounds.models.get(streamKey(source, name)) ?? null,
      liveMinutes: (source, name) => this.#seen.get(streamKey(source, name))?.liveMinutes ?? 0,
      imports: (source) => this.#imports.get(source) ?? null,
      setting: (indicator) => settings.get(indicator) ?? off,
    };
  }

  /** Between two readings of what was seen, the hour in memory tells who has become lively. */
  #noteSeen(view: StreamView): void {
    const live = view.minutes().filter(([, counts]) => {
      const come = counts.get("events") ?? 0;
      return come > (counts.get("imported") ?? 0) + (counts.get("late") ?? 0);
    }).length;
    const key = streamKey(view.source, view.name);
    const before = this.#seen.get(key);
    this.#seen.set(key, {
      ...{ source: view.source, name: view.name },
      last: Math.max(before?.last ?? 0, view.last),
      liveMinutes: Math.max(before?.liveMinutes ?? 0, live),
    });
  }
}

const silentView = (source: number, name: string, last: number): StreamView => ({
  ...{ source, name, last },
  counted: () => nothing,
  minutes: () => [],
});
