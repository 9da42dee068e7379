import { type ClickHouse, ch } from "../platform/clickhouse.ts";
import type { Log } from "../platform/log.ts";

export interface PersonMapPlace {
  readonly cluster?: string | null;
}

export interface PersonMap {
  /** Makes the dictionary; run once at start, after the migrations. */
  prepare(): Promise<void>;
  /** The map changed: queries see it within `withinMs`, however many changes come together. */
  changed(): void;
  /** Waits until every change announced so far is visible. */
  settled(): Promise<void>;
  /** The same without waiting for others to come: for what somebody is looking at. */
  hurry(): Promise<void>;
  /** No reload begins after this. */
  stop(): void;
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
  let waiting: Promise<void> | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let tookMs = 0;
  const reload = async (): Promise<void> => {
    const began = performance.now();
    await clickhouse.command({ text: `system reload dictionary${on} person_map`, params: {} });
    tookMs = performance.now() - began;
  };
  /** A large map takes longer to load (1 M nodes 70–200 ms): then it is done less often, yet within a second. */
  const patienceMs = () => Math.max(withinMs, Math.min(3 * tookMs, 700));

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

  function changed(): void {
    waiting ??= new Promise<void>((resolve) => setTimeout(resolve, patienceMs())).then(async () => {
      await running;
      // What changes from here on is for the next reload.
      waiting = null;
      running = stopped ? Promise.resolve() : reloadOrRetry();
      await running;
    });
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
      await Promise.all([running, waiting]);
    },
    stop: () => {
      stopped = true;
    },
  };
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const quotedName = (name: string): string => `\`${name.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
