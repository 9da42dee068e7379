import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { createKeeper, type Keeper, type KeeperParts } from "./keeper.store.ts";
import { findSegments, findWorkspacesWithSegments, savedSegments } from "./segments.store.ts";
import { timeSenseOf } from "./sentence.ts";
import { type LastSweep, sweepDue } from "./sweeps.ts";
import { todayIn } from "./today.ts";
import { createTouched } from "./touched.ts";

interface Workspace {
  id: number;
  timeZone: string;
}

/** How long touched nodes gather, and how much of the time may go into looking at them: a quarter. */
const gatherMs = 200;
const restPerWork = 3;
const sweepEveryMs = 5_000;
const afterTroubleMs = 5_000;
/** Nodes whose owners are looked at together. */
const mostNodes = 500;

/**
 * Keeps the stored membership of all segments true: within seconds of an event for those it touches, at the minute for
 * what time alone changes, and whole at every start, since what happened before is not known to have been followed.
 */
export class Refresher {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #keeper: Keeper;
  readonly #touched = createTouched();
  /** Segments to be worked out whole. */
  readonly #whole = new Map<number, Workspace>();
  readonly #sweeps = new Map<number, LastSweep>();
  #turn: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  #running = false;
  #stopped = false;

  constructor(parts: KeeperParts & { log: Log }) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#keeper = createKeeper(parts);
  }

  /** Something was heard of these nodes: their owners are looked at again within seconds. */
  touched(workspace: number, nodes: readonly number[]): void {
    this.#touched.add(workspace, nodes);
    this.#wake(gatherMs);
  }

  /** Looks at these nodes' owners before anything else that waits; done when it answers. */
  async lookNow(workspace: number, nodes: readonly number[]): Promise<void> {
    try {
      await this.#inTurn(() => this.#lookAgain(workspace, nodes));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Works out a new or changed segment, before anything else that waits. If that fails it is tried again by itself. */
  async evaluate(workspace: Workspace, segment: number): Promise<void> {
    try {
      await this.#inTurn(() => this.#rewrite(workspace, segment));
    } catch (error) {
      this.#failed(error);
      this.#whole.set(segment, workspace);
      this.#wake(afterTroubleMs);
    }
  }

  /** Works off all that waits; for tests and for the end of an import. */
  async settled(): Promise<void> {
    while (await this.#inTurn(() => this.#piece()));
  }

  start(): void {
    void this.#sweepAndWake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#sweepTimer);
    await this.#turn;
  }

  /** Puts the segments that have to be worked out whole in line. */
  async sweep(): Promise<void> {
    for (const workspace of await findWorkspacesWithSegments(this.#db)) {
      const all = await findSegments(this.#db, workspace.id);
      const saved = savedSegments(all);
      const now = this.#clock.now();
      const today = todayIn(workspace.timeZone, now);
      for (const { id, where, freshAt } of all) {
        const last = this.#sweeps.get(id);
        const first = last === undefined || freshAt === null;
        if (first || sweepDue(timeSenseOf(where, saved), last, now, today)) this.#whole.set(id, workspace);
      }
    }
  }

  /** One writer at a time: two would both see somebody come. */
  #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Some touched nodes, then one segment that is due whole. False when there was nothing to do. */
  async #piece(): Promise<boolean> {
    const some = this.#touched.take(mostNodes);
    if (some !== null) {
      try {
        await this.#lookAgain(some.workspace, some.nodes);
      } catch (error) {
        if (some.nodes !== "all") this.#touched.add(some.workspace, some.nodes);
        throw error;
      }
    }
    const [next] = this.#whole;
    if (next === undefined) return some !== null;
    await this.#rewrite(next[1], next[0]);
    return true;
  }

  async #lookAgain(id: number, nodes: readonly number[] | "all"): Promise<void> {
    const workspace = (await findWorkspacesWithSegments(this.#db)).find((each) => each.id === id);
    if (workspace === undefined) return;
    const all = await findSegments(this.#db, id);
    if (nodes === "all") for (const segment of all) this.#whole.set(segment.id, workspace);
    else await this.#keeper.adjust(workspace, nodes, all);
  }

  async #rewrite(workspace: Workspace, id: number): Promise<void> {
    const all = await findSegments(this.#db, workspace.id);
    const segment = all.find((each) => each.id === id);
    if (segment !== undefined) {
      const started = performance.now();
      const at = this.#clock.now();
      await this.#keeper.rewrite(workspace, segment, all);
      const tookMs = performance.now() - started;
      this.#sweeps.set(id, { at, on: todayIn(workspace.timeZone, at), tookMs });
    }
    this.#whole.delete(id);
  }

  #failed(error: unknown): void {
    const { message } = error as Error;
    this.#log.error({ event: "segments-refresh", error: message }, "membership was not refreshed");
  }

  #wake(afterMs: number): void {
    if (this.#stopped || this.#running || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#work();
    }, afterMs);
  }

  async #work(): Promise<void> {
    this.#running = true;
    const started = performance.now();
    let restMs = afterTroubleMs;
    try {
      await this.#inTurn(() => this.#piece());
      restMs = Math.max(gatherMs, (performance.now() - started) * restPerWork);
    } catch (error) {
      this.#failed(error);
    }
    this.#running = false;
    if (!this.#touched.empty || this.#whole.size > 0) this.#wake(restMs);
  }

  async #sweepAndWake(): Promise<void> {
    try {
      await this.#inTurn(() => this.sweep());
      if (this.#whole.size > 0) this.#wake(0);
    } catch (error) {
      this.#failed(error);
    }
    if (!this.#stopped) this.#sweepTimer = setTimeout(() => void this.#sweepAndWake(), sweepEveryMs);
  }
}
