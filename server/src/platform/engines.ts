import { join } from "node:path";
import { sql } from "kysely";
import type { ClickHouse } from "./clickhouse.ts";
import type { Place } from "./clickhouse-ddl.ts";
import { openEmbeddedClickHouse } from "./clickhouse-embedded.ts";
import { openRemoteClickHouse } from "./clickhouse-remote.ts";
import type { Config } from "./config.ts";
import { migrateJobs } from "./jobs.ts";
import type { Log } from "./log.ts";
import { migrateClickHouse, migratePostgres } from "./migrations.ts";
import { openPostgres, type Postgres, type PostgresAddress } from "./postgres.ts";
import { startEmbeddedPostgres } from "./postgres-embedded.ts";
import { engineStepsBack } from "./step-back.client.ts";
import { Trouble } from "./trouble.ts";

export interface Engines {
  postgres: Postgres;
  clickhouse: ClickHouse;
  place: Place;
  /** The user that PostgreSQL runs as instead of root. */
  runsAs: string | null;
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

/** Opens both engines side by side, and brings their tables up to date. What was opened is closed again when the other fails. */
export async function openEngines(config: Config, log: Log): Promise<Engines> {
  const opened = await Promise.allSettled([openState(config, log), openFacts(config)]);
  const [state, facts] = opened;
  if (state.status === "rejected" || facts.status === "rejected") {
    await Promise.all(opened.map(async (one) => one.status === "fulfilled" && (await one.value.close())));
    throw state.status === "rejected" ? state.reason : (facts as PromiseRejectedResult).reason;
  }
  const engines: Engines = {
    postgres: state.value.postgres,
    clickhouse: facts.value,
    place: { cluster: config.cluster },
    runsAs: state.value.runsAs,
    onLost: state.value.onLost,
    close: async () => {
      const closed = await Promise.allSettled([state.value.close(), facts.value.close()]);
      for (const one of closed) if (one.status === "rejected") throw one.reason;
    },
  };
  // Both have ended before anything is closed: a table half made would be waited for anyway.
  const migrated = await Promise.allSettled([migrateState(engines.postgres, log), migrateFacts(engines)]);
  const failed = migrated.find((one) => one.status === "rejected");
  if (failed !== undefined) {
    // Why it could not start is what the user must read, not what happened while closing after it.
    await engines
      .close()
      .catch((trouble: Error) => log.warn({ trouble: trouble.message }, "engines not closed"));
    throw failed.reason;
  }
  // They have begun with the first table.
  if (engines.clickhouse.embedded) engineStepsBack();
  return engines;
}

const clickhouseMigrations = 7189;

/** ClickHouse has no lock of its own, so two servers that start at once take turns by PostgreSQL's. */
function migrateFacts({ postgres, clickhouse, place }: Engines): Promise<void> {
  return postgres.db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${clickhouseMigrations}::int)`.execute(connection);
    try {
      await migrateClickHouse(clickhouse, place);
    } finally {
      await sql`select pg_advisory_unlock(${clickhouseMigrations}::int)`.execute(connection);
    }
  });
}

async function migrateState(postgres: Postgres, log: Log): Promise<void> {
  await migratePostgres(postgres.db);
  await migrateJobs(postgres.pool, log);
}

interface State {
  postgres: Postgres;
  runsAs: string | null;
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

async function openState(config: Config, log: Log): Promise<State> {
  if (config.databaseUrl !== null) return openNamedState({ connectionString: config.databaseUrl }, log);
  const server = await startEmbeddedPostgres(config.dataDir, log);
  const postgres = openPostgres(server.address, log);
  return {
    postgres,
    runsAs: server.runsAs,
    onLost: server.onLost,
    close: async () => {
      await postgres.close();
      await server.stop();
    },
  };
}

/** One that takes a connection and says nothing until it times out is busy rather than elsewhere: it is asked again. */
const mostAsked = 3;

async function versionOf({ db }: Postgres): Promise<number> {
  for (let asked = 1; ; asked += 1) {
    try {
      const { rows } = await sql<{ version: number }>`
        select current_setting('server_version_num')::int as version`.execute(db);
      return rows[0]?.version ?? 0;
    } catch (error) {
      if (asked === mostAsked || !(error as Error).message.includes("connection timeout")) throw error;
    }
  }
}

/** A PostgreSQL elsewhere, when it has answered and is new enough. */
export async function openNamedState(address: PostgresAddress, log: Log): Promise<State> {
  const postgres = openPostgres(address, log);
  try {
    const version = await versionOf(postgres);
    if (version < 150_000) {
      throw new Trouble(
        `DATABASE_URL 指向的 PostgreSQL 版本太旧（${Math.floor(version / 10_000)}），需要 15 或更新。`,
        `The PostgreSQL in DATABASE_URL is too old (${Math.floor(version / 10_000)}); 15 or newer is needed.`,
      );
    }
  } catch (error) {
    await postgres.close();
    if (error instanceof Trouble) throw error;
    throw new Trouble(
      `连不上 DATABASE_URL 里的 PostgreSQL（${(error as Error).message}）。请检查地址、用户名、密码和数据库名。`,
      `The PostgreSQL in DATABASE_URL cannot be reached (${(error as Error).message}). Check its address, user, password and database.`,
      error,
    );
  }
  return { postgres, runsAs: null, onLost: () => {}, close: postgres.close };
}

async function openFacts(config: Config): Promise<ClickHouse> {
  if (config.clickhouseUrl !== null) {
    const clickhouse = openRemoteClickHouse(config.clickhouseUrl);
    if (await clickhouse.ping()) return clickhouse;
    await clickhouse.close();
    throw new Trouble(
      "连不上 CLICKHOUSE_URL 里的 ClickHouse。请检查地址（HTTP 端口，通常是 8123）、用户名、密码和数据库名。",
      "The ClickHouse in CLICKHOUSE_URL cannot be reached. Check its address (the HTTP port, usually 8123), user, password and database.",
    );
  }
  try {
    return await openEmbeddedClickHouse(join(config.dataDir, "clickhouse"));
  } catch (error) {
    throw factsTrouble(config.dataDir, error as Error);
  }
}

function factsTrouble(dataDir: string, error: Error): Error {
  if (/code: 76|CANNOT_OPEN_FILE|Cannot lock file/i.test(error.message)) {
    return new Trouble(
      `另一个进程正在使用 ${dataDir}/clickhouse。请先停止它，或用 STORK_DATA 换一个数据目录。`,
      `Another process uses ${dataDir}/clickhouse. Stop it first, or use another folder in STORK_DATA.`,
      error,
    );
  }
  if (/MODULE_NOT_FOUND|@chdb\/lib|Cannot find module|glibc|GLIBC/i.test(error.message)) {
    return new Trouble(
      `没有适合本机（${process.platform} ${process.arch}）的内嵌 ClickHouse 引擎。请用 CLICKHOUSE_URL 指定一个 ClickHouse。`,
      `There is no embedded ClickHouse engine for this machine (${process.platform} ${process.arch}). Name a ClickHouse in CLICKHOUSE_URL.`,
      error,
    );
  }
  return error;
}
