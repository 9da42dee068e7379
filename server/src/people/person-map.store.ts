import { type ClickHouse, ch } from "../platform/clickhouse.ts";
import type { Log } from "../platform/log.ts";

export interface PersonMapPlace {
  readonly cluster?: string | null;
}

/** Nodes that came by a file, were made, or moved: who is waited for ever sooner. */
export type Change = "imported" | "made" | "moved";

export interface PersonMap {
  /** Makes the dictionary; run once at start, after the migrations. */
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

/** Ids are dense, so the map is an array: 8 bytes a node. Beyond this many nodes it needs another layout. */
const mostNodes = 500_000_000;

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

  async function prepare(): Promise<void> {
    const [place] = await clickhouse.query<{ name: string }>(ch`select currentDatabase() as name`);
    // The engine's own loader signs in as we do; the embedded engine asks for nothing.
    const { signIn } = clickhouse;
    const credentials =
      signIn === undefined ? "" : `user ${quoted(signIn.user)} password ${quoted(signIn.password)} `;
    const query = `select node, person from ${quotedName(place?.name ?? "default")}.person_of final`;
    await clickhouse.command({
      text: `create or replace dictionary person_map${on} (node UInt64, person UInt64) primary key node
        source(clickhouse(${credentials}query ${quoted(query)}))
        layout(flat(initial_array_size 1024 max_array_size ${mostNodes})) lifetime(0)`,
      params: {},
    });
    await reload();
  }

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
    prepare,
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

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const quotedName = (name: string): string => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
