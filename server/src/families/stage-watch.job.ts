import { dateIn } from "../catalog/calendar.ts";
import { insertRows, type OnCommitted } from "../events/commit.store.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { silencedAmong } from "./silenced.store.ts";
import { stageEntered } from "./stage-entered.ts";
import {
  type ClaimedEntry,
  claimEntries,
  type Entry,
  findCandidates,
  findChanged,
  findEntering,
  findWatched,
  markTold,
  takeOver,
  type WatchedWorkspace,
  watchedSince,
} from "./stage-entries.store.ts";
import { entriesDue } from "./stage-entries.ts";

export interface StageWatchParts {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  log: Log;
  onCommitted: readonly OnCommitted[];
  /** While a past is being told nothing is news. */
  isQuiet: () => boolean;
}

const everyMs = 30_000;
const slice = 2_000;
/** A claim that is not told by then belonged to a server that stopped. */
const abandonedMs = 120_000;

/** Tells each stage that a child enters, once, with the time of its local midnight. */
export class StageWatch {
  readonly #parts: StageWatchParts;
  /** By workspace: the day for which everybody was looked at. */
  readonly #lookedOn = new Map<number, string>();
  #changedAt: Date | null = null;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: StageWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look().catch((error) => this.#failed(error)), everyMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turn.catch(() => undefined);
  }

  /** One look at every workspace: at everybody where a day has begun, else at the children that changed. */
  look(): Promise<void> {
    const turn = this.#turn.catch(() => undefined).then(() => this.#look());
    this.#turn = turn;
    return turn;
  }

  async #look(): Promise<void> {
    const { db, clock, isQuiet } = this.#parts;
    if (isQuiet()) return;
    const changed = await findChanged(db, this.#changedAt);
    for (const workspace of await findWatched(db)) {
      const today = dateIn(workspace.timeZone, clock.now());
      const since = await watchedSince(db, workspace.id, today);
      const everybody = this.#lookedOn.get(workspace.id) !== today;
      const children = everybody
        ? await findCandidates(db, workspace.id, today)
        : (changed.children.get(workspace.id) ?? []);
      for (let from = 0; from < children.length; from += slice)
        await this.#enter(workspace, children.slice(from, from + slice), { today, since });
      const abandoned = new Date(clock.now().getTime() - abandonedMs);
      await this.#tell(workspace, await takeOver(db, workspace.id, abandoned, clock.now()));
      this.#lookedOn.set(workspace.id, today);
    }
    this.#changedAt = changed.now;
  }

  async #enter(
    workspace: WatchedWorkspace,
    ids: readonly number[],
    when: { today: string; since: string },
  ): Promise<void> {
    const { db, clock } = this.#parts;
    const rows = await findEntering(db, ids);
    const due = rows.flatMap((row) => {
      const knownOn = dateIn(workspace.timeZone, row.knownAt);
      return entriesDue({ dates: row, knownOn }, when).map((entry) => ({ row, entry }));
    });
    if (due.length === 0) return;
    const quiet = await silencedAmong(
      db,
      workspace.id,
      due.map(({ row }) => row),
    );
    const entries = due
      .filter(({ row }) => !quiet.has(row.id))
      .map(({ row, entry }): Entry => ({ ...entry, child: row.id, node: row.node }));
    await this.#tell(workspace, await claimEntries(db, workspace.id, entries, clock.now()));
  }

  async #tell(workspace: WatchedWorkspace, entries: readonly ClaimedEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { db, clickhouse, onCommitted, clock } = this.#parts;
    const received = clock.now().getTime();
    const origin = { workspace: workspace.id, source: 0, import: 0, received };
    const rows = entries.map(
      (entry): CommittedRow => ({ event: stageEntered(entry, workspace.timeZone), node: entry.node, origin }),
    );
    await insertRows({ clickhouse, onCommitted }, rows);
    await markTold(db, entries, clock.now());
  }

  #failed(error: Error): void {
    this.#parts.log.error({ event: "stages-not-looked-at", error: error.name }, "stages not looked at");
  }
}

/** For stories and for whoever cannot wait. */
export const stageTasks = (watch: StageWatch): Tasks => ({ "look-for-stages": () => watch.look() });
