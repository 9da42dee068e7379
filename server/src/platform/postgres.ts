import * as kysely from "kysely";
import { type Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import { CopyingClient } from "./copying-client.ts";
import type { Log } from "./log.ts";
import type { Tables } from "./tables.ts";

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** Where a PostgreSQL is, as pg understands it. */
export interface PostgresAddress {
  connectionString: string;
  /** How long to wait for a connection; 10 s unless told. */
  connectionTimeoutMillis?: number;
}

const oid = { int8: 20, date: 1082, numeric: 1700 };

/** Ids are dense and far below 2^53; calendar dates stay text, since a Date would move them with the time zone. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [oid.int8]: Number,
  [oid.numeric]: Number,
  [oid.date]: (text) => text,
};

const types: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: "text" | "binary") =>
    (format !== "binary" && parsers[id]) ||
    pg.types.getTypeParser(id, format as "text")) as typeof pg.types.getTypeParser,
};

export interface Postgres {
  db: Db;
  pool: pg.Pool;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens a pool; nothing is asked of the server before the first query. */
export function openPostgres(address: PostgresAddress, log: Log, connections = 24): Postgres {
  const pool = new pg.Pool({
    connectionTimeoutMillis: 10_000,
    ...address,
    Client: CopyingClient,
    types,
    max: connections,
    // One that was used holds some eight megabytes over there; to open it again takes a few milliseconds.
    idleTimeoutMillis: 10_000,
    application_name: "stork",
  });
  // A connection that breaks while idle (the server restarted) is dropped by the pool; without a listener it ends the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  let closing = false;
  pool.on("error", (error) => {
    if (!closing) log.warn({ event: "postgres-connection-lost", error: error.message }, "connection lost");
  });
  const db = new kysely.Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    ping: () =>
      pool.query("select 1").then(
        () => true,
        () => false,
      ),
    close: () => {
      closing = true;
      return db.destroy();
    },
  };
}
