import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Log } from "../platform/log.ts";
import { makePersonMap, quotedName } from "./person-map-making.store.ts";

export interface PersonMapPlace {
  readonly cluster?: string | null;
}

/** Nodes that came by a file, were made, or moved: who is waited for ever sooner. */
export type Change = "imported" | "made" | "moved";

export interface PersonMap {
  /** Makes the dictionary unless it is there as it should be, and loads it; run once at start, after the migrations. */
  prepare(): Promise<void>;
  /**
   * The map changed: queries see it soon, however many changes come together. Nodes made just now to belong to somebody
   * may wait longer than those that moved from one person to another, where the map is large and nobody waits for it:
   * until it has them their facts stand for themselves. Those of a file under way longest of all: its end asks for them.
   */
  changed(how?: Change): void;
  /** Waits until every change announced so far is visible. */
  settled(): Promise<void>;
  /** The same without waiting for others to come: for what somebody is looking at. */
  hurry(): Promise<void>;
  /** No reload begins after this. */
  stop(): void;
}

interface Waiting {
  readonly seen: Promise<void>;
  readonly go: () => void;
  readonly since: number;
  goesAt: number;
  timer: NodeJS.Timeout | undefined;
}

export function createPersonMap(
  clickhouse: ClickHouse,
  log: Log,
  { cluster }: PersonMapPlace = {},
  withinMs = 300,
): PersonMap {
  const on = cluster ? ` on cluster ${quotedName(cluster)}` : "";
  let waiting: Waiting | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let tookMs = 0;
  const reload = async (): Promise<void> => {
    const began = performance.now();
    await clickhouse.command({ text: `system reload dictionary${on} person_map`, params: {} });
    tookMs = performance.now() - began;
  };
  /** A large map takes longer to load (1 M nodes 70–200 ms): then it is done less often, moves yet within a second. */
  const patienceMs = {
    moved: () => Math.max(withinMs, Math.min(3 * tookMs, 700)),
    made: () => Math.max(withinMs, Math.min(10 * tookMs, 2_000)),
    imported: () => Math.max(withinMs, Math.min(100 * tookMs, 5_000)),
  };

  function changed(how: Change = "moved"): void {
    waiting ??= begin();
    within(waiting, how);
  }

  function begin(): Waiting {
    const { promise, resolve: go } = Promise.withResolvers<void>();
    const seen = promise.then(async () => {
      await running;
      // What changes from here on is for the next reload.
      waiting = null;
      running = stopped ? Promise.resolve() : reloadOrRetry();
      await running;
    });
    return { seen, go, since: performance.now(), goesAt: Number.POSITIVE_INFINITY, timer: undefined };
  }

  /** Goes no later than that after the first change. */
  function within(wait: Waiting, how: Change): void {
    const goesAt = wait.since + patienceMs[how]();
    if (goesAt >= wait.goesAt) return;
    clearTimeout(wait.timer);
    wait.goesAt = goesAt;
    wait.timer = setTimeout(wait.go, Math.max(0, goesAt - performance.now()));
  }

  async function reloadOrRetry(): Promise<void> {
    try {
      await reload();
    } catch (error) {
      log.error({ event: "person-map-reload", error: (error as Error).message }, "the map was not reloaded");
      changed();
    }
  }

  async function hurry(): Promise<void> {
    await running;
    running = stopped ? Promise.resolve() : reloadOrRetry();
    await running;
  }

  return {
    prepare: () => makePersonMap(clickhouse, on, reload),
    changed,
    hurry,
    settled: async () => {
      if (waiting !== null) within(waiting, "moved");
      await Promise.all([running, waiting?.seen]);
    },
    stop: () => {
      stopped = true;
    },
  };
}
